import { instantAt } from '#kernel';
import type { JsonObject } from '#statement';
import { dateOf, day, minute } from './calendar.js';
import { urgencyWeights } from './calibration.js';
import type { Script } from './script.js';
import type { Holding, SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

/** A question of one agency to another. */
export interface Question {
  readonly from: SimulatedAgency;
  readonly to: SimulatedAgency;
  readonly purpose: string;
  readonly kind: 'item-request' | 'hit-no-hit' | 'onward-permission';
  readonly holdings: readonly Holding[];
  readonly because: readonly string[];
  /** within ten working days, one day or one hour; without it, by chance */
  readonly urgency?: keyof typeof urgencyWeights;
}

/** A request that was recorded, for whoever answers it. */
export interface Request extends Omit<Question, 'urgency'> {
  readonly entry: string;
  /** milliseconds since 1970 */
  readonly asked: number;
  readonly urgency: keyof typeof urgencyWeights;
}

/** One agency asks; the other usually says that the request has arrived. */
export function ask(script: Script, question: Question, isAcknowledged = true): Request {
  const { random, moment } = script;
  const { from, to, purpose, kind, holdings, because } = question;
  const drawn = question.urgency ?? random.weighted(urgencyWeights);
  // A decision that is due within the hour is not cut off by the end of the simulation.
  const urgency = drawn === 'imminent-danger' && moment + day > script.until ? 'urgent' : drawn;
  const isSpecial = holdings.some(({ special }) => special);
  const entry = script.record(from, 'InformationRequested', {
    ...script.concerning(from),
    addressee: to.id,
    addresseeUnit: random.pick(to.units),
    purpose,
    requestKind: kind,
    urgency,
    ...(random.happens(0.5) && { neededBy: dateOf(moment + (urgency === 'normal' ? 14 : 2) * day) }),
    legalBasisCollect: { ...from.collect },
    items: holdings.map((holding) => requestedItem(script, holding)),
    justification: random.pick(because),
    ...(random.happens(0.8) && { necessity: random.pick(wording.necessity) }),
    ...(isSpecial && random.happens(0.9) && { strictNecessity: random.pick(wording.strictNecessity) }),
    ...(random.happens(0.7) && { reasonTold: random.pick(wording.reasonTold) }),
    ...(random.happens(0.3) && { intendedRetention: random.pick(wording.retention) }),
    subjectInformed: random.happens(0.4),
    by: { agreement: 'default', legalBasisCollect: 'default', justification: 'person' },
  });
  const request = { ...question, entry, asked: moment, urgency };
  if (isAcknowledged) acknowledge(script, request);
  return request;
}

function requestedItem({ random, moment }: Script, { dataCategory, special }: Holding): JsonObject {
  const days = random.pick([90, 180, 365]);
  return {
    dataCategory,
    ...(special && { specialCategory: true }),
    ...(random.happens(0.7) && { period: { from: dateOf(moment - days * day), until: dateOf(moment) } }),
    ...(random.happens(0.2) && { question: random.pick(wording.question) }),
  };
}

function acknowledge(script: Script, { from, to, entry, urgency }: Request): void {
  const { random } = script;
  const receivedAt = instantAt(script.moment + minute);
  if (urgency === 'imminent-danger') script.moment += random.whole(1, 5) * minute;
  else script.pass(to, 0.2, urgency === 'urgent' ? 3 : 30);
  const complete = random.happens(0.9);
  script.record(to, 'RequestAcknowledged', {
    causedBy: entry,
    request: entry,
    requester: from.id,
    receivedAt,
    complete,
    ...(!complete && { lacking: random.pick(wording.lacking) }),
    ...(urgency === 'normal' && { decisionDue: dateOf(script.moment + 14 * day) }),
  });
}
