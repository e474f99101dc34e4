import { logNames, type LogName } from '#kernel';
import { openCheckpoint, openReceipt, verifierKey } from '#transparency';
import { NaiveTree } from '../../../libs/transparency/testing/naive-tree.js';
import type { History } from '../../support/check-ledger.js';
import { clusterOrigin } from '../../support/running-cluster.js';
import { leafHashOf, namesItsBytes, rootsAt, type RawEvent } from './raw-log.js';

/** A leaf as its bytes say. */
export interface ReadLeaf {
  readonly index: number;
  readonly bytes: Buffer;
  readonly hash: Buffer;
  readonly id: string;
  readonly issuer: string;
  readonly digests: readonly string[];
  readonly recordedAt: string;
  /** size of the registry it was judged against; of entries only */
  readonly registry: number | null;
}

export type Keys = Readonly<Record<LogName | 'receipt', string>>;

/** I2: dense, every event names its bytes, times do not go back. */
export function readLeaves(log: LogName, events: readonly RawEvent[], findings: string[]): readonly ReadLeaf[] {
  const leaves: ReadLeaf[] = [];
  events.forEach((event, place) => {
    const { revision, bytes } = event;
    if (revision !== place) findings.push(`I2: ${log} is not dense: event ${revision} stands at ${place}`);
    if (!namesItsBytes(event)) findings.push(`I1: event ${revision} of ${log} does not name its bytes`);
    try {
      const parsed = JSON.parse(bytes.toString()) as {
        log: string;
        recordedAt: string;
        registry?: number;
        statement: { jti: string; iss: string; _sd?: readonly string[] };
      };
      const { jti: id, iss: issuer, _sd: digests = [] } = parsed.statement;
      if (parsed.log !== log) findings.push(`I2: ${log}/${place} says it is of ${parsed.log}`);
      const before = leaves[place - 1];
      if (before && parsed.recordedAt < before.recordedAt) findings.push(`I3: time goes back at ${log}/${place}`);
      const { recordedAt, registry = null } = parsed;
      leaves.push({ index: place, bytes, hash: leafHashOf(bytes), id, issuer, digests, recordedAt, registry });
    } catch (error) {
      findings.push(`I2: ${log}/${place} is no leaf: ${String(error)}`);
    }
  });
  return leaves;
}

/** I2, I8, I10: each id once in both logs together, and nothing that nobody sent. */
export function checkIds(
  logs: Readonly<Record<LogName, readonly ReadLeaf[]>>,
  sent: ReadonlySet<string>,
  findings: string[],
): void {
  const seen = new Set<string>();
  for (const log of logNames) {
    for (const { id, index, issuer, registry } of logs[log]) {
      if (seen.has(id)) findings.push(`I2: id ${id} stands twice`);
      if (issuer !== 'ledger' && !sent.has(id)) findings.push(`I10: nobody sent ${id}, at ${log}/${index}`);
      if (registry !== null && registry > logs.registry.length) findings.push(`${id} was judged by a future registry`);
      seen.add(id);
    }
  }
}

/** I1: what was acknowledged is there, as its receipt says. */
export function checkAcknowledged(
  logs: Readonly<Record<LogName, readonly ReadLeaf[]>>,
  { acknowledged }: History,
  keys: Keys,
  findings: string[],
): void {
  const verifiers = [verifierKey(keys.receipt)];
  for (const { log, id, index, leafHash, recordedAt, receipt } of acknowledged) {
    const leaf = logs[log][index];
    if (leaf?.id !== id) findings.push(`I1: acknowledged ${id} is not at ${log}/${index}`);
    if (leaf?.recordedAt !== recordedAt) findings.push(`I1: acknowledged ${id} has another time`);
    if (leaf?.hash.toString('base64') !== leafHash) findings.push(`I1: acknowledged ${id} has another hash`);
    try {
      const promised = openReceipt(receipt, verifiers);
      const fits = promised.log === log && promised.entryId === id && Number(promised.index) === index;
      if (!fits || promised.leafHash.toString('base64') !== leafHash) {
        findings.push(`I1: the receipt of ${id} speaks of something else`);
      }
    } catch (error) {
      findings.push(`I1: the receipt of ${id}: ${String(error)}`);
    }
  }
}

interface Head {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

/** The first three lines of a checkpoint. */
function headIn(text: string): Head {
  const [origin = '', size = '', root = ''] = text.split('\n');
  return { origin, size: Number(size), root };
}

export interface HeadsToCheck {
  readonly log: LogName;
  readonly leaves: readonly ReadLeaf[];
  /** as they were persisted */
  readonly persisted: readonly RawEvent[];
  /** signed notes that anybody was ever shown, over HTTP or in the topic */
  readonly served: readonly string[];
  readonly key: string;
}

/** I3: one root for each size, of the leaves that are there; heads grow; nothing was shown that was not persisted. */
export function checkHeads({ log, leaves, persisted, served, key }: HeadsToCheck, findings: string[]): number {
  const heads = persisted.map(({ bytes }) => headIn(bytes.toString()));
  heads.forEach(({ size }, place) => {
    if (place > 0 && size <= (heads[place - 1]?.size ?? 0)) findings.push(`I3: heads of ${log} do not grow at ${size}`);
  });
  const verifier = verifierKey(key);
  const shown = [...new Set(served)].map((note) => {
    try {
      openCheckpoint(note, [verifier], verifier.name);
    } catch (error) {
      findings.push(`I3: a checkpoint of ${log}: ${String(error)}`);
    }
    return headIn(note);
  });
  const known = new Set(heads.map(({ size, root }) => `${size} ${root}`));
  for (const { size, root } of shown) {
    if (!known.has(`${size} ${root}`)) findings.push(`I3: ${log}@${size} was shown but not persisted`);
  }
  const all = [...heads, ...shown];
  const roots = rootsAt(
    leaves.map(({ hash }) => hash),
    new Set(all.map(({ size }) => size)),
  );
  for (const { origin, size, root } of all) {
    if (origin !== `${clusterOrigin}/${log}`) findings.push(`I3: a head of ${log} is of ${origin}`);
    if (roots.get(size)?.toString('base64') !== root)
      findings.push(`I3: ${log}@${size} has another root than its leaves`);
  }
  const last = heads.at(-1);
  const naive = new NaiveTree(leaves.slice(0, last?.size).map(({ bytes }) => bytes));
  if (last && last.size <= leaves.length && naive.root(0, last.size).toString('base64') !== last.root) {
    findings.push(`I3: the last head of ${log} has another root than the tree of its leaves`);
  }
  return all.length;
}
