import { realPause, type Offset } from '#kernel';
import type { Consumer, Kafka } from 'kafkajs';
import { ConsumerStalled, type Membership } from '../broker-record-stream.js';
import { topics } from '../record-stream.js';
import { aborted, within } from '../rest.js';
import { Assignment, heartbeatInterval } from './assignment.js';

/**
 * Joins a group and handles records until the signal aborts, with one Consumer object of kafkajs. It never repairs
 * itself: kafkajs's own restarts loop or stop for ever.
 *
 * @throws whatever ended the consumer, or {@link ConsumerStalled}; build another one
 */
export async function takePart(kafka: Kafka, membership: Membership, signal: AbortSignal): Promise<void> {
  const { topic, group } = membership;
  const consumer = consumerOf(kafka, group);
  const assignment = new Assignment(consumer, membership);
  const crashed = Promise.withResolvers<never>();
  const { CRASH, GROUP_JOIN, REBALANCING } = consumer.events;
  consumer.on(CRASH, ({ payload }) => crashed.reject(payload.error));
  consumer.on(REBALANCING, () => assignment.end());
  consumer.on(GROUP_JOIN, ({ payload }) => assignment.begin(payload.memberAssignment[topic] ?? []));
  const stopped = aborted(signal).then(() => assignment.end());
  const started = start(consumer, membership, assignment);
  try {
    await Promise.race([started.then(() => watch(assignment, membership, signal)), crashed.promise, stopped]);
  } finally {
    assignment.close();
    await assignment.settled();
    // Who leaves while joining would leave a dead member behind, for which the others wait.
    await within(leavePatience, started);
    await within(leavePatience, consumer.disconnect());
  }
}

const leavePatience = 5_000;

const consumerOf = (kafka: Kafka, groupId: string): Consumer =>
  kafka.consumer({
    groupId,
    sessionTimeout: 10_000,
    rebalanceTimeout: 30_000,
    heartbeatInterval,
    maxBytesPerPartition: 512 * 1024,
    maxBytes: 4 * 1024 * 1024,
    maxWaitTimeInMs: 250,
    allowAutoTopicCreation: false,
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000, restartOnFailure: async () => false },
  });

async function start(consumer: Consumer, membership: Membership, assignment: Assignment): Promise<void> {
  const { topic, subscription } = membership;
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: topics[subscription.topic].partitions,
    eachBatch: (payload) => assignment.each(payload),
  });
}

/** Throws when, for a whole period, the consumer has no partitions given or one with records does not move. */
async function watch(assignment: Assignment, membership: Membership, signal: AbortSignal): Promise<void> {
  const { stallAfter, subscription } = membership;
  let lagging: ReadonlyMap<number, Offset> = new Map();
  let given = true;
  let before: ReadonlySet<Promise<void>> = new Set();
  for (;;) {
    await realPause(stallAfter, signal);
    if (signal.aborted) return;
    const isLong = [...assignment.atWork.keys()].some((batch) => before.has(batch));
    before = new Set(assignment.atWork.keys());
    // Until a batch is done, kafkajs fetches no partition of the same broker: their rest says nothing.
    if (isLong) continue;
    const isBusy = before.size > 0;
    if (!given && !assignment.given && !isBusy)
      throw new ConsumerStalled(`no place in the group ${subscription.group}`);
    given = assignment.given || isBusy;
    const still = await laggingOf(assignment, membership);
    for (const [partition, next] of still) {
      if (lagging.get(partition) !== next) continue;
      throw new ConsumerStalled(`${subscription.topic} ${partition} stays at offset ${next} though it has more`);
    }
    lagging = still;
  }
}

async function laggingOf(assignment: Assignment, { extents, subscription }: Membership): Promise<Map<number, Offset>> {
  try {
    const current = await extents();
    const atWork = new Set(assignment.atWork.values());
    const waiting = [...assignment.next].filter(([partition]) => !atWork.has(partition));
    return new Map(waiting.filter(([partition, next]) => (current.get(partition)?.next ?? 0) > next));
  } catch (error) {
    subscription.troubled?.(error);
    return new Map();
  }
}
