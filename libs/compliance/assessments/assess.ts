import { blocksOf, isMissing, textIn, validateEntry } from '#catalogue';
import { DomainError, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { clausesBetween, covers, type Clause } from '../agreements/covering-clause.js';
import { everyRule } from '../rules/every-rule.js';
import type { InForce } from '../rules/judge.js';
import { textsOf } from '../rules/matter.js';
import { adviceFor, type Found } from './advice.js';
import type { Assessment } from './assessment.js';
import { consultationsFor } from './consult.js';
import type { Draft } from './draft.js';
import { basisIn, disclosureFilledIn, requestFilledIn } from './filled-in.js';
import { asEntry, brokenBy, type Hypothetical } from './hypothetical.js';
import { reasonsOf, type Tried } from './reasons.js';
import {
  categoriesOf,
  fittingTemplate,
  onlyOthers,
  templatesBetween,
  templatesNamed,
  templatesOf,
  unfit,
  type QuickKind,
  type Template,
} from './template.js';

/** Who asks, and when; the clock is the caller's. */
export interface Asked {
  /** a random id for the answer */
  readonly id: string;
  readonly agency: AgencyId;
  readonly at: Instant;
}

/**
 * May I? A function of the draft and of what the registry says at that moment: it has no clock and asks nobody. The
 * draft is filled in as the quick entry would be and judged by the same rules, item by item, so that what is told
 * before is what would be noted after.
 *
 * @throws DomainError `invalid-body` with pointers into the draft
 */
export function assess(draft: Draft, asked: Asked, inForce: InForce): Assessment {
  const { agency, at } = asked;
  const template = templateFor(draft, asked, inForce);
  const counterparts = draft.counterparts ?? othersOf(template, draft, agency);
  const entryOf = (items: readonly JsonObject[]): Hypothetical => ({
    agency,
    at,
    type: draft.kind === 'request' ? 'InformationRequested' : 'InformationDisclosed',
    data: dataOf({ ...draft, items }, counterparts, template, { agency, at, inForce }),
  });
  const whole = entryOf(itemsOf(draft));
  requireForm(whole);
  if (isMissing(whole.data['purpose']))
    throw unfit('/purpose', 'the clause leaves it open: expected one of its purposes');
  const { terms = {} } = blocksOf(asEntry(whole));
  const rules = everyRule.filter(({ reads }) => reads.includes(whole.type));
  const clauses = clausesFor(draft, counterparts, { agency, at, inForce }, template);
  const tried: Tried = new Map();
  // Items of which the same is said are judged once.
  const found = new Map<string, Found>();
  const alone = itemsOf(draft).map((item): Found => {
    const key = JSON.stringify(item);
    const known = found.get(key);
    if (known) return known;
    const entry = entryOf([item]);
    const broken = brokenBy(entry, rules, inForce);
    const clause = coveringAll(clauses, terms, item);
    const one = { item, reasons: reasonsOf(entry, broken, rules, inForce, tried), clause };
    found.set(key, one);
    return one;
  });
  const conditions = whole.data['conditions'];
  return {
    id: asked.id,
    kind: draft.kind,
    template: template?.reference ?? null,
    agency,
    counterparts,
    at,
    purpose: textIn(whole.data, 'purpose') ?? '',
    legalBasisTransmit:
      basisIn(whole.data, 'legalBasisTransmit') ?? basisIn(template?.clause ?? {}, 'legalBasisTransmit'),
    legalBasisCollect: basisIn(whole.data, 'legalBasisCollect'),
    conditions: Array.isArray(conditions)
      ? textsOf(whole.data, 'conditions')
      : textsOf(template?.clause ?? {}, 'conditions'),
    retentionTold: textIn(template?.clause ?? {}, 'retentionTold'),
    consult: consultationsFor(template?.clause ?? {}, terms, inForce.registry),
    ...adviceFor(alone, draft.kind === 'request'),
  };
}

interface At extends Omit<Asked, 'id'> {
  readonly inForce: InForce;
}

const kindOf = ({ kind }: Draft): QuickKind => (kind === 'disclosure' ? 'spontaneous' : kind);

function templateFor(draft: Draft, { agency, at }: Asked, { registry }: InForce): Template | null {
  if (draft.template === null) return null;
  const named = templatesNamed(draft.template, kindOf(draft), templatesOf(agency, at, registry));
  const between = templatesBetween(named, kindOf(draft), agency, draft.counterparts ?? []);
  return fittingTemplate(between, categoriesOf(draft.items));
}

function othersOf(template: Template | null, draft: Draft, agency: AgencyId): readonly AgencyId[] {
  if (template === null) throw unfit('/counterparts', 'nothing says with whom: expected agency ids');
  return onlyOthers(template, kindOf(draft), agency);
}

/** Of what will be written, that it will be: something in its place has the same effect on every rule. */
const placeholders = (names: readonly string[], at: Instant): JsonObject =>
  Object.fromEntries(names.map((name) => [name, name === 'qualityCheckedAt' ? at : '-']));

const itemsOf = ({ items, givenOfItems }: Draft): readonly JsonObject[] =>
  items.map((item, place) => ({ ...placeholders(givenOfItems[place] ?? [], '' as Instant), ...item }));

/** A worker who asks will write why, and knows who it is about. */
const knownAnyway = { justification: '-', case: '-', subject: '-', subjectCategory: 'client' };

function dataOf(
  draft: Draft,
  counterparts: readonly AgencyId[],
  template: Template | null,
  { agency, at, inForce }: At,
): JsonObject {
  const given: JsonObject = {
    ...knownAnyway,
    ...placeholders(draft.given, at),
    ...draft.said,
    items: draft.items,
  };
  const filling = {
    given,
    others: counterparts,
    template,
    desk: { agency, actor: '-', at, registry: inForce.registry },
  };
  if (draft.kind !== 'request') {
    const more = { disclosureId: asEntryId, ...(draft.kind === 'conference' && { channel: 'oral-conference' }) };
    return disclosureFilledIn({ ...filling, more });
  }
  if (counterparts.length > 1) throw unfit('/counterparts', 'a request has one addressee');
  return requestFilledIn(filling);
}

const asEntryId = '00000000-0000-8000-8000-000000000003';

/** Codes are checked as those of an entry are. */
function requireForm(entry: Hypothetical): void {
  try {
    validateEntry(
      { id: asEntryId, type: entry.type, exchange: asEntryId, occurredAt: entry.at, data: entry.data },
      entry.at,
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const faults = error.faults.map(({ pointer, detail }) => ({ pointer: pointer.replace(/^\/data/, ''), detail }));
    throw new DomainError('invalid-body', 'this is nothing that can be assessed', faults, { cause: error });
  }
}

/** The clauses that let data flow, by counterpart; those of the template's agreement alone where one is named. */
function clausesFor(
  { kind }: Draft,
  counterparts: readonly AgencyId[],
  { agency, at, inForce }: At,
  template: Template | null,
): readonly (readonly Clause[])[] {
  const agreements = inForce.registry.agreementsInForce(at);
  return counterparts.map((other) => {
    const flow = kind === 'request' ? { from: other, to: agency } : { from: agency, to: other };
    const clauses = clausesBetween(agreements, flow);
    return template === null ? clauses : clauses.toSorted((one, two) => rank(one, template) - rank(two, template));
  });
}

const rank = ({ reference }: Clause, template: Template): number => {
  if (reference === template.reference) return 0;
  return reference?.startsWith(`${template.agreement}#`) === true ? 1 : 2;
};

/** The clause that covers an item for everybody it would go to or come from; null where one of them has none. */
function coveringAll(clauses: readonly (readonly Clause[])[], terms: JsonObject, item: JsonObject): Clause | null {
  const purpose = textIn(terms, 'purpose');
  const flowing = { dataCategory: textIn(item, 'dataCategory'), specialCategory: item['specialCategory'] === true };
  const found = clauses.map((between) => between.find((clause) => covers(clause, purpose, flowing)) ?? null);
  return found.includes(null) ? null : (found[0] ?? null);
}
