import type { BrokerOptions } from '../broker-options.js';
import { BrokerRecordStream } from '../broker-record-stream.js';
import { KafkajsClient } from './kafkajs-client.js';

/** The record stream on Kafka 3.9 and 4.x, through kafkajs. */
export class KafkaRecordStream extends BrokerRecordStream {
  constructor(options: BrokerOptions) {
    super(options, new KafkajsClient(options));
  }
}
