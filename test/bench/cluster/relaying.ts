import { join } from 'node:path';
import { KafkaRecordStream } from '#messaging/kafka';
import { baseline } from './baseline.js';
import type { BareProducing } from './bare-producer.js';
import { ended, entriesTopic, paceOf, type BenchCluster } from './bench-cluster.js';
import { memoryOf } from './process-memory.js';

export interface RelayMeasured {
  /** leaves a second, in each round */
  readonly relay: number[];
  readonly bare: number[];
  /** seconds from the start of the process to its first record */
  readonly start: number[];
  /** MiB */
  readonly memory: number;
  /** prefix of topics that hold the whole log */
  readonly topics: string;
}

/** A relay copies the whole log into empty topics; then a bare producer does the same with the same records. */
export async function measureRelay(bench: BenchCluster, rounds: number): Promise<RelayMeasured> {
  const measured = { relay: [] as number[], bare: [] as number[], start: [] as number[], memory: 0 };
  let topics = '';
  for (let round = 0; round < rounds; round++) {
    topics = `relay-${round}.`;
    const relay = bench.launch('relay', topics);
    const { rate, startSeconds } = await paceOf(bench.recorded, () => bench.relayed(topics));
    measured.relay.push(rate);
    measured.start.push(startSeconds);
    measured.memory = Math.max(measured.memory, memoryOf(relay).peak);
    await ended(relay);
    measured.bare.push(await bareRate(bench, topics, `bare-${round}.`));
  }
  return { ...measured, topics };
}

async function bareRate(bench: BenchCluster, topics: string, prefix: string): Promise<number> {
  const brokers = [...bench.brokers];
  const stream = new KafkaRecordStream({ brokers, prefix, replication: 1 });
  await stream.prepare();
  await stream.close();
  const work: BareProducing = {
    brokers,
    topic: prefix + entriesTopic,
    partitions: await recordsIn(bench, topics),
  };
  return baseline('bare-producer', join(bench.cluster.folder, 'records'), work);
}

/** What a relay made of the log. */
export async function recordsIn(bench: BenchCluster, prefix: string): Promise<BareProducing['partitions']> {
  const stream = new KafkaRecordStream({ brokers: [...bench.brokers], prefix, replication: 1 });
  const total = await bench.relayed(prefix);
  const partitions = Array.from({ length: 12 }, () => [] as BareProducing['partitions'][number]);
  const enough = new AbortController();
  let read = 0;
  const subscription = {
    topic: entriesTopic,
    group: 'bench',
    startAt: () => Promise.resolve(null),
    handle: async (partition: number, records: readonly { value: Buffer | null; headers: object }[]) => {
      for (const { value, headers } of records)
        partitions[partition]?.push({ value: value ?? Buffer.alloc(0), headers: { ...headers } });
      read += records.length;
      if (read >= total) enough.abort();
    },
  } as const;
  await stream.consume(subscription, enough.signal);
  await stream.close();
  return partitions;
}
