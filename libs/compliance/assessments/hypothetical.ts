import { blocksOf, type ValidEntry } from '#catalogue';
import { entryId, exchangeId, leafIndex, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { judge, type InForce, type Judged } from '../rules/judge.js';
import type { JudgedEntry, Matter } from '../rules/matter.js';
import type { Rule } from '../rules/rule.js';

/** An entry that nobody recorded. */
export interface Hypothetical {
  readonly agency: AgencyId;
  readonly at: Instant;
  readonly type: string;
  readonly data: JsonObject;
}

/** Named in nothing that leaves this file. */
const itself = entryId('00000000-0000-8000-8000-000000000001');
const exchange = exchangeId('00000000-0000-8000-8000-000000000002');

/** As an entry that an agency could send. */
export const asEntry = ({ type, data, at }: Hypothetical): ValidEntry => ({
  id: itself,
  type,
  exchange,
  occurredAt: at,
  data,
  expectedVersion: null,
});

/**
 * What the rules would say of its agency's own duties, were it recorded then and nothing else: what is broken at once.
 * What would be due later (receipts, notices, feedback) is nothing that a person could do better now.
 */
export function brokenBy(entry: Hypothetical, rules: readonly Rule[], inForce: InForce): readonly Judged[] {
  const { agency, at, type } = entry;
  const { terms = {} } = blocksOf(asEntry(entry));
  const judged: JudgedEntry = {
    index: leafIndex(0),
    id: itself,
    issuer: agency,
    recordedAt: at,
    said: { type, occurredAt: at, terms },
  };
  const matter: Matter = { kind: 'exchange', id: exchange, entries: [judged], linked: new Map() };
  return judge(matter, rules, () => inForce).filter(
    ({ side, verdict }) => side.agency === agency && verdict.is === 'broken' && verdict.since <= at,
  );
}
