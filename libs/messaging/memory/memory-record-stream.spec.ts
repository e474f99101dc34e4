import { Memory, MemoryRecordStream } from '#messaging/memory';
import { recordStreamContract } from '../testing/contract.js';

recordStreamContract('in memory', async () => {
  const memory = new Memory();
  const streams: MemoryRecordStream[] = [];
  const another = async (): Promise<MemoryRecordStream> => {
    const stream = new MemoryRecordStream(memory, { pause: 5 });
    streams.push(stream);
    return stream;
  };
  return {
    stream: await another(),
    another,
    close: async () => {
      for (const stream of streams) await stream.close();
    },
  };
});
