import { KafkaRecordStream } from '#messaging/kafka';
import { everyBrokerContract } from '../testing/every-broker-contract.js';

everyBrokerContract('Kafka through kafkajs', (options) => new KafkaRecordStream(options));
