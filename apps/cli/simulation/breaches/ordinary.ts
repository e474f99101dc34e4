import type { JsonObject } from '#statement';
import { receive, react } from '../aftermath.js';
import { decide, type Decision, type Outcome } from '../decision.js';
import { disclose, type Disclosure, type PassedOn } from '../disclosure.js';
import { inform } from '../informing.js';
import { agencyOf } from '../network.js';
import { ask, type Request } from '../request.js';
import type { Script } from '../script.js';
import type { Holding, SimulatedAgency } from '../simulated-agency.js';
import { wording } from '../wording.js';

/** Short names of the nine agencies, for stories that need particular ones. */
export const police = agencyOf('polizei.example');
export const intelligence = agencyOf('verfassungsschutz.example');
export const youthOffice = agencyOf('jugendamt.example');
export const clinic = agencyOf('klinik.example');
export const school = agencyOf('schule.example');
export const prison = agencyOf('jva.example');
export const probation = agencyOf('bewaehrungshilfe.example');
export const exitProgramme = agencyOf('ausstieg.example');
export const coordination = agencyOf('koordination.example');

/** A disclosure as it should be, and what a story changes about it. */
export interface Sharing {
  readonly by: SimulatedAgency;
  readonly to: SimulatedAgency | readonly [SimulatedAgency, ...SimulatedAgency[]];
  /** categories among its holdings; without them its first holding */
  readonly what?: readonly string[];
  readonly purpose?: string;
  readonly channel?: string;
  /** fields put in the place of its own */
  readonly instead?: JsonObject;
  /** the same for its items, by their places */
  readonly itemsInstead?: readonly JsonObject[];
}

/** One agency tells another something: only the disclosure. Whoever needs more calls {@link settle}. */
export function passOnOnly(script: Script, sharing: Sharing): Disclosure {
  const { by, to, what, purpose = 'exit-support', channel = 'secure-mail', instead = {}, itemsInstead } = sharing;
  const recipients = 'id' in to ? ([to] as const) : to;
  return disclose(script, {
    by,
    to: recipients,
    holdings: what === undefined ? by.holdings.slice(0, 1) : what.map((category) => heldBy(by, category)),
    purpose,
    channel,
    because: wording.disclosure,
    more: { spontaneous: true, ...instead },
    ...(itemsInstead && { itemsInstead }),
  });
}

/** Everything that a disclosure makes others owe is done: receipts, feedback, notices to the person. */
export function settle(script: Script, disclosure: Disclosure): void {
  const { by, to, disclosureId } = disclosure;
  inform(script, by, [disclosureId]);
  for (const recipient of to) {
    receive(script, disclosure, recipient);
    inform(script, recipient, [disclosureId]);
  }
  react(script, disclosure, { feedback: 'used', isTakenBack: false });
}

/** A disclosure with all that follows, as it should be but for what the story changes about it. */
export function share(script: Script, sharing: Sharing): Disclosure {
  const disclosure = passOnOnly(script, sharing);
  settle(script, disclosure);
  return disclosure;
}

/** A question and its answer, and what a story changes about them. */
export interface Answering {
  readonly from: SimulatedAgency;
  readonly to: SimulatedAgency;
  /** a category among what the asked agency holds; without it, its first holding */
  readonly what?: string;
  readonly outcome?: Outcome;
  /** fields put in the place of those of the decision */
  readonly decisionInstead?: JsonObject;
}

/** A request that is acknowledged. */
export function askOnly(script: Script, { from, to, what }: Answering): Request {
  const holdings = [what === undefined ? firstOf(to) : heldBy(to, what)];
  const question = { from, to, purpose: 'exit-support', kind: 'item-request' as const, urgency: 'normal' as const };
  return ask(script, { ...question, holdings, because: wording.request });
}

/** A request that is acknowledged and decided in time; what is granted is not passed on yet. */
export function askAndDecide(
  script: Script,
  answering: Answering,
): { readonly request: Request; readonly decision: Decision } {
  const request = askOnly(script, answering);
  script.pass(answering.to, 2, 20);
  const { outcome = 'grant-full', decisionInstead } = answering;
  return { request, decision: decide(script, request, outcome, decisionInstead) };
}

/** The answer to a request that was granted, with all that follows. */
export function answerWith(
  script: Script,
  { request, decision }: { readonly request: Request; readonly decision: Decision },
  { holdings = request.holdings }: { readonly holdings?: readonly PassedOn[] } = {},
): Disclosure {
  script.pass(request.to, 1, 20);
  const disclosure = disclose(script, {
    by: request.to,
    to: [request.from],
    holdings: holdings.map((holding, place) => (holding.unasked ? holding : { ...holding, place })),
    purpose: request.purpose,
    channel: 'portal',
    because: wording.disclosure,
    more: { spontaneous: false, request: request.entry, causedBy: decision.entry },
  });
  settle(script, disclosure);
  return disclosure;
}

/** @throws RangeError when it holds nothing of that category */
export function heldBy({ id, holdings }: SimulatedAgency, category: string): Holding {
  const found = holdings.find(({ dataCategory }) => dataCategory === category);
  if (found === undefined) throw new RangeError(`${id} holds no ${category}`);
  return found;
}

const firstOf = ({ id, holdings: [first] }: SimulatedAgency): Holding => {
  if (first === undefined) throw new RangeError(`${id} holds nothing`);
  return first;
};

/** What is not said. */
export const notGiven = { missing: 'not-given' } as const;
