import { openableBlocks, type Caller } from '#access';
import { audienceOf } from './entry-audience.js';
import { DomainError, type EntryId } from '#kernel';
import { committed, storedLeaf, type Place } from '#recording';
import { parseDisclosure, type BlockName, type Disclosure, type Leaf } from '#statement';
import type { Ledger } from '../ledger.js';

/** An entry as it may be shown to one caller. */
export interface ReadableEntry {
  readonly place: Place;
  readonly bytes: Buffer;
  readonly leaf: Leaf;
  /** the blocks this caller may open and that are still there */
  readonly disclosures: readonly Disclosure[];
  /** the blocks this caller might have opened, but which were destroyed */
  readonly erased: readonly BlockName[];
}

/**
 * Finds an entry and what of it this caller may see. Opening what it answers with is a look that must be recorded
 * first; finding out whether it exists for the caller is not.
 *
 * @throws DomainError `not-found`, the same for an id that nobody used and for one of other parties
 */
export async function readEntry(ledger: Ledger, id: EntryId, caller: Caller): Promise<ReadableEntry> {
  const found = await readable(ledger, id, caller);
  if (found !== undefined) return found;
  // Another ledger may just have recorded it, or let the caller join its exchange.
  const foundNow = (await ledger.refresh()) ? await readable(ledger, id, caller) : undefined;
  if (foundNow === undefined) throw new DomainError('not-found', 'there is no such entry for this caller');
  return foundNow;
}

/** @returns undefined where it does not exist for the caller, as far as this ledger knows */
async function readable(ledger: Ledger, id: EntryId, caller: Caller): Promise<ReadableEntry | undefined> {
  const place = ledger.register.placeOf(id);
  const stored = place && (await storedLeaf(ledger.store, place));
  if (place === undefined || stored === undefined) return undefined;
  const { leaf } = stored;
  const found = { place, ...stored };
  if (leaf.log === 'registry') return { ...found, disclosures: [], erased: [] };
  const kept = committed(leaf.statement._sd, (await ledger.vault.open([id])).get(id) ?? []);
  const opened = kept.flatMap((block) => ('encoded' in block ? parseDisclosure(block.encoded) : []));
  const terms = opened.find(({ block }) => block === 'terms')?.value ?? null;
  const openable = openableBlocks(caller, audienceOf(leaf.statement.iss, terms, ledger.register));
  if (openable === undefined) return undefined;
  return {
    ...found,
    disclosures: opened.filter(({ block }) => openable.includes(block)),
    erased: kept.flatMap((block) => ('erased' in block && openable.includes(block.block) ? block.block : [])),
  };
}
