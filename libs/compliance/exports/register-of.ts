import { agenciesIn, numberIn, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { ExportedEntry } from './export-profile.js';

/**
 * What of the registry log belongs to the register of these agencies: what they recorded themselves, and what binds them
 * whoever of the parties recorded it: their agreements in every version to the end, and the impact assessments and prior
 * consultations these and their activities rest on.
 *
 * @param entries of the registry log
 */
export function registerOf(entries: readonly ExportedEntry[], agencies: readonly AgencyId[]): readonly ExportedEntry[] {
  const isOwn = ({ issuer }: ExportedEntry): boolean => agencies.includes(issuer);
  const binding = entries.filter((entry) => partiesIn(entry).some((party) => agencies.includes(party)));
  const parties = new Set([...agencies, ...binding.flatMap(partiesIn)]);
  const agreements = new Set(binding.flatMap((entry) => named(entry, 'agreement')));
  const isOfTheirs = (entry: ExportedEntry): boolean => named(entry, 'agreement').some((name) => agreements.has(name));
  const resting = entries.filter((entry) => isOwn(entry) || isOfTheirs(entry));
  const assessments = new Set(resting.flatMap((entry) => named(entry, 'dpia')));
  const isRestedOn = (entry: ExportedEntry): boolean =>
    [...named(entry, 'dpia'), ...assessmentIn(entry)].some((name) => assessments.has(name));
  return entries.filter(
    (entry) => isOwn(entry) || (parties.has(entry.issuer) && (isOfTheirs(entry) || isRestedOn(entry))),
  );
}

const partiesIn = ({ said }: ExportedEntry): readonly AgencyId[] =>
  said === null ? [] : agenciesIn(said.terms, 'parties');

const named = ({ said }: ExportedEntry, field: 'agreement' | 'dpia'): readonly string[] => {
  const name = said === null ? null : textIn(said.terms, field);
  return name === null ? [] : [name];
};

/** What others call an assessment: dpia@version. */
const assessmentIn = (entry: ExportedEntry): readonly string[] => {
  const version = entry.said?.type === 'DpiaRecorded' ? numberIn(entry.said.terms, 'version') : null;
  return version === null ? [] : named(entry, 'dpia').map((name) => `${name}@${version}`);
};
