import { isUuid } from '#kernel';
import type { JsonValue } from '#statement';
import { insertRows } from '../insert-rows.js';
import type { ProjectedEntry } from '../projection.js';
import { receiptOf } from '../rules/receipt-of.js';
import type { ViewsTransaction } from '../views.js';
import { inParts } from './in-parts.js';
import type { ConnectionTable } from './judgement-tables.js';
import type { Connections } from './matters-of.js';

type Known = Pick<ProjectedEntry, 'issuer' | 'said'>;

/**
 * A receipt may stand in another exchange than its disclosure. What passes the disclosure on, and notices to the person,
 * name the disclosure only: by these names they find the receipt, too. Whoever records a receipt again names the first:
 * were each called so, all that is said of a disclosure would be read for each of its receipts.
 */
export function receiptConnections(entry: Known, isRepeated: boolean): Pick<Connections, 'handles' | 'references'> {
  const names = namesOf(entry);
  if (isRepeated) return { handles: names.map(again), references: names };
  const { issuer, said } = entry;
  return { handles: names, references: receipts(said?.terms[namingField[said.type] ?? ''], issuer) };
}

/** Indexes of the entries by which an agency records the receipt of a disclosure once more. */
export async function repeatedReceipts(
  transaction: ViewsTransaction,
  entries: readonly (Known & Pick<ProjectedEntry, 'index'>)[],
): Promise<ReadonlySet<number>> {
  const named = entries.flatMap((entry) => namesOf(entry).map((name) => ({ index: entry.index, name })));
  const rows = await ownNames(
    transaction,
    named.map(({ name }) => name),
  );
  const known = new Set(rows.map(({ handle }) => handle));
  const repeated = new Set<number>();
  for (const { index, name } of named) {
    if (known.has(name)) repeated.add(index);
    known.add(name);
  }
  return repeated;
}

/** Of what is erased the names of receipts pass on to those that were recorded next. @param handles of what is erased */
export async function passOnNames(transaction: ViewsTransaction, handles: readonly string[]): Promise<void> {
  const next = new Map<string, ConnectionTable>();
  for (const row of await ownNames(transaction, handles.map(again))) {
    const known = next.get(row.handle);
    if (known === undefined || Number(row.entry_index) < Number(known.entry_index)) next.set(row.handle, row);
  }
  for (const handle of handles) {
    const row = next.get(again(handle));
    if (row === undefined) continue;
    await transaction
      .deleteFrom('connection')
      .where('handle', 'in', [handle, again(handle)])
      .where('entry_index', '=', row.entry_index)
      .execute();
    await insertRows(transaction, 'connection', [{ ...row, handle }]);
  }
}

const ownNames = (transaction: ViewsTransaction, handles: readonly string[]) =>
  inParts(handles, (some) =>
    transaction.selectFrom('connection').selectAll().where('handle', 'in', some).where('outward', '=', 0).execute(),
  );

const again = (name: string): string => `again ${name}`;

const namesOf = ({ issuer, said }: Known): readonly string[] =>
  said?.type === 'DisclosureReceived' ? receipts(said.terms['disclosureId'], issuer) : [];

const namingField: Readonly<Record<string, string>> = {
  InformationDisclosed: 'derivedFrom',
  DataSubjectInformed: 'covers',
  NotificationDeferred: 'covers',
};

const receipts = (named: JsonValue | undefined, issuer: ProjectedEntry['issuer']): readonly string[] => [
  ...new Set((Array.isArray(named) ? named : [named]).filter(isUuid).map((name) => receiptOf(name, issuer))),
];
