import { agenciesIn, basisForAll, basisOf, isMissing, isObject, regimeChangeOf, textIn } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { covers, isAboutPersons, type Flow } from '../agreements/covering-clause.js';
import { clausesOfItems } from '../rules/agreed-time-limit.js';
import { flowingItem } from '../rules/flowing-item.js';
import { isCited } from '../rules/is-cited.js';
import { partsOf, textsOf } from '../rules/matter.js';
import type { RegistryState } from '../rules/registry-state.js';
import { clausesFor } from './flowing-clauses.js';
import type { Template } from './template.js';

/** Who records something, and when: what the system knows without asking. */
export interface Desk {
  readonly agency: AgencyId;
  /** how the agency calls who acts */
  readonly actor: string;
  readonly at: Instant;
  readonly registry: RegistryState;
}

type Data = Readonly<Record<string, JsonValue | undefined>>;

const notGiven = { missing: 'not-given' } as const;

/** What an entry is filled in from. */
export interface Filling {
  /** fields that a person filled in */
  readonly given: JsonObject;
  /** who is asked, or who receives */
  readonly others: readonly AgencyId[];
  /** null outside of every agreement */
  readonly template: Template | null;
  readonly desk: Desk;
  /** what follows from other entries */
  readonly more?: JsonObject;
  /** handling conditions that were decided on before, for the request that is answered */
  readonly conditionsDecided?: readonly string[];
}

/**
 * The data of a request: what a person gave, and for the rest what the clause and the system know. What nobody may
 * guess (why it is asked, the age band) is said to be missing where it is not given.
 */
export function requestFilledIn({ given, others: [addressee], template, desk, more }: Filling): JsonObject {
  const clause = template?.clause ?? {};
  const defaults = {
    ...ofEveryEntry(template, desk),
    addressee: addressee ?? notGiven,
    purpose: onlyPurpose(clause),
    legalBasisCollect: basisOf(clause, 'collect', desk.agency) ?? notGiven,
    requestKind: 'item-request',
    urgency: 'normal',
    intendedRetention: clause['retentionTold'],
    ...more,
  };
  return filled(given, defaults, owedByPerson);
}

/** The data of a disclosure, filled in the same way. */
export function disclosureFilledIn({
  given,
  others,
  template,
  desk,
  more,
  conditionsDecided = [],
}: Filling): JsonObject {
  const clause = template?.clause ?? {};
  // Of one body several may sit in a room: it receives once.
  const recipients = [...new Set(others)];
  const own = desk.registry.regimeOf(desk.agency);
  const regimes = new Set(recipients.map((one) => desk.registry.regimeOf(one)));
  const [regimeRecipient = null] = regimes.size === 1 ? regimes : [];
  const staysWithin = regimeRecipient !== null && regimeRecipient === own;
  const items = partsOf(given, 'items').map((item) => ({ ...unmarked, ...item }));
  const purpose = given['purpose'] ?? more?.['purpose'] ?? onlyPurpose(clause);
  const flows = recipients.map((to) => ({ from: desk.agency, to }));
  const subjectCategory = given['subjectCategory'] ?? notGiven;
  const agreed = agreedWith({ purpose, items, subjectCategory }, flows, template, desk);
  const defaults = {
    ...ofEveryEntry(template, desk),
    recipients,
    channel: 'portal',
    spontaneous: true,
    purpose,
    legalBasisTransmit: basisOf(clause, 'transmit', desk.agency) ?? notGiven,
    ...collecting({ ...given, purpose, items }, recipients, template, desk),
    regimeRecipient: regimeRecipient ?? undefined,
    regimeChangeProvision: staysWithin ? undefined : regimeChangeOf(clause, desk.agency),
    ...agreed,
    conditions: withDecided(agreed.conditions, conditionsDecided),
    ...more,
  };
  return filled({ ...given, items }, defaults, owedByPerson);
}

