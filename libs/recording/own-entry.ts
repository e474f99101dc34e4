import { textIn } from '#catalogue';
import { DomainError, entryId, isUuid, type EntryId } from '#kernel';
import type { EventStore } from '#event-store';
import type { Vault } from '#vault';
import type { PreparedEntry } from './entry.js';
import { catchUpWithAll } from './fold.js';
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

async function placeOf(id: EntryId, kept: Kept): Promise<Place | undefined> {
  const place = kept.register.placeOf(id);
  if (place !== undefined) return place;
  // Another ledger may just have recorded it.
  await kept.register.inTurn(async () => void (await catchUpWithAll(kept)));
  return kept.register.placeOf(id);
}
