import { textIn } from '#catalogue';
import { isUuid } from '#kernel';
import { hasPassed } from './deferred-disclosures.js';
import type { ExportedEntry } from './export-profile.js';
import { mentionsOf } from './mentions-of.js';

interface Secrets {
  /** names of disclosures that are held back whether or not they are at hand */
  readonly unnamed: ReadonlySet<string>;
  /** held back only because it was recorded wrongly: that is no secret */
  readonly isWrong: (entry: ExportedEntry) => boolean;
}

/** What is left and would reveal what is held back, and what would reveal that, however far it goes: annex C (2). */
export function revealing(
  entries: readonly ExportedEntry[],
  heldBack: ReadonlySet<ExportedEntry>,
  { unnamed, isWrong }: Secrets,
): ReadonlySet<ExportedEntry> {
  const mentions = new Map(entries.map((entry) => [entry, new Set(mentionsOf(entry))]));
  const left = new Set(entries);
  const found = new Set<ExportedEntry>();
  const secret = new Set(unnamed);
  const causes = new Set<string>();
  const exchanges = new Set<string>();
  const leaveOut = (entry: ExportedEntry): void => {
    left.delete(entry);
    if (isWrong(entry)) return;
    for (const name of namesOf(entry)) secret.add(name);
    for (const name of causesOf(entry)) causes.add(name);
    if (hasPassed(entry)) for (const name of textsIn(entry, 'exchange')) exchanges.add(name);
  };
  const names = (entry: ExportedEntry): boolean =>
    [...namesOf(entry), ...(mentions.get(entry) ?? [])].some((name) => secret.has(name));
  // A disclosure that is told explains what led to it: that points to nothing else any more.
  const explaining = Map.groupBy(
    entries
      .filter(({ said }) => said?.type === 'InformationDisclosed')
      .flatMap((one) => namedBy(one, mentions.get(one))),
    ({ name }) => name,
  );
  const passed = Map.groupBy(
    entries.filter(hasPassed).flatMap((one) => namedBy(one, textsIn(one, 'exchange'))),
    ({ name }) => name,
  );
  const isTold = (all: readonly { readonly by: ExportedEntry }[] = []): boolean => all.some(({ by }) => left.has(by));
  const isUnexplained = (name: string): boolean => !isTold(explaining.get(name));
  // Looked up for an answer that is not told.
  const isLookFor = (entry: ExportedEntry): boolean =>
    entry.said?.type === 'InformationConsulted' &&
    (causesOf(entry).some((name) => causes.has(name) && isUnexplained(name)) ||
      textsIn(entry, 'exchange').some((name) => exchanges.has(name) && !isTold(passed.get(name))));
  const pointsAt = (entry: ExportedEntry): boolean =>
    ((causes.has(entry.id) || isTelltale(entry)) && !isOwed(entry) && isUnexplained(entry.id)) || isLookFor(entry);
  for (const entry of heldBack) leaveOut(entry);
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const entry of left) {
      if (!names(entry) && !pointsAt(entry)) continue;
      leaveOut(entry);
      found.add(entry);
    }
  }
  return found;
}

const namedBy = (by: ExportedEntry, names: Iterable<string> = []) => [...names].map((name) => ({ name, by }));

const textsIn = ({ said }: ExportedEntry, ...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => textIn(said?.terms ?? {}, name) ?? []);

/** By which an entry names what led to it: a decision, a permission, a request. */
const causesOf = (entry: ExportedEntry): readonly string[] => textsIn(entry, 'causedBy', 'permissionRef', 'request');

/** That a security authority was to be informed leads to the question which one was: annex C. */
const isTelltale = ({ said }: ExportedEntry): boolean =>
  said?.type === 'DecisionRecorded' && said.terms['kind'] === 'inform-security-body';

/** Who received what is told whatever came of it (GDPR 15(1)(c)), and whoever consented knows it. */
const isOwed = ({ said }: ExportedEntry): boolean =>
  ['InformationDisclosed', 'DisclosureReceived', 'ConsentRecorded', 'ConsentWithdrawn'].includes(said?.type ?? '');

/** What others call an entry. */
const namesOf = (entry: ExportedEntry): readonly string[] => {
  const { id, said } = entry;
  const disclosure = hasPassed(entry) ? said?.terms['disclosureId'] : undefined;
  return [id, ...(isUuid(disclosure) ? [disclosure] : [])];
};