/**
 * The data of a decision on a request. Who answers at the desk decides, as case worker unless it is said that it was the
 * head of the office; what was granted or refused follows from the answer.
 */
export function decisionFilledIn({ given, template, desk, more }: Omit<Filling, 'others'>): JsonObject {
  const defaults = {
    ...ofEveryEntry(template, desk),
    decidedBy: desk.actor,
    decidedByFunction: given['decidedByHead'] === true ? 'head of the office or deputy' : 'case worker',
    ...more,
  };
  return filled(given, defaults, { justification: notGiven, case: notGiven });
}

/** What is recorded beside them: of a conference or of one item of its agenda, of what was received. */
export const besideFilledIn = ({ given, template, desk, more = {} }: Omit<Filling, 'others'>): JsonObject =>
  filled(given, { ...ofEveryEntry(template, desk), ...more }, { case: notGiven });

/** What clauses set for what is passed on. */
interface Agreed {
  readonly conditions: JsonValue | undefined;
  readonly retentionTold: JsonValue | undefined;
}

/**
 * What goes with what is passed on by the clause it is filled in by, and by whatever other clause covers an item: the
 * conditions of each of them. How long it may be kept another one says of what that one does not cover.
 *
 * @param passed purpose, items and role of the person, as they are recorded
 */
export function agreedWith(
  passed: JsonObject,
  flows: readonly Pick<Flow, 'from' | 'to'>[],
  template: Template | null,
  { at, registry }: Pick<Desk, 'at' | 'registry'>,
): Agreed {
  if (template === null) return { conditions: undefined, retentionTold: undefined };
  const { clause, agreement } = template;
  const role = textIn(passed, 'subjectCategory');
  const clausesWith = (itemsOf: (flow: Pick<Flow, 'from' | 'to'>) => readonly JsonObject[]): readonly JsonObject[] => {
    const others = flows.flatMap((flow) => {
      const entry = { terms: { ...passed, items: itemsOf(flow), agreement }, occurredAt: at };
      return clausesOfItems(entry, flow, registry, role);
    });
    return [...new Set([clause, ...others.map(({ terms }) => terms)])];
  };
  const items = partsOf(passed, 'items');
  const purpose = textIn(passed, 'purpose');
  const isByIt = (item: JsonObject, { from, to }: Pick<Flow, 'from' | 'to'>): boolean =>
    agenciesIn(clause, 'from').includes(from) &&
    agenciesIn(clause, 'to').includes(to) &&
    covers({ reference: null, terms: clause }, purpose, flowingItem(item));
  return {
    conditions: conditionsIn(clausesWith(() => items)),
    retentionTold: retentionIn(clausesWith((flow) => items.filter((item) => !isByIt(item, flow)))),
  };
}

/** The conditions of several clauses, each of them once; where none says one, what the first says instead. */
function conditionsIn(clauses: readonly JsonObject[]): JsonValue | undefined {
  const conditions = clauses.flatMap((clause) => textsOf(clause, 'conditions'));
  return conditions.length === 0 ? clauses[0]?.['conditions'] : [...new Set(conditions)];
}

/** What was decided goes along whatever the clauses say. */
export function withDecided(agreed: JsonValue | undefined, decided: readonly string[]): JsonValue | undefined {
  return decided.length === 0
    ? agreed
    : [...new Set([...textsOf({ conditions: agreed ?? [] }, 'conditions'), ...decided])];
}

/** How long it may be kept by several clauses, all that they say. */
function retentionIn(clauses: readonly JsonObject[]): JsonValue | undefined {
  const told = new Set(clauses.flatMap((clause) => textIn(clause, 'retentionTold') ?? []));
  return told.size < 2 ? (clauses[0]?.['retentionTold'] ?? [...told][0]) : [...told].join(' ');
}

/**
 * On what the recipients rely: one basis for all of them, and that of each who relies on another. Where some have none,
 * it is what all lack who are not named.
 */
