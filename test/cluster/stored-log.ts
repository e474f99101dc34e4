import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import type { StoredRecord, StreamName } from '#event-store';
import { leafIndex, treeSize, type LogName } from '#kernel';
import { parseLeaf } from '#statement';
import { openCheckpoint, openReceipt, parseTreeHead, verifierKey, type TreeHead } from '#transparency';
import { NaiveTree } from '../../libs/transparency/testing/naive-tree.js';
import type { RecordedAnswer } from '../support/caller.js';
import type { RunningCluster } from '../support/running-cluster.js';

/** A log as it lies in the event store, read past every ledger. */
export interface StoredLog {
  readonly log: LogName;
  readonly leaves: readonly Buffer[];
  /** in the order in which they were kept, each before it was signed */
  readonly heads: readonly TreeHead[];
}

/** What ledgers said of a log. */
export interface Said {
  readonly acknowledged: readonly RecordedAnswer[];
  /** checkpoints as they were served, in any order */
  readonly checkpoints: readonly string[];
  /** verifier keys (C2SP) */
  readonly keys: { readonly log: string; readonly receipt: string };
}

export async function storedLog({ eventStore }: RunningCluster, log: LogName): Promise<StoredLog> {
  const store = await EventStoreDbEventStore.open({ url: eventStore.url });
  try {
    const [leaves, heads] = [await everything(store, log), await everything(store, `${log}.checkpoints`)];
    return {
      log,
      leaves: leaves.map(({ bytes }) => bytes),
      heads: heads.map(({ bytes }) => parseTreeHead(bytes.toString())),
    };
  } finally {
    await store.close();
  }
}

async function everything(store: EventStoreDbEventStore, stream: StreamName): Promise<readonly StoredRecord[]> {
  const records: StoredRecord[] = [];
  for (;;) {
    const more = await store.read(stream, leafIndex(records.length), 400);
    if (more.length === 0) return records;
    records.push(...more);
  }
}

/**
 * What ledgers said that is not so: an acknowledged entry that is not at its place, an id that stands twice, a
 * checkpoint that another one or the leaves contradict.
 */
export function untrue(
  { log, leaves, heads }: StoredLog,
  { acknowledged, checkpoints, keys }: Said,
): readonly string[] {
  const tree = new NaiveTree(leaves);
  const ids = leaves.map((bytes) => parseLeaf(bytes).statement.jti as string);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `${id} stands twice`);
  const lost = acknowledged.flatMap(({ id, index, leafHash, receipt }) => {
    const promised = openReceipt(receipt, [verifierKey(keys.receipt)]);
    const isKept = ids[index] === id && tree.leafHashes[index]?.toString('base64') === leafHash;
    const isPromised = promised.entryId === id && promised.index === index && promised.log === log;
    return isKept && isPromised ? [] : [`${id} is not where its receipt says`];
  });
  const served = checkpoints.map((note) => openCheckpoint(note, [verifierKey(keys.log)], verifierKey(keys.log).name));
  const sizes = new Set<number>(heads.map(({ size }) => size));
  const unkept = served.filter(({ size }) => !sizes.has(size)).map(({ size }) => `a head of ${size} was not kept`);
  const wrong = [...heads, ...served]
    .filter(({ size, root }) => size > leaves.length || !tree.root(0, treeSize(size)).equals(root))
    .map(({ size }) => `a head of ${size} leaves has another root than they have`);
  return [...twice, ...lost, ...unkept, ...wrong];
}
