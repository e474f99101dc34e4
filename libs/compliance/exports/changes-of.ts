import { agencyIn, textIn } from '#catalogue';
import type { ViewsTransaction } from '../views.js';
import type { ExportedEntry } from './export-profile.js';
import { connectionsIn, entriesNaming } from './naming-entries.js';

/**
 * What corrects these entries or takes them back, and what corrects that again: none is ever shown without it (domain
 * §3). Of what an agency received, who disclosed it may have taken it back.
 *
 * @param transaction that has entered the scope
 */
export async function changesOf(
  transaction: ViewsTransaction,
  entries: readonly ExportedEntry[],
): Promise<readonly ExportedEntry[]> {
  const found = new Map<number, ExportedEntry>();
  for (let fresh = entries; fresh.length > 0;) {
    const byName = Map.groupBy(
      fresh.flatMap((entry) => changeableBy(entry).map((name) => ({ name, entry }))),
      ({ name }) => name,
    );
    const isChange = (one: ExportedEntry): boolean =>
      changedIn(one).some((name) => byName.get(name)?.some(({ entry }) => isChangeOf(one, entry)));
    fresh = (await entriesNaming(transaction, byName.keys())).filter((one) => !found.has(one.index) && isChange(one));
    for (const one of fresh) found.set(one.index, one);
  }
  return [...found.values()];
}

/** Whether an entry says of another that it is wrong: only who recorded it, or disclosed it, can say so. */
export function isChangeOf(change: ExportedEntry, { id, issuer, said }: ExportedEntry): boolean {
  if (change.said?.type === 'EntryCorrected') return change.issuer === issuer && changedIn(change).includes(id);
  if (change.said?.type !== 'DisclosureInvalidated' || said === null) return false;
  const disclosure = disclosureIn({ said });
  const discloser = said.type === 'DisclosureReceived' ? agencyIn(said.terms, 'disclosedBy') : issuer;
  return disclosure !== null && change.issuer === discloser && changedIn(change).includes(disclosure);
}

/** Names by which an entry that changes this one can call it. */
const changeableBy = (entry: ExportedEntry): readonly string[] => {
  const disclosure = disclosureIn(entry);
  return [...connectionsIn(entry).handles, ...(disclosure === null ? [] : [disclosure])];
};

/** What an entry that changes another calls that other. */
function changedIn({ said }: Pick<ExportedEntry, 'said'>): readonly string[] {
  const field = said === null ? undefined : changing.get(said.type);
  const name = said === null || field === undefined ? null : textIn(said.terms, field);
  return name === null ? [] : [name];
}

const changing: ReadonlyMap<string, string> = new Map([
  ['EntryCorrected', 'corrects'],
  ['DisclosureInvalidated', 'disclosureId'],
]);

const disclosureIn = ({ said }: Pick<ExportedEntry, 'said'>): string | null =>
  said?.type === 'InformationDisclosed' || said?.type === 'DisclosureReceived'
    ? textIn(said.terms, 'disclosureId')
    : null;
