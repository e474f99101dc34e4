import type { BrokerOptions } from '../broker-options.js';
import type { RecordStream } from '../record-stream.js';
import type { OpenedRecordStream } from './contract.js';
import { TestTopics } from './test-topics.js';

/** Opens a record stream on Kafka on topics of its own. */
export const onTestTopics =
  (open: (options: BrokerOptions) => RecordStream) => async (): Promise<OpenedRecordStream> => {
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
  };
