import { never, openSince, textIn } from '#catalogue';
import { DomainError, entryId, isUuid, ledgerIssuer, type EntryId } from '#kernel';
import type { EventStore } from '#event-store';
import { readDisclosure, type EntryLeaf, type JsonObject, type JsonValue } from '#statement';
import type { Vault } from '#vault';
import type { PreparedEntry } from './entry.js';
import { catchUpWithAll, committed } from './fold.js';
import type { Place, Register } from './register.js';
import { storedLeaf } from './stored-leaf.js';

interface Kept {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly register: Register;
}

/**
 * What is never shown without another entry belongs to who recorded that one. An id that nobody has used yet is taken as
 * it is, because order never is a reason to refuse: whoever shows the two together compares their issuers.
 *
 * @throws DomainError `forbidden` when the other entry is another agency's
 */
export async function requireOwnEntry(
  { issuer, type, said }: Pick<PreparedEntry, 'issuer' | 'type' | 'said'>,
  kept: Kept,
): Promise<void> {
  const other = type.shownWith === undefined ? null : textIn(said.terms, type.shownWith);
  const place = isUuid(other) ? await placeOf(entryId(other), kept) : undefined;
  const first = place && (await storedLeaf(kept.store, place));
  if (first === undefined || first.leaf.statement.iss === issuer) return;
  throw new DomainError('forbidden', 'this is for the agency to say that recorded the other entry');
}

/**
 * A check note is assessed for the agency it was raised for. To everybody else it does not exist; an assessment that
 * does not say of which note it is, is recorded like everything else that is missing.
 *
 * @throws DomainError `not-found`, the same for an id that nobody used and for a note of another agency
 */
export async function requireOwnNote(
  { issuer, type, said }: Pick<PreparedEntry, 'issuer' | 'type' | 'said'>,
  kept: Kept,
): Promise<void> {
  const note = type.assesses === undefined ? null : textIn(said.terms, type.assesses);
  if (note === null) return;
  const place = await placeOf(entryId(note), kept);
  const first = place && (await storedLeaf(kept.store, place));
  const terms = first?.leaf.log === 'entries' ? await termsOf(first.leaf, kept.vault) : null;
  const isOwn =
    first?.leaf.statement.iss === ledgerIssuer && terms?.['type'] === noteType && terms['agency'] === issuer;
  if (!isOwn) throw new DomainError('not-found', 'there is no such check note for this agency');
}

const noteType = 'CheckNoteRaised';

/** `terms` and `withheld`. */
const blocksOfSealed = 2;

/**
 * What names a sealed entry is restricted (domain §3): whoever read it would know that a service was there. Its sender
 * knows the id, so this tells nothing new, and says it itself, because what an agency says is never changed. A sealed
 * entry that is recorded later is not known yet: order never is a reason to refuse. The ledger says by itself what
 * anybody did, and a correction is never shown without what it corrects.
 *
 * @param together everything of the same submission
 * @throws DomainError `invalid-entry` when others could read it
 */
export async function requireRestricted(
  { issuer, type, said }: Pick<PreparedEntry, 'issuer' | 'type' | 'said'>,
  kept: Kept,
  together: readonly Pick<PreparedEntry, 'id' | 'type'>[],
): Promise<void> {
  if (issuer === ledgerIssuer || openSince({ said }) === never) return;
  const { [type.shownWith ?? '']: _, ...terms } = said.terms;
  const named = new Set(idsIn(terms));
  const isBeside = together.some((one) => one.type.name === sealedType && named.has(one.id));
  if (!isBeside && !(await someSealed(named, textIn(terms, 'causedBy'), kept))) return;
  const fault = { pointer: '/data/visibility', detail: 'expected restricted: what it names is sealed' };
  throw new DomainError('invalid-entry', 'what names a sealed entry is restricted', [fault]);
}

const sealedType = 'SealedEntryRecorded';

/** @param from what it follows from: another ledger may just have recorded it */
async function someSealed(named: ReadonlySet<EntryId>, from: string | null, kept: Kept): Promise<boolean> {
  if (isUuid(from)) await placeOf(entryId(from), kept);
  for (const id of named) {
    const place = kept.register.placeAlone(id);
    const leaf = place?.log === 'entries' ? (await storedLeaf(kept.store, place))?.leaf : undefined;
    // Almost every other entry has more blocks, and its terms need not be opened.
    if (leaf?.log !== 'entries' || leaf.statement._sd.length > blocksOfSealed) continue;
    if ((await termsOf(leaf, kept.vault))?.['type'] === sealedType) return true;
  }
  return false;
}

function idsIn(value: JsonValue): readonly EntryId[] {
  if (isUuid(value)) return [entryId(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsIn) : [];
}

async function termsOf({ statement }: EntryLeaf, vault: Vault): Promise<JsonObject | null> {
  const blocks = committed(statement._sd, (await vault.open([statement.jti], ['terms'])).get(statement.jti) ?? []);
  const [terms] = blocks.filter(({ block }) => block === 'terms');
  return terms && 'encoded' in terms ? readDisclosure(terms.encoded).value : null;
}

async function placeOf(id: EntryId, kept: Kept): Promise<Place | undefined> {
  const place = kept.register.placeOf(id);
  if (place !== undefined) return place;
  // Another ledger may just have recorded it.
  await kept.register.inTurn(async () => void (await catchUpWithAll(kept)));
  return kept.register.placeOf(id);
}
