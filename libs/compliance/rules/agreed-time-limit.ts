import { isObject, textIn } from '#catalogue';
import type { Instant } from '#kernel';
import type { JsonObject } from '#statement';
import {
  clausesBetween,
  covers,
  isAboutPersons,
  versionOf,
  type Clause,
  type Flow,
} from '../agreements/covering-clause.js';
import { agreedDeadline } from './deadlines/agreed-deadline.js';
import type { Deadline } from './deadlines/calendar.js';
import { flowingItem } from './flowing-item.js';
import { partsOf, textsOf, type Fact } from './matter.js';
import type { RegistryState } from './registry-state.js';
import type { Judgement, Then } from './rule.js';
import type { Side } from './side.js';

/** When something is due, with what a judgement cites for it. */
export interface Due {
  readonly due: Instant;
  readonly cited: Pick<Judgement, 'clause' | 'deadline'>;
}

/** A time limit that parties agreed on. */
export interface AgreedTimeLimit {
  readonly limit: JsonObject;
  /** `agreement@version#clause`; null where the agreement does not say it */
  readonly clause: string | null;
}

/**
 * When something is due: as the parties agreed, else as the rule says. What the law sets, no agreement changes.
 *
 * @param own the rule's deadline
 */
export function dueAs(
  agreed: AgreedTimeLimit | null,
  { side, from, inForce, own = inForce.settings(side).deadline }: DueFrom,
): Due {
  const { basis, deadline: usual } = inForce.settings(side);
  const ours = agreed && basis === 'policy' ? agreedDeadline(agreed.limit) : null;
  const deadline = ours ?? own;
  return {
    due: inForce.end(side, from, deadline),
    cited: {
      ...(ours && agreed?.clause && { clause: agreed.clause }),
      ...(deadline !== null && deadline !== usual && { deadline }),
    },
  };
}

interface DueFrom {
  readonly side: Side;
  readonly from: Instant;
  readonly inForce: Then;
  readonly own?: Deadline | null;
}

/**
 * What the first clause in force that covers anything of a request or a disclosure sets as a time limit.
 *
 * @param flow the way the information goes
 * @param name a field of `AgreedTimeLimits`
 */
export function agreedTimeLimit(
  entry: Fact,
  flow: Pick<Flow, 'from' | 'to'>,
  name: string,
  registry: RegistryState,
): AgreedTimeLimit | null {
  const clause = coveringClauses(entry, flow, registry)[0];
  const limits = clause?.terms['timeLimits'];
  const limit = isObject(limits) ? limits[name] : null;
  return clause && isObject(limit) ? { limit, clause: clause.reference } : null;
}

/** Clauses in force that cover anything of a request or a disclosure; those of the agreement it names first. */
export function coveringClauses(
  { terms, occurredAt }: Pick<Fact, 'terms' | 'occurredAt'>,
  flow: Pick<Flow, 'from' | 'to'>,
  registry: RegistryState,
): readonly Clause[] {
  const purpose = textIn(terms, 'purpose');
  const items = partsOf(terms, 'items').map(flowingItem);
  const agreements = namedFirst(registry.agreementsInForce(occurredAt), textIn(terms, 'agreement'));
  return clausesBetween(agreements, flow).filter((clause) => items.some((item) => covers(clause, purpose, item)));
}

/**
 * The clauses whose terms go with a request or a disclosure: of each item the first one in force that covers it, and is
 * about such persons where there is one.
 *
 * @param role of the person, a `subjectCategory`; null where it is not known
 */
export function clausesOfItems(
  entry: Pick<Fact, 'terms' | 'occurredAt'>,
  flow: Pick<Flow, 'from' | 'to'>,
  registry: RegistryState,
  role: string | null,
): readonly Clause[] {
  const clauses = coveringClauses(entry, flow, registry);
  const purpose = textIn(entry.terms, 'purpose');
  const items = partsOf(entry.terms, 'items').map(flowingItem);
  const fitting = clauses.filter(({ terms }) => role === null || isAboutPersons(terms, role));
  const first = items.map((item) => [...fitting, ...clauses].find((clause) => covers(clause, purpose, item)));
  return clauses.filter((clause) => first.includes(clause));
}

/**
 * The same for whoever cannot read the role of the person: by each role it may have where clauses are about different
 * ones. First those that there would be if no clause named a role.
 */
export function clausesByRole(
  entry: Pick<Fact, 'terms' | 'occurredAt'>,
  flow: Pick<Flow, 'from' | 'to'>,
  registry: RegistryState,
): readonly (readonly Clause[])[] {
  const clauses = coveringClauses(entry, flow, registry);
  const named = new Set(clauses.flatMap(({ terms }) => textsOf(terms, 'subjectCategories')));
  const roles = clauses.length > 1 && named.size > 0 ? [...named, namedByNone] : [];
  return [null, ...roles].map((role) => clausesOfItems(entry, flow, registry, role));
}

/** Any role beside those that clauses name. */
const namedByNone = '';

/** Agreements, and before all others the one that an entry names. */
export function namedFirst(agreements: readonly JsonObject[], name: string | null): readonly JsonObject[] {
  const named = name === null ? [] : agreements.filter((one) => versionOf(one) === name);
  return named.length === 0 ? agreements : [...new Set([...named, ...agreements])];
}
