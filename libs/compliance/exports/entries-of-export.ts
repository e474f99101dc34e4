import { textIn } from '#catalogue';
import { entryId, isUuid, type Instant } from '#kernel';
import type { ViewsTransaction } from '../views.js';
import { changesOf } from './changes-of.js';
import { entriesWanted, type Wanted } from './entries-wanted.js';
import type { ExportedEntry, ExportProfile } from './export-profile.js';
import { linkedWith } from './linked-with.js';
import { inOrder } from './naming-entries.js';

/**
 * What was asked for, and what it must not be told apart from: corrections and what takes a disclosure back, whenever
 * that was, as far as the same agencies recorded it. What goes to the person concerned is told without any of these: a
 * correction may be about somebody else.
 *
 * @param transaction that has entered the scope
 * @throws DomainError `invalid-body` for more entries than an export can have
 */
export async function entriesOfExport(
  transaction: ViewsTransaction,
  profile: ExportProfile,
  wanted: Wanted,
  now: Instant,
): Promise<readonly ExportedEntry[]> {
  const found = await entriesWanted(transaction, profile, wanted, now);
  if (profile.documentsOnly === true) return found;
  if (profile.leakTest === true) {
    return inOrder([...found, ...(await foundByCorrection(transaction, profile, wanted, now))]);
  }
  const linked = profile.linked === true ? await linkedWith(transaction, found) : [];
  const changes = await changesOf(transaction, [...found, ...linked]);
  const isTheirs = ({ issuer }: ExportedEntry): boolean => wanted.agencies.includes(issuer);
  return inOrder([...found, ...[...linked, ...changes].filter(isTheirs)]);
}

/** What was recorded about another person first: a search finds only the correction that names the right one. */
export async function foundByCorrection(
  transaction: ViewsTransaction,
  profile: Pick<ExportProfile, 'types'>,
  wanted: Wanted,
  now: Instant,
): Promise<readonly ExportedEntry[]> {
  const corrections = await entriesWanted(transaction, { types: ['EntryCorrected'] }, wanted, now);
  const ids = corrections.flatMap(({ said }) => {
    const corrected = textIn(said?.terms ?? {}, 'corrects');
    return isUuid(corrected) ? [entryId(corrected)] : [];
  });
  return entriesWanted(transaction, profile, { ...wanted, ids }, now);
}
