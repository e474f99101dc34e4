import { agencyId, entryId, exchangeId, treeSize, type AgencyId, type EntryId, type ExchangeId } from '#kernel';
import { disclose, type BlockName, type JsonObject } from '#statement';
import { createHash } from 'node:crypto';
import type { IndexTerm, RetentionClass, SealedEntry } from '../vault.js';

const digits = (number: number): string => number.toString().padStart(12, '0');

export const entry = (number: number): EntryId => entryId(`0192f0c1-7b1a-7c3d-8e4f-${digits(number)}`);
export const exchange = (number: number): ExchangeId => exchangeId(`0192f0c1-7b1a-7c3d-9e4f-${digits(number)}`);
export const police: AgencyId = agencyId('police.example');
export const youthOffice: AgencyId = agencyId('youth-office.example');

/** Where tests are about to append, and a log that has grown beyond it. */
export const expected = treeSize(7);
export const grown = treeSize(8);

const retentions: Readonly<Record<BlockName, RetentionClass>> = {
  terms: 'record',
  people: 'record',
  told: 'record',
  staff: 'log',
  reasons: 'log',
  withheld: 'decision',
};

interface Wish {
  readonly agency?: AgencyId;
  readonly exchange?: ExchangeId | null;
  readonly blocks?: readonly BlockName[];
  readonly index?: readonly IndexTerm[];
  /** other salts make other digests */
  readonly salt?: string;
  readonly value?: JsonObject;
}

/** An entry as the recording side hands it over. Salts follow from the arguments, so that runs are alike. */
export function sealedEntry(number: number, wish: Wish = {}): SealedEntry {
  const { agency = police, blocks = ['terms', 'people', 'staff', 'reasons'], index = [], salt = '', value } = wish;
  return {
    id: entry(number),
    agency,
    exchange: wish.exchange ?? null,
    index,
    blocks: blocks.map((block) => {
      const bytes = createHash('sha256').update(`${number} ${block} ${salt}`).digest().subarray(0, 16);
      const { digest, encoded } = disclose(block, value ?? { says: `${block} of ${number}` }, bytes);
      return { block, retention: retentions[block], digest, encoded };
    }),
  };
}
