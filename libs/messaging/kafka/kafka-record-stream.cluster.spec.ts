import { KafkaRecordStream } from '#messaging/kafka';
import { brokerContract } from '../testing/broker-contract.js';
import { recordStreamContract } from '../testing/contract.js';
import { TestTopics } from '../testing/test-topics.js';

recordStreamContract('on Kafka through kafkajs', async () => {
  const topics = new TestTopics();
  const streams: KafkaRecordStream[] = [];
  const another = async (): Promise<KafkaRecordStream> => {
    const stream = new KafkaRecordStream(topics.options);
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

brokerContract('Kafka through kafkajs', (options) => new KafkaRecordStream(options));
