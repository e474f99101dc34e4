import { createSecretKey } from 'node:crypto';
import type { StoredRecord } from '#event-store';
import type { ExchangeId, LogName } from '#kernel';
import { partitionOf, type TopicName } from '#messaging';
import { InvalidLeaf, parseLeaf, type EntryLeaf } from '#statement';
import type { Vault } from '#vault';
import { RelayRefused } from './relay-refused.js';

export const topicOf = {
  entries: 'ledger.entries.v1',
  registry: 'ledger.registry.v1',
} as const satisfies Record<LogName, TopicName>;

/**
 * Says which partition each leaf belongs to. Always the same one for the same leaf, also after erasure.
 *
 * @throws RelayRefused when it cannot be known
 */
export type Route = (records: readonly StoredRecord[]) => Promise<readonly number[]>;

/** The registry has one partition: its order counts across everything in it. */
export const registryRoute: Route = async (records) => records.map(() => 0);

/**
 * The entries of one exchange share a partition; which one, nobody can tell without the key. An entry of no exchange
 * goes by its own id.
 */
export function exchangeRoute(vault: Pick<Vault, 'exchangesOf'>, key: Buffer): Route {
  // Made into a key once: for each leaf that would cost more than the digest.
  const secret = createSecretKey(key);
  return async (records) => {
    const leaves = records.map(entryOf);
    const places = await vault.exchangesOf(leaves.map(({ statement }) => statement.jti));
    return leaves.map(({ statement: { jti, _sd: digests } }, position) => {
      const exchange = exchangeAmong(places.get(jti) ?? [], digests);
      if (exchange !== undefined) return partitionOf(secret, exchange ?? jti);
      throw new RelayRefused(
        `the vault has no blocks for leaf ${records[position]?.index} of entries: it is not the vault of this log`,
      );
    });
  };
}

/** An id may have been stored several times, by ledgers that raced for it: the leaf's digests say which one counts. */
const exchangeAmong = (
  places: readonly { readonly digests: readonly string[]; readonly exchange: ExchangeId | null }[],
  digests: readonly string[],
): ExchangeId | null | undefined =>
  places.find((place) => digests.every((digest) => place.digests.includes(digest)))?.exchange;

function entryOf({ index, bytes }: StoredRecord): EntryLeaf {
  const leaf = leafAt(index, bytes);
  if (leaf.log !== 'entries') throw new RelayRefused(`leaf ${index} of entries says it is of ${leaf.log}`);
  return leaf;
}

function leafAt(index: number, bytes: Buffer) {
  try {
    return parseLeaf(bytes);
  } catch (cause) {
    if (!(cause instanceof InvalidLeaf)) throw cause;
    throw new RelayRefused(`record ${index} of the log is not a leaf`, { cause });
  }
}
