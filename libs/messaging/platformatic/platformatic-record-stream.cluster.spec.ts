import { PlatformaticRecordStream } from '#messaging/platformatic';
import { brokerContract } from '../testing/broker-contract.js';
import { recordStreamContract } from '../testing/contract.js';
import { TestTopics } from '../testing/test-topics.js';

recordStreamContract('on Kafka through @platformatic/kafka', async () => {
  const topics = new TestTopics();
  const streams: PlatformaticRecordStream[] = [];
  const another = async (): Promise<PlatformaticRecordStream> => {
    const stream = new PlatformaticRecordStream(topics.options);
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

brokerContract('Kafka through @platformatic/kafka', (options) => new PlatformaticRecordStream(options));
