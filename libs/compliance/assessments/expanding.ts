import { isMissing, type EntryBody } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { everyRule } from '../rules/every-rule.js';
import type { InForce } from '../rules/judge.js';
import type { Desk } from './filled-in.js';
import { brokenBy } from './hypothetical.js';
import type { QuickEntry } from './quick-entry.js';
import { unfit } from './template.js';

/** An entry that a quick one became, and where in it what a person said of it stands. */
export interface Expanded {
  readonly body: EntryBody;
  /** JSON pointer into the quick entry: empty, or one contribution */
  readonly pointer: string;
}

/** An earlier entry that a quick one refers to: the request it answers, what was received, the conference it tells of. */
export interface Earlier {
  readonly id: string;
  readonly exchange: string;
  readonly issuer: AgencyId;
  readonly terms: JsonObject;
  /** of a request: whether the agency owes a decision on it still, or recorded this answer with one before */
  readonly isDecisionOwed: boolean;
  /** of a request: handling conditions that the agency decided on before, and that go with what it passes on */
  readonly conditionsDecided: readonly string[];
}

export interface Expanding {
  readonly quick: QuickEntry;
  readonly desk: Desk;
  readonly inForce: InForce;
  /** null where it refers to none */
  readonly earlier: Earlier | null;
  /** A name that is always the same for the same quick entry. @param what it is the id of; empty: the first entry */
  readonly idOf: (...what: readonly string[]) => string;
}

/** What a person said, its items among it. */
export const withItems = ({ given, items }: Pick<QuickEntry, 'given' | 'items'>): JsonObject => ({
  ...given,
  items,
});

/** @throws DomainError where the clause leaves the purpose open */
export function requirePurpose(data: JsonObject, above: string): void {
  if (isMissing(data['purpose']))
    throw unfit(`${above}/purpose`, 'the clause leaves it open: expected one of its purposes');
}

const groundsOf: Readonly<Record<string, string>> = { 'SEC-01': 'gateway', 'SPC-01': 'specialGround' };
const rulesOfGrounds = everyRule.filter(({ id }) => groundsOf[id] !== undefined);

/** Grounds are never a default's to name: where a rule looks for one that is not given, that is recorded. */
export function withGroundsOwed(data: JsonObject, { desk, inForce }: Pick<Expanding, 'desk' | 'inForce'>): JsonObject {
  const { agency, at } = desk;
  const owed = brokenBy({ agency, at, type: 'InformationDisclosed', data }, rulesOfGrounds, inForce)
    .flatMap(({ rule }) => groundsOf[rule.id] ?? [])
    .filter((name) => data[name] === undefined);
  return { ...data, ...Object.fromEntries(owed.map((name) => [name, { missing: 'not-given' }])) };
}
