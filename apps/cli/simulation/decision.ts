import { isObject } from '#catalogue';
import type { JsonObject } from '#statement';
import { dateOf, day, hour, inOfficeHours, minute } from './calendar.js';
import { broken, decisionWeights } from './calibration.js';
import { firmConditions } from './disclosure.js';
import { network } from './network.js';
import type { Request } from './request.js';
import type { Script } from './script.js';
import type { SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

export type Outcome = keyof typeof decisionWeights;

/** A decision that was recorded: which requested items may be passed on, by their places in the request. */
export interface Decision {
  readonly entry: string;
  readonly outcome: Outcome;
  readonly granted: readonly number[];
}

/**
 * The addressee decides, in time or not.
 *
 * @param instead fields put in the place of its own
 */
export function decide(script: Script, request: Request, intended: Outcome, instead: JsonObject = {}): Decision {
  const { random } = script;
  const { to, from, purpose, holdings } = request;
  const outcome = intended === 'grant-partial' && holdings.length === 1 ? 'grant-full' : intended;
  const granted = grantedPlaces(script, holdings.length, outcome);
  const places = holdings.map((_, place) => place);
  const refused = outcome === 'refuse' || outcome === 'grant-partial' ? places.filter((x) => !granted.includes(x)) : [];
  const grants = granted.length > 0;
  const automation = automationOf(script, to);
  const said: JsonObject = {
    causedBy: request.entry,
    request: request.entry,
    requester: from.id,
    decision: outcome,
    purpose,
    decidedBy: script.staffOf(to),
    decidedByFunction: to.functions[0] ?? { missing: 'not-given' },
    justification: random.pick(reasonsFor(outcome)),
    ...(grants && {
      purposeCompatible: true,
      granted: granted.map((place) => ({ dataCategory: holdings[place]?.dataCategory ?? 'other', answersItem: place })),
      legalBasisTransmit: { ...to.transmit },
      conditions: [...firmConditions(to)],
      alternatives: random.pick(wording.alternatives),
      subjectRisk: random.pick(wording.risk),
    }),
    ...(refused.length > 0 && { refused: refused.map((place) => refusedItem(script, request, place)) }),
    ...(outcome === 'redirect' && { redirectedTo: elsewhere(script, request).id }),
    ...(outcome === 'defer' && { decisionDue: dateOf(script.moment + 14 * day) }),
    ...(outcome !== 'grant-full' && random.happens(0.7) && { reasonTold: random.pick(wording.refusalTold) }),
    ...advice(script),
    automation,
    ...(random.happens(0.05) && { reasonsWithheld: random.pick(wording.withheld) }),
  };
  const entry = script.record(to, 'RequestDecided', { ...said, ...instead });
  if (instead['refused'] === undefined) intendUnfounded(script, to, entry, said);
  // Nobody looked at what the tool said.
  if (automation.level === 'automatic') script.intend('AUT-01', to, entry);
  return { entry, outcome, granted };
}

/**
 * Time goes by until the first decision: within the deadline for this urgency or clearly after it. Deadlines run from
 * the request: 10 working days, 1 when urgent, an hour in imminent danger.
 */
export function awaitDecision(script: Script, { to, urgency, asked, entry }: Request): void {
  const { random } = script;
  const acknowledged = script.moment;
  const isLate = script.leavesOut(broken.decisionOverdue);
  if (isLate) script.intend('REQ-02', to, entry);
  const [least, most] = delays[urgency][isLate ? 'late' : 'inTime'];
  script.moment = Math.floor(asked + random.between(least, most));
  if (urgency !== 'imminent-danger' && !to.alwaysOpen) script.moment = inOfficeHours(script.moment, random);
  script.moment = Math.max(script.moment, acknowledged);
}

/** Between which delays a decision falls. Weekends may add three days to those in time, and take two from the late. */
const delays = {
  normal: { inTime: [8 * hour, 9 * day], late: [21 * day, 45 * day] },
  urgent: { inTime: [hour, 14 * hour], late: [7 * day, 12 * day] },
  'imminent-danger': { inTime: [6 * minute, 50 * minute], late: [2 * hour, 20 * hour] },
} as const;

function grantedPlaces({ random }: Script, count: number, outcome: Outcome): readonly number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  if (outcome === 'grant-full' || outcome === 'oral-only') return places;
  return outcome === 'grant-partial' ? random.some(random.whole(1, Math.max(1, count - 1)), places) : [];
}

function refusedItem(script: Script, { to, holdings }: Request, place: number): JsonObject {
  const { refusalReason, provision } = script.random.pick(to.refusals);
  return {
    dataCategory: holdings[place]?.dataCategory ?? 'other',
    answersItem: place,
    refusalReason,
    ...(!script.errs(broken.refusalWithoutProvision) && { provision }),
  };
}

/** What is refused without saying what stands against it. */
function intendUnfounded(script: Script, to: SimulatedAgency, entry: string, { refused }: JsonObject): void {
  if (!Array.isArray(refused)) return;
  for (const [place, item] of refused.entries()) {
    if (isObject(item) && item['provision'] === undefined) script.intend('DEC-02', to, entry, `/refused/${place}`);
  }
}

function advice({ random }: Script): JsonObject {
  if (!random.happens(0.18)) return { dpoConsulted: false };
  const dpoAdviceFollowed = random.happens(0.92);
  return {
    dpoConsulted: true,
    dpoAdvice: random.pick(wording.dpoAdvice),
    dpoAdviceFollowed,
    ...(!dpoAdviceFollowed && { deviationReason: random.pick(wording.deviation) }),
  };
}

function automationOf(script: Script, by: SimulatedAgency) {
  const { random } = script;
  const tool = { tool: 'risikobewertung', version: '2.4' };
  if (script.errs(broken.decidedByTool)) return { level: 'automatic', ...tool };
  return random.happens(0.06) ? { level: 'assisted', ...tool, reviewer: script.staffOf(by) } : { level: 'none' };
}

const elsewhere = ({ random }: Script, { from, to }: Request): SimulatedAgency =>
  random.pick(network.filter(({ id }) => id !== from.id && id !== to.id));

function reasonsFor(outcome: Outcome): readonly string[] {
  switch (outcome) {
    case 'refuse':
      return wording.refusal;
    case 'not-held':
      return wording.notHeld;
    case 'redirect':
      return wording.redirect;
    case 'defer':
      return wording.defer;
    case 'grant-full':
    case 'grant-partial':
    case 'oral-only':
      return wording.grant;
  }
}
