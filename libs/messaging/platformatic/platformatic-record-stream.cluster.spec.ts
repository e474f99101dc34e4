import { PlatformaticRecordStream } from '#messaging/platformatic';
import { everyBrokerContract } from '../testing/every-broker-contract.js';

everyBrokerContract('Kafka through @platformatic/kafka', (options) => new PlatformaticRecordStream(options));
