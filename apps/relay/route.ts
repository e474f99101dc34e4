import { createSecretKey } from 'node:crypto';
import type { StoredRecord } from '#event-store';
import type { LogName } from '#kernel';
import { partitionOf, type TopicName } from '#messaging';
import { InvalidLeaf, parseLeaf, type Leaf, type Statement } from '#statement';
import { exchangeAmong, type Vault } from '#vault';
import { RelayRefused } from './relay-refused.js';

export const topicOf = {
  entries: 'ledger.entries.v1',
  registry: 'ledger.registry.v1',
} as const satisfies Record<LogName, TopicName>;

/** A leaf of the log, read once for everybody who deals with it. */
export interface LogLeaf extends StoredRecord {
  readonly leaf: Leaf;
}

/** @throws RelayRefused when the record is no leaf of this log */
export function logLeaf(log: LogName, record: StoredRecord): LogLeaf {
  const leaf = leafAt(log, record);
  if (leaf.log !== log) throw new RelayRefused(`leaf ${record.index} of ${log} says it is of ${leaf.log}`);
  return { ...record, leaf };
}

function leafAt(log: LogName, { index, bytes }: StoredRecord): Leaf {
  try {
    return parseLeaf(bytes);
  } catch (cause) {
    if (!(cause instanceof InvalidLeaf)) throw cause;
    throw new RelayRefused(`record ${index} of ${log} is not a leaf`, { cause });
  }
}

/**
 * Says which partition each leaf belongs to. Always the same one for the same leaf, also after erasure.
 *
 * @throws RelayRefused when it cannot be known
 */
export type Route = (leaves: readonly LogLeaf[]) => Promise<readonly number[]>;

/** The registry has one partition: its order counts across everything in it. */
export const registryRoute: Route = async (leaves) => leaves.map(() => 0);

/**
 * The entries of one exchange share a partition; which one, nobody can tell without the key. An entry of no exchange
 * goes by its own id.
 */
export function exchangeRoute(vault: Pick<Vault, 'exchangesOf'>, key: Buffer): Route {
  // Made into a key once: for each leaf that would cost more than the digest.
  const secret = createSecretKey(key);
  return async (leaves) => {
    const entries = leaves.map(entryOf);
    const places = await vault.exchangesOf(entries.map(({ jti }) => jti));
    return entries.map(({ jti, _sd: digests }, position) => {
      const exchange = exchangeAmong(places.get(jti) ?? [], digests);
      if (exchange !== undefined) return partitionOf(secret, exchange ?? jti);
      throw new RelayRefused(
        `the vault has no blocks for leaf ${leaves[position]?.index} of entries: it is not the vault of this log`,
      );
    });
  };
}

function entryOf({ index, leaf }: LogLeaf): Statement {
  if (leaf.log !== 'entries') throw new RelayRefused(`leaf ${index} is of ${leaf.log} and has no exchange`);
  return leaf.statement;
}
