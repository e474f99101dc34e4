import { openableBlocks, type Audience, type Caller } from '#access';
import { openSince, textIn } from '#catalogue';
import { audienceOf } from './entry-audience.js';
import { DomainError, type AgencyId, type EntryId } from '#kernel';
import { committed, correctionIn, storedLeaf, type Place } from '#recording';
import { parseDisclosure, type BlockName, type Disclosure, type JsonObject, type Leaf } from '#statement';
import { VaultDamaged } from '#vault';
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

/** An entry with all of its blocks that are still there, whoever may open them. */
interface Opened extends Pick<ReadableEntry, 'place' | 'bytes' | 'leaf'> {
  readonly kept: ReturnType<typeof committed>;
  readonly blocks: readonly Disclosure[];
  readonly said: JsonObject | null;
}

type Found = Omit<ReadableEntry, 'corrects' | 'correctedBy'> & Pick<Opened, 'said'>;

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
  return {
    ...entry,
    corrects: await ownCorrectedBy(ledger, found),
    correctedBy: await correctionsFor(ledger, { entry: id, issuer: iss }, caller),
  };
}

/**
 * Corrections of an entry by the agency that recorded it, in the order of the log, as far as they are the caller's to
 * see. One that cannot be opened must not keep the others from the caller: it is reported.
 */
export async function correctionsFor(
  ledger: Ledger,
  { entry, issuer }: { readonly entry: EntryId; readonly issuer: AgencyId },
  caller: Caller,
): Promise<readonly EntryId[]> {
  const corrections = ledger.register.correctionsOf(entry, issuer);
  const found = await Promise.all(corrections.map((one) => lookedUp(ledger, one, caller).catch(reportedTo(ledger))));
  return found.flatMap((one) => one?.leaf.statement.jti ?? []);
}

/** @throws whatever else it is told of */
const reportedTo =
  ({ damaged }: Ledger) =>
  (error: unknown): undefined => {
    if (!(error instanceof VaultDamaged)) throw error;
    damaged(error);
  };

/** What an entry says that it corrects, whoever recorded that. */
const correctedIn = ({ leaf, said }: Pick<Opened, 'leaf' | 'said'>): EntryId | null =>
  said &&
  (correctionIn({ issuer: leaf.statement.iss, type: textIn(said, 'type') ?? '', terms: said })?.corrects ?? null);

/** The entry of the same agency that this one corrects. */
async function ownCorrectedBy(
  { register, store }: Ledger,
  { leaf, said }: Pick<Opened, 'leaf' | 'said'>,
): Promise<EntryId | null> {
  const { iss } = leaf.statement;
  const corrects = correctedIn({ leaf, said });
  const place = corrects ? register.placeOf(corrects) : undefined;
  const stored = place && (await storedLeaf(store, place));
  return stored?.leaf.statement.iss === iss ? corrects : null;
}

async function lookedUp(ledger: Ledger, id: EntryId, caller: Caller): Promise<Found | undefined> {
  const opened = await openedAt(ledger, id);
  if (opened === undefined) return undefined;
  const { kept, blocks, ...found } = opened;
  if (found.leaf.log === 'registry') return { ...found, disclosures: [], erased: [] };
  const openable = openableBlocks(caller, await audienceFor(ledger, opened));
  if (openable === undefined) return undefined;
  return {
    ...found,
    disclosures: blocks.filter(({ block }) => openable.includes(block)),
    erased: kept.flatMap((block) => ('erased' in block && openable.includes(block.block) ? block.block : [])),
  };
}

async function openedAt(ledger: Ledger, id: EntryId): Promise<Opened | undefined> {
  const place = ledger.register.placeOf(id);
  const stored = place && (await storedLeaf(ledger.store, place));
  if (place === undefined || stored === undefined) return undefined;
  const { leaf } = stored;
  if (leaf.log === 'registry') return { place, ...stored, kept: [], blocks: [], said: null };
  const kept = committed(leaf.statement._sd, (await ledger.vault.open([id])).get(id) ?? []);
  const blocks = kept.flatMap((block) => ('encoded' in block ? parseDisclosure(block.encoded) : []));
  const said = blocks.find(({ block }) => block === 'terms')?.value ?? null;
  return { place, ...stored, kept, blocks, said };
}

/**
 * Who an entry concerns. A correction that is not hidden itself, and wherever it was recorded, concerns those whom what
 * it corrects concerns: it holds values of that. Where its agency has recorded nothing under that id yet, that is nobody
 * else.
 *
 * @param later corrections of it that were asked before: two that correct each other end there
 */
async function audienceFor(ledger: Ledger, entry: Opened, later: readonly EntryId[] = []): Promise<Audience> {
  const { register, clock } = ledger;
  const now = clock.now();
  const { iss, jti } = entry.leaf.statement;
  const own = audienceOf(iss, entry.said, { register, now });
  const type = textIn(entry.said ?? {}, 'type') ?? '';
  if (entry.said === null || openSince({ said: { type, terms: entry.said } }) > now) return own;
  const corrects = await ownCorrectedBy(ledger, entry);
  if (corrects === null && correctedIn(entry) !== null) return audienceOf(iss, null, { register, now });
  const corrected = corrects === null || later.includes(corrects) ? undefined : await openedAt(ledger, corrects);
  if (corrected === undefined || corrected.leaf.log === 'registry') return own;
  return audienceFor(ledger, corrected, [...later, jti]);
}
