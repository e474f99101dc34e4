import { setImmediate } from 'node:timers/promises';
import { leafIndex, type LeafIndex } from '#kernel';
import { LeafMac, leafRecord, partitionOf, topics, type OutgoingRecord, type PublishedLeaf } from '#messaging';
import { Memory, MemoryRecordStream } from '#messaging/memory';
import { parseLeaf } from '#statement';
import { RecordProjector, type RecordProjectorPorts } from '../record-projector.js';
import type { Projection } from '../projection.js';
import { completeUpTo, createSavedPositions, readPositions, resetPosition } from '../saved-positions.js';
import { openSqliteViews } from '../sqlite/index.js';
import { tableDigest } from '../table-digest.js';
import type { Views } from '../views.js';
import { testOrigin } from './databases.js';
import { everyProjection, ofOrder } from '../every-projection.js';
import { RecordedLog } from './recorded-log.js';

/** Those of every projection that are folded from the record stream. */
export const streamedProjections = ofOrder('exchange', everyProjection);

export const entriesTopic = 'ledger.entries.v1';
const { partitions } = topics[entriesTopic];

/** The secret of the relay of these tests, as `partition.key` would hold it. */
export const streamKey = Buffer.alloc(32, 'a key of these tests');
export const streamMac = new LeafMac(streamKey);

/** A record as only the relay can make it, true or not. */
export const vouched = (leaf: Pick<PublishedLeaf, 'partition' | 'index' | 'previous' | 'bytes'>): OutgoingRecord =>
  leafRecord({ origin: testOrigin, log: 'entries', mac: streamMac, ...leaf });

/** A leaf as the relay would publish it. */
export interface Outgoing {
  readonly partition: number;
  readonly index: LeafIndex;
  readonly previous: LeafIndex | null;
  readonly record: OutgoingRecord;
}

/** Every leaf of the log on its way into the stream, in the order of the log. */
export async function outgoing(log: RecordedLog): Promise<readonly Outgoing[]> {
  const last = new Map<number, LeafIndex>();
  const leaves: Outgoing[] = [];
  for (const { index, bytes } of await log.store.read('entries', leafIndex(0), 100_000)) {
    const partition = partitionOf(streamKey, await streamKeyOf(log, bytes));
    const previous = last.get(partition) ?? null;
    last.set(partition, index);
    const record = vouched({ partition, index, bytes, previous });
    leaves.push({ partition, index, previous, record });
  }
  return leaves;
}

async function streamKeyOf({ vault }: RecordedLog, bytes: Buffer): Promise<string> {
  const leaf = parseLeaf(bytes);
  const id = leaf.statement.jti;
  const [place] = (await vault.exchangesOf([id])).get(id) ?? [];
  return place?.exchange ?? id;
}

/** Tables as a new generation has them. */
export async function emptyViews(projections: readonly Projection[] = everyProjection): Promise<Views> {
  const views = openSqliteViews(':memory:');
  await views.database.transaction().execute(async (transaction) => {
    await createSavedPositions(transaction);
    for (const projection of projections) {
      await projection.migrate(transaction);
      await resetPosition(transaction, projection, projection.order === 'log' ? 1 : partitions);
    }
  });
  return views;
}

export interface StreamedSetting extends Partial<RecordProjectorPorts> {
  readonly log?: RecordedLog;
  readonly memory?: Memory;
  readonly projections?: readonly Projection[];
}

/** A log, the stream it is published to, and one projector that folds the stream. */
export interface Streamed extends AsyncDisposable {
  readonly log: RecordedLog;
  readonly memory: Memory;
  readonly views: Views;
  readonly projector: RecordProjector;
  /** Publishes what is given, one record after the other. */
  publish(leaves: Iterable<Pick<Outgoing, 'partition' | 'record'>>): void;
  /** Publishes what the log has and waits until the views have it. */
  publishAll(): Promise<void>;
  caughtUp(): Promise<void>;
  /** Waits until every record of the stream was handled, whatever became of it. */
  readAll(): Promise<void>;
  /** Waits until something is so. */
  until(isSo: () => boolean | Promise<boolean>): Promise<void>;
  digests(): Promise<Readonly<Record<string, string>>>;
}

/** Starts folding. Whatever is not given is fresh. */
export async function streamed(setting: StreamedSetting = {}): Promise<Streamed> {
  const { log = new RecordedLog(), memory = new Memory(), projections = streamedProjections } = setting;
  const { views = await emptyViews(projections), vault = log.vault } = setting;
  const stream = setting.stream ?? new MemoryRecordStream(memory, { pause: 1 });
  const projector = new RecordProjector(projections, {
    pause: () => setImmediate(),
    mac: streamMac,
    ...setting,
    stream,
    vault,
    views,
    origin: testOrigin,
    group: setting.group ?? 'projector',
  });
  await projector.start();
  const names = projections.map(({ name }) => name);
  const publish: Streamed['publish'] = (leaves) => {
    for (const { partition, record } of leaves) memory.partition(entriesTopic, partition).append([record]);
  };
  const caughtUp = (): Promise<void> =>
    until(async () => (await completeUpTo(views.database, names)) >= (await log.size()));
  return {
    log,
    memory,
    views,
    projector,
    publish,
    caughtUp,
    until,
    async publishAll() {
      publish(await outgoing(log));
      await caughtUp();
    },
    readAll: () =>
      until(async () => {
        const rows = await readPositions(views.database, names);
        return rows.every(({ partition, nextOffset }) => {
          const { next } = memory.partition(entriesTopic, partition).extent;
          return next === 0 || nextOffset === next;
        });
      }),
    digests: () => digestsOf(views, projections),
    async [Symbol.asyncDispose]() {
      await projector.stop();
      await views.database.destroy();
    },
  };
}

export async function digestsOf(
  { database }: Views,
  projections: readonly Projection[] = everyProjection,
): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const { name, tables } of projections) {
    const parts: string[] = [];
    for (const table of tables) parts.push(await tableDigest(database, table));
    digests[name] = parts.join('.');
  }
  return digests;
}

/** @throws Error when it is not so within ten seconds */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const patience = AbortSignal.timeout(10_000);
  while (!(await isSo())) {
    if (patience.aborted) throw new Error('it did not come to this');
    await setImmediate();
  }
}
