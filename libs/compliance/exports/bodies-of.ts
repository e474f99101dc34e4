import { agenciesIn, bodiesOf as bodiesIn, linesOf } from '#catalogue';
import type { ExportedEntry } from './export-profile.js';

/** Who received a disclosure; whoever is not named is an empty text. */
export function recipientsOf({ said }: Pick<ExportedEntry, 'said'>): readonly string[] {
  const named = agenciesIn(said?.terms ?? {}, 'recipients');
  return named.length === 0 && said?.type === 'InformationDisclosed' ? [''] : named;
}

/** Between whom something passed, or whose records were looked at; whose power is cited had part in it. */
export const bodiesOf = (entry: ExportedEntry): readonly string[] => [
  entry.issuer,
  ...recipientsOf(entry),
  ...agenciesIn(entry.said?.terms ?? {}, 'disclosedBy'),
  ...agenciesIn(entry.said?.terms ?? {}, 'source'),
  ...bodiesIn(linesOf(entry.said?.terms['collectBases'])),
];
