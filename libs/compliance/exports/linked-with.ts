import type { About } from '../rules/matter.js';
import type { ViewsTransaction } from '../views.js';
import type { ExportedEntry } from './export-profile.js';
import { connectionsIn, entriesInMatters, entriesNamed, entriesNaming, inOrder } from './naming-entries.js';

/** What concerns one person. A conference or an audit that is named stands for itself: the rest of it is about others. */
const followed: ReadonlySet<About> = new Set<About>([
  'consent',
  'decision',
  'deferral',
  'indirect-access',
  'originator-consent',
  'restriction',
  'rights-request',
  'secrecy-release',
]);

/**
 * What these entries name, what names them, and all that belongs to what one of those opened about one person: the
 * decision that was complained of, with the request it answers; the deferral of a notice.
 *
 * @param transaction that has entered the scope
 */
export async function linkedWith(
  transaction: ViewsTransaction,
  entries: readonly ExportedEntry[],
): Promise<readonly ExportedEntry[]> {
  const connections = entries.map(connectionsIn);
  const beside = [
    ...(await entriesNamed(
      transaction,
      connections.flatMap(({ references }) => references),
    )),
    ...(await entriesNaming(
      transaction,
      connections.flatMap(({ handles }) => handles),
    )),
  ];
  const opened = beside.flatMap((one) =>
    connectionsIn(one).matters.flatMap(({ kind, id }) => (followed.has(kind) ? [id] : [])),
  );
  return inOrder([...beside, ...(await entriesInMatters(transaction, opened))]);
}
