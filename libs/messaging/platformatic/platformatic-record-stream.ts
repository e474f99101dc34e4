import type { BrokerOptions } from '../broker-options.js';
import { BrokerRecordStream } from '../broker-record-stream.js';
import { PlatformaticClient } from './platformatic-client.js';

/**
 * The record stream on Kafka through @platformatic/kafka: the way on, should kafkajs meet a broker it does not speak
 * to. Members of one group use one library: the two do not agree on how to share partitions.
 */
export class PlatformaticRecordStream extends BrokerRecordStream {
  constructor(options: BrokerOptions) {
    super(options, new PlatformaticClient(options));
  }
}
