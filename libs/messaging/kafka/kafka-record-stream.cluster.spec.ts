import { KafkaRecordStream } from '#messaging/kafka';
import type { BrokerOptions } from '../broker-options.js';
import { brokerContract } from '../testing/broker-contract.js';
import { recordStreamContract } from '../testing/contract.js';
import { onTestTopics } from '../testing/on-test-topics.js';

const open = (options: BrokerOptions): KafkaRecordStream => new KafkaRecordStream(options);

recordStreamContract('on Kafka through kafkajs', onTestTopics(open));
brokerContract('Kafka through kafkajs', open);
