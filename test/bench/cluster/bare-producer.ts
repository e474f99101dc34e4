import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import kafkajs, { type Message } from 'kafkajs';

/** The records of a topic, by partition and in order. */
export interface BareProducing {
  readonly brokers: string[];
  readonly topic: string;
  readonly partitions: readonly { readonly value: Buffer; readonly headers: Record<string, string> }[][];
}

/** The least that a relay must do: records that are in memory already go out, one awaited send after the other. */
async function produce({ brokers, topic, partitions }: BareProducing): Promise<number> {
  const { Kafka, logLevel } = kafkajs;
  const producer = new Kafka({ brokers, logLevel: logLevel.NOTHING }).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  const sends = inTurn(partitions.map((records, partition) => inBatches(records, partition)));
  let [begun, counted] = [0, 0];
  for (const [number, messages] of sends.entries()) {
    await producer.send({ topic, messages, acks: -1 });
    // The first send asks where everything is: it is part of starting, as with the relay.
    if (number === 0) begun = performance.now();
    else counted += messages.length;
  }
  const seconds = (performance.now() - begun) / 1_000;
  await producer.disconnect();
  return counted / seconds;
}

const batch = 200;

function inBatches(records: BareProducing['partitions'][number], partition: number): Message[][] {
  const messages = records.map(({ value, headers }) => ({ key: null, value, headers, partition }));
  return Array.from({ length: Math.ceil(messages.length / batch) }, (_, i) =>
    messages.slice(i * batch, (i + 1) * batch),
  );
}

/** The first of each, then the second of each, and so on. */
function inTurn<One>(queues: readonly (readonly One[])[]): One[] {
  const longest = Math.max(...queues.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => queues.flatMap((queue) => queue.slice(i, i + 1))).flat();
}

process.stdout.write(`${await produce(deserialize(readFileSync(process.argv[2] ?? '')) as BareProducing)}\n`);