function collecting(passed: JsonObject, others: readonly AgencyId[], template: Template | null, desk: Desk): Data {
  if (template === null) return { legalBasisCollect: notGiven };
  const bases = others.map((agency) => ({ agency, basis: collectedOn(passed, agency, template, desk) ?? notGiven }));
  const forAll =
    bases.find(({ basis }) => saidBasis(basis) === null) ?? bases.find(({ basis }) => !isCited(basis)) ?? bases[0];
  const legalBasisCollect = forAll?.basis ?? basisForAll(template.clause, 'collect') ?? notGiven;
  const collectBases = bases.flatMap(({ agency, basis }) => {
    const own = saidBasis(basis);
    return own === null || JSON.stringify(own) === JSON.stringify(legalBasisCollect) ? [] : [{ agency, ...own }];
  });
  return { legalBasisCollect, collectBases: collectBases.length > 0 ? collectBases : undefined };
}

/**
 * What a recipient may collect on: the clause says it of those it lets receive, and of nobody else in the room. Of them
 * another one does that lets them have all that is passed on.
 */
function collectedOn(passed: JsonObject, other: AgencyId, template: Template, desk: Desk): JsonValue | undefined {
  const { clause } = template;
  if (agenciesIn(clause, 'to').includes(other)) return basisOf(clause, 'collect', other);
  const { agency, at, registry } = desk;
  const [between = []] = clausesFor({ agency, others: [other], isRequest: false, at }, registry, template);
  const [purpose, role] = [textIn(passed, 'purpose'), textIn(passed, 'subjectCategory')];
  const items = partsOf(passed, 'items').map(flowingItem);
  const covering = between
    .filter(({ terms }) => role === null || isAboutPersons(terms, role))
    .find((one) => items.every((item) => covers(one, purpose, item)));
  return covering && basisOf(covering.terms, 'collect', other);
}

/** The law of quality asks for these marks of each item. */
const unmarked = { itemBasis: notGiven, reliability: notGiven, asOf: notGiven };

/** Never a default's to say. */
const owedByPerson = {
  justification: notGiven,
  case: notGiven,
  subject: notGiven,
  subjectCategory: notGiven,
  ageBand: notGiven,
};

function ofEveryEntry(template: Template | null, { agency, actor, registry }: Desk): Data {
  const activity = partsOf(template?.clause ?? {}, 'activities').find((one) => one['agency'] === agency)?.['activity'];
  return {
    regime: registry.regimeOf(agency) ?? notGiven,
    pack: registry.packOf(agency) ?? undefined,
    actor,
    ...(template && { agreement: template.agreement }),
    activity,
  };
}

/** A clause for several purposes leaves it to the person which one it is. */
export function onlyPurpose(clause: JsonObject): JsonValue {
  const purposes = clause['purposes'];
  const [only, ...others] = Array.isArray(purposes) ? (purposes as readonly JsonValue[]) : [];
  return only === undefined || others.length > 0 ? notGiven : only;
}

/** What a person said counts before what a default says; each field tells which of the two it was. */
function filled(given: JsonObject, defaults: Data, absent: JsonObject): JsonObject {
  const known = Object.fromEntries(
    Object.entries(defaults).filter(
      (one): one is [string, JsonValue] => one[1] !== undefined && given[one[0]] === undefined,
    ),
  );
  const said = Object.entries(given).filter(([, value]) => !isMissing(value));
  const by = {
    ...Object.fromEntries(
      Object.entries(known).flatMap(([name, value]) => (isMissing(value) ? [] : [[name, 'default']])),
    ),
    ...Object.fromEntries(said.map(([name]) => [name, 'person'])),
  };
  return { ...absent, ...known, ...given, by };
}

/** A legal basis that is said; null where none is. */
export const saidBasis = (basis: JsonValue | undefined): JsonObject | null =>
  isObject(basis) && !isMissing(basis) ? basis : null;
