import type { BrokerOptions } from '../broker-options.js';
import type { RecordStream } from '../record-stream.js';
import { brokerContract } from './broker-contract.js';
import { recordStreamContract } from './contract.js';
import { TestTopics } from './test-topics.js';

/** Everything a record stream on Kafka promises, on topics of its own. */
export function everyBrokerContract(name: string, open: (options: BrokerOptions) => RecordStream): void {
  recordStreamContract(`on ${name}`, async () => {
    const topics = new TestTopics();
    const streams: RecordStream[] = [];
    const another = async (): Promise<RecordStream> => {
      const stream = open(topics.options);
      streams.push(stream);
      return stream;
    };
    return {
      stream: await another(),
      another,
      close: async () => {
        await Promise.all(streams.map((stream) => stream.close()));
        await topics.remove();
      },
    };
  });
  brokerContract(name, open);
}
