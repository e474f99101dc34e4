import { agenciesIn, textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import { has, partsOf, textsOf } from '../rules/matter.js';
import type { RegistryState } from '../rules/registry-state.js';
import { isCriminal, mayBeSpecial } from '../rules/sensitive-data.js';

type Occasion = (terms: JsonObject, registry: RegistryState) => boolean;

/** What an agreement may name as an occasion and an assessment can see. A refusal is none before it is decided. */
const occasions: ReadonlyMap<string, Occasion> = new Map<string, Occasion>([
  ['always', () => true],
  ['special-category', (terms) => has(terms, 'specialGround') || partsOf(terms, 'items').some(mayBeSpecial)],
  ['criminal-offence', (terms) => partsOf(terms, 'items').some(isCriminal)],
  ['minor', (terms) => has(terms, 'minor')],
  ['secrecy-lifted', (terms) => has(terms, 'secrecy-lifted')],
  ['outside-purpose', (terms) => terms['purposeCompatible'] === false],
  ['onward-sharing', (terms) => has(terms, 'derivedFrom')],
  ['third-country', (terms) => has(terms, 'transfer')],
  ['regime-change', changesRegime],
]);

/**
 * Why the data protection officer is asked first (DEC-04): of what the clauses name, what is there.
 *
 * @param clauses that cover anything of it
 * @param terms block `terms` of the entry that would be recorded
 */
export const consultationsFor = (
  clauses: readonly JsonObject[],
  terms: JsonObject,
  registry: RegistryState,
): readonly string[] => [
  ...new Set(
    clauses
      .flatMap((clause) => textsOf(clause, 'dpoConsultationWhen'))
      .filter((code) => occasions.get(code)?.(terms, registry) ?? false),
  ),
];

function changesRegime(terms: JsonObject, registry: RegistryState): boolean {
  const own = textIn(terms, 'regime');
  return agenciesIn(terms, 'recipients', 'addressee')
    .map((one) => registry.regimeOf(one))
    .some((other) => own !== null && other !== null && other !== own);
}
