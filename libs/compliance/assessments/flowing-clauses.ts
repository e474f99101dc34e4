import type { AgencyId, Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { clausesBetween, covers, isAboutPersons, type Clause } from '../agreements/covering-clause.js';
import { flowingItem } from '../rules/flowing-item.js';
import type { RegistryState } from '../rules/registry-state.js';
import type { Reason } from './assessment.js';
import type { Template } from './template.js';

/** Between whom data would flow, and which way. */
export interface Flowing {
  readonly agency: AgencyId;
  readonly others: readonly AgencyId[];
  /** whether it would flow to the agency, which only asks */
  readonly isRequest: boolean;
  readonly at: Instant;
}

/** The clauses that let data flow, by counterpart; those of the template's agreement first where one is named. */
export function clausesFor(
  { agency, others, isRequest, at }: Flowing,
  registry: RegistryState,
  template: Template | null,
): readonly (readonly Clause[])[] {
  const agreements = registry.agreementsInForce(at);
  return others.map((other) => {
    const flow = isRequest ? { from: other, to: agency } : { from: agency, to: other };
    const clauses = clausesBetween(agreements, flow);
    return template === null ? clauses : clauses.toSorted((one, two) => rank(one, template) - rank(two, template));
  });
}

const rank = ({ reference }: Clause, template: Template): number => {
  if (reference === template.reference) return 0;
  return reference?.startsWith(`${template.agreement}#`) === true ? 1 : 2;
};

/** The clauses that cover an item, one for each it would go to or come from; null where one of them has none. */
export function coveringAll(
  clauses: readonly (readonly Clause[])[],
  purpose: string | null,
  item: JsonObject,
): readonly Clause[] | null {
  const flowing = flowingItem(item);
  const found = clauses.flatMap((between) => between.find((clause) => covers(clause, purpose, flowing)) ?? []);
  return found.length === clauses.length ? found : null;
}

/**
 * What an item lacks of the agreement that no rule asks for: a clause of whoever only asks; and whose data they are,
 * where the clause is not about everybody's.
 */
export function lackingOfClauses(
  covering: readonly Clause[] | null,
  { isRequest }: Pick<Flowing, 'isRequest'>,
  subjectCategory: string | null,
): readonly Reason[] {
  if (covering === null) return isRequest ? [lacking('agreement', null)] : [];
  const others = subjectCategory === null && covering.find(({ terms }) => !isAboutPersons(terms, null));
  return others ? [lacking('subjectCategory', others.reference)] : [];
}

const lacking = (lacks: string, clause: string | null): Reason => ({
  rule: null,
  clause,
  sources: [],
  lacks,
  byConsent: false,
});
