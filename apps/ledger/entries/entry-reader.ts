import { openableBlocks, type Caller } from '#access';
import { textIn } from '#catalogue';
import { audienceOf } from './entry-audience.js';
import { DomainError, type EntryId } from '#kernel';
import { committed, correctionIn, storedLeaf, type Place } from '#recording';
import { parseDisclosure, type BlockName, type Disclosure, type JsonObject, type Leaf } from '#statement';
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
  /** the entry it corrects, where it is this caller's to see */
  readonly corrects: EntryId | null;
  /** its corrections, in the order of the log, as far as they are this caller's to see */
  readonly correctedBy: readonly EntryId[];
}

type Found = Omit<ReadableEntry, 'corrects' | 'correctedBy'> & { readonly said: JsonObject | null };

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

/**
 * An entry with what it is never shown without. A correction of what the caller may not know of would tell of it, so it
 * does not exist for the caller either.
 *
 * @returns undefined where it does not exist for the caller, as far as this ledger knows
 */
async function readable(ledger: Ledger, id: EntryId, caller: Caller): Promise<ReadableEntry | undefined> {
  const found = await lookedUp(ledger, id, caller);
  if (found === undefined) return undefined;
  const { said: _said, ...entry } = found;
  const { iss } = entry.leaf.statement;
  const corrects = await ownCorrectedBy(ledger, found);
  if (await isHidden(ledger, corrects, caller)) return undefined;
  const corrections = await Promise.all(
    ledger.register.correctionsOf(id, iss).map((one) => lookedUp(ledger, one, caller)),
  );
  return {
    ...entry,
    corrects,
    correctedBy: corrections.flatMap((one) => one?.leaf.statement.jti ?? []),
  };
}

/** The entry of the same agency that this one corrects: corrections of what others recorded stand for themselves. */
async function ownCorrectedBy({ register, store }: Ledger, { leaf, said }: Found): Promise<EntryId | null> {
  const { iss } = leaf.statement;
  const corrects = said && correctionIn({ issuer: iss, type: textIn(said, 'type') ?? '', terms: said })?.corrects;
  const place = corrects ? register.placeOf(corrects) : undefined;
  const stored = place && (await storedLeaf(store, place));
  return stored?.leaf.statement.iss === iss ? (corrects ?? null) : null;
}

/** Whether an entry does not exist for the caller, or one that it corrects, directly or through others. */
async function isHidden(ledger: Ledger, id: EntryId | null, caller: Caller): Promise<boolean> {
  const looked = new Set<EntryId>();
  for (let next = id; next !== null && !looked.has(next);) {
    looked.add(next);
    const found = await lookedUp(ledger, next, caller);
    if (found === undefined) return true;
    next = await ownCorrectedBy(ledger, found);
  }
  return false;
}

async function lookedUp(ledger: Ledger, id: EntryId, caller: Caller): Promise<Found | undefined> {
  const place = ledger.register.placeOf(id);
  const stored = place && (await storedLeaf(ledger.store, place));
  if (place === undefined || stored === undefined) return undefined;
  const { leaf } = stored;
  const found = { place, ...stored };
  if (leaf.log === 'registry') return { ...found, disclosures: [], erased: [], said: null };
  const kept = committed(leaf.statement._sd, (await ledger.vault.open([id])).get(id) ?? []);
  const opened = kept.flatMap((block) => ('encoded' in block ? parseDisclosure(block.encoded) : []));
  const terms = opened.find(({ block }) => block === 'terms')?.value ?? null;
  const audience = audienceOf(leaf.statement.iss, terms, { register: ledger.register, now: ledger.clock.now() });
  const openable = openableBlocks(caller, audience);
  if (openable === undefined) return undefined;
  return {
    ...found,
    said: terms,
    disclosures: opened.filter(({ block }) => openable.includes(block)),
    erased: kept.flatMap((block) => ('erased' in block && openable.includes(block.block) ? block.block : [])),
  };
}
