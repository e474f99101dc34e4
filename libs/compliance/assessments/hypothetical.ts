import { agenciesIn, blocksOf, textIn, type ValidEntry } from '#catalogue';
import { entryId, exchangeId, leafIndex, type AgencyId, type EntryId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import type { SaidTerms } from '../projection.js';
import { everyRule } from '../rules/every-rule.js';
import { judge, type InForce, type Judged } from '../rules/judge.js';
import { partsOf, type JudgedEntry, type Matter } from '../rules/matter.js';
import type { Rule } from '../rules/rule.js';
import { categoriesOf } from './template.js';

/** An entry that nobody recorded. */
export interface Hypothetical {
  readonly agency: AgencyId;
  readonly at: Instant;
  readonly type: string;
  readonly data: JsonObject;
  /** what is recorded of what it refers to, by the ids it names */
  readonly linked?: ReadonlyMap<string, Matter>;
}

/** Named in nothing that leaves this folder. */
const itself = entryId('00000000-0000-8000-8000-000000000001');
const exchange = exchangeId('00000000-0000-8000-8000-000000000002');

/** Names a consent that nobody gave and that reaches all of an entry: to try whether a consent would do. */
export const fittingConsent = entryId('00000000-0000-8000-8000-000000000004');

/** As an entry that an agency could send. */
export const asEntry = ({ type, data, at }: Hypothetical, id: EntryId = itself): ValidEntry => ({
  id,
  type,
  exchange,
  occurredAt: at,
  data,
  expectedVersion: null,
});

/** As an entry that was recorded at once. */
export function asJudged(entry: Hypothetical, id: EntryId = itself): JudgedEntry & { readonly said: SaidTerms } {
  const { agency, at, type } = entry;
  const { terms = {} } = blocksOf(asEntry(entry, id));
  return { index: leafIndex(0), id, issuer: agency, recordedAt: at, said: { type, occurredAt: at, terms } };
}

const lists: ReadonlyMap<Rule, readonly Rule[]> = new Map(everyRule.map((rule) => [rule, [rule]]));

/** A rule alone: the same list each time, because what is known of a list of rules is known of that one. */
export const only = (rule: Rule): readonly Rule[] => lists.get(rule) ?? [rule];

/**
 * What the rules would say of its agency's own duties, were it recorded then and nothing else: what is broken at once.
 * What would be due later (receipts, notices, feedback) is nothing that a person could do better now.
 */
export const brokenBy = (entry: Hypothetical, rules: readonly Rule[], inForce: InForce): readonly Judged[] =>
  brokenIn(matterOf(entry, asJudged(entry)), rules, inForce, entry);

/** The matter of an entry and of nothing else. */
export const matterOf = (entry: Hypothetical, judged: JudgedEntry): Matter => {
  const linked = entry.data['consentRef'] === fittingConsent ? withFittingConsent(entry) : entry.linked;
  return { kind: 'exchange', id: exchange, entries: [judged], linked: linked ?? new Map<string, Matter>() };
};

/** The same of a matter of several entries. */
export const brokenIn = (
  matter: Matter,
  rules: readonly Rule[],
  inForce: InForce,
  { agency, at }: Pick<Hypothetical, 'agency' | 'at'>,
): readonly Judged[] =>
  judge(
    matter,
    rules,
    () => inForce,
    ({ side, verdict }, { isOwedBefore }) =>
      side.agency === agency &&
      ((verdict.is === 'broken' && verdict.since <= at) || (isOwedBefore === true && verdict.is === 'pending')),
  );

function withFittingConsent({ agency, at, data, linked = new Map() }: Hypothetical): ReadonlyMap<string, Matter> {
  const terms = {
    dataCategories: categoriesOf(partsOf(data, 'items')),
    purposes: [textIn(data, 'purpose') ?? ''],
    mayReceive: agenciesIn(data, 'recipients'),
    explicitForSpecialCategories: true,
  };
  const given: JudgedEntry = {
    index: leafIndex(0),
    id: fittingConsent,
    issuer: agency,
    recordedAt: at,
    said: { type: 'ConsentRecorded', occurredAt: at, terms },
  };
  const consent: Matter = { kind: 'consent', id: fittingConsent, entries: [given], linked: new Map() };
  return new Map([...linked, [fittingConsent, consent]]);
}
