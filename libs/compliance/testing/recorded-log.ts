import { createHash } from 'node:crypto';
import {
  agencyId,
  entryId,
  exchangeId,
  instantAt,
  millisecondsOf,
  treeSize,
  type AgencyId,
  type EntryId,
  type ExchangeId,
  type Instant,
  type TreeSize,
} from '#kernel';
import { MemoryEventStore } from '#event-store/memory';
import { encodeEntryLeaf, encodeRegistryLeaf, sealStatement, type Blocks, type JsonObject } from '#statement';
import type { SealedEntry } from '#vault';
import { MemoryVault } from './memory-vault.js';

/** An entry as a test tells it. */
export interface Told {
  readonly issuer: AgencyId;
  readonly type: string;
  readonly exchange?: ExchangeId;
  /** hours after the beginning of the tests' time */
  readonly hour?: number;
  /** hours until it was recorded */
  readonly delay?: number;
  readonly terms?: JsonObject;
}

/** An entry of the registry log as a test tells it: recorded so many hours after the beginning of the tests' time. */
export type Registered = Pick<Told, 'issuer' | 'type' | 'hour'> & { readonly data: JsonObject };

export const beginning = '2026-03-01T08:00:00.000Z' as Instant;

/** The moment so many hours after the beginning of the tests' time. */
export const hoursAfter = (hours: number): Instant => instantAt(millisecondsOf(beginning) + hours * 3_600_000);

/** A UUID that a name stands for. */
export const uuidOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Entries of a log are named by the place at which they are told, from 1. */
export const entryTold = (place: number): EntryId => entryId(uuidOf(`entry ${place}`));

export const exchangeOf = (name: string): ExchangeId => exchangeId(uuidOf(name));

export const police = agencyId('police.example');
export const youthOffice = agencyId('youth-office.example');
export const clinic = agencyId('clinic.example');
export const school = agencyId('school.example');

/** A log with its vault: entries are sealed and stored as the ledger does, without asking whether they make sense. */
export class RecordedLog {
  readonly store = new MemoryEventStore();
  readonly vault = new MemoryVault();
  #count = 0;
  readonly #registered: Instant[] = [];

  /** Records in the registry log. What is recorded from then on is judged against it. */
  async register(...told: readonly Registered[]): Promise<void> {
    for (const { issuer, type, hour = 0, data } of told) {
      const recordedAt = hoursAfter(hour);
      const place = treeSize(this.#registered.length);
      const statement = { iss: issuer, jti: entryId(uuidOf(`registry entry ${place}`)), type, dataVersion: 1, data };
      await this.store.append('registry', place, [encodeRegistryLeaf({ recordedAt, statement })]);
      this.#registered.push(recordedAt);
    }
  }

  /** @returns ids in the order told */
  async record(...told: readonly Told[]): Promise<readonly EntryId[]> {
    const sealed = told.map((one) => this.#sealed(one));
    await this.vault.store(sealed.map(({ entry }) => entry));
    await this.append(...sealed.map(({ leaf }) => leaf));
    return sealed.map(({ entry }) => entry.id);
  }

  /** Bytes as they are, whatever they hold. */
  async append(...leaves: readonly Uint8Array[]): Promise<void> {
    for (let at = 0; at < leaves.length; at += 400) {
      await this.store.append('entries', await this.size(), leaves.slice(at, at + 400));
    }
  }

  async size(): Promise<TreeSize> {
    return this.store.size('entries');
  }

  #sealed(told: Told): { entry: SealedEntry; leaf: Buffer } {
    const id = entryTold((this.#count += 1));
    const { statement, disclosures } = sealStatement(told.issuer, id, blocksOf(told), (block) =>
      createHash('md5').update(`${id} ${block}`).digest(),
    );
    const { issuer, exchange = null, hour = 0, delay = 0 } = told;
    const blocks = disclosures.map(({ block, digest, encoded }) => ({
      block,
      digest,
      encoded,
      retention: 'record' as const,
    }));
    const recordedAt = hoursAfter(hour + delay);
    const registry = treeSize(this.#registered.filter((moment) => moment <= recordedAt).length);
    return {
      entry: { id, agency: issuer, exchange, blocks, index: [] },
      leaf: encodeEntryLeaf({ recordedAt, registry, statement }),
    };
  }
}

const blocksOf = ({ type, exchange, hour = 0, terms }: Told): Blocks => ({
  terms: { type, dataVersion: 1, ...(exchange && { exchange }), occurredAt: hoursAfter(hour), ...terms },
  people: { case: 'case-e01b', subject: 'person-a770' },
  reasons: { justification: 'What the case worker wrote about the family.' },
});
