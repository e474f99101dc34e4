import { PlatformaticRecordStream } from '#messaging/platformatic';
import type { BrokerOptions } from '../broker-options.js';
import { brokerContract } from '../testing/broker-contract.js';
import { recordStreamContract } from '../testing/contract.js';
import { onTestTopics } from '../testing/on-test-topics.js';

const open = (options: BrokerOptions): PlatformaticRecordStream => new PlatformaticRecordStream(options);

recordStreamContract('on Kafka through @platformatic/kafka', onTestTopics(open));
brokerContract('Kafka through @platformatic/kafka', open);
