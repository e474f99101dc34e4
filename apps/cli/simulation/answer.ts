import type { JsonObject } from '#statement';
import { broken, decisionWeights, usual } from './calibration.js';
import { follow } from './aftermath.js';
import { awaitDecision, decide, type Decision, type Outcome } from './decision.js';
import { disclose, isOpenToServices, type Disclosure, type PassedOn } from './disclosure.js';
import { network } from './network.js';
import { pseudonym } from './person.js';
import type { Request } from './request.js';
import { isLacking, type Script } from './script.js';
import type { Holding, SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

const grants: readonly Outcome[] = ['grant-full', 'grant-partial', 'oral-only'];

/**
 * What becomes of a request: the addressee looks into its records, decides, discloses what it granted, and the
 * recipients react. Any of it may not happen.
 *
 * @returns the disclosures
 */
export function answer(script: Script, request: Request): readonly Disclosure[] {
  const { random } = script;
  if (script.leavesOut(1 - usual.decidedAtAll)) {
    script.intend('REQ-02', request.to, request.entry);
    return [];
  }
  const asked = script.moment;
  awaitDecision(script, request);
  const decided = script.moment;
  if (random.happens(usual.recordsConsulted)) {
    script.moment = Math.floor(random.between(asked + (decided - asked) / 2, decided));
    consult(script, request);
    script.moment = decided;
  }
  const decision = decide(script, request, random.weighted(decisionWeights));
  if (decision.outcome === 'defer') {
    script.pass(request.to, 72, 9 * 24);
    return fulfil(script, request, decide(script, request, random.weighted({ 'grant-full': 2, refuse: 1 })));
  }
  return fulfil(script, request, decision);
}

function consult(script: Script, { to, purpose, holdings }: Request): void {
  const { random, person } = script;
  const data: JsonObject = {
    ...script.concerning(to),
    ...script.actor(),
    ...script.justified(wording.consultation),
    case: pseudonym('case', person, to.id),
    recordRef: pseudonym('file', person, to.id),
    dataCategories: [...new Set(holdings.map(({ dataCategory }) => dataCategory))],
    purpose,
    system: to.system,
    legalBasis: { ...to.collect },
    matches: random.whole(0, 4),
  };
  const entry = script.record(to, 'InformationConsulted', data);
  if (isLacking(data, 'justification')) script.intend('LOG-01', to, entry);
  if ('actor' in data && isLacking(data, 'actor')) script.intend('LOG-02', to, entry);
}

/** Passes on what was granted; at times in two parts, at times more than was granted. */
function fulfil(script: Script, request: Request, decision: Decision): readonly Disclosure[] {
  if (!grants.includes(decision.outcome)) return [];
  const { random } = script;
  const items = granted(script, request, decision);
  const isSplit = items.length > 1 && random.happens(usual.partsLater);
  const parts = isSplit ? [items.slice(0, 1), items.slice(1)] : [items];
  return parts.map((holdings) => {
    script.pass(request.to, 0.1, request.urgency === 'normal' ? 50 : 2);
    const disclosure = disclose(script, {
      by: request.to,
      to: recipients(script, request),
      holdings,
      purpose: request.purpose,
      channel: decision.outcome === 'oral-only' ? 'oral-phone' : channelOf(script),
      because: wording.disclosure,
      more: { spontaneous: false, request: request.entry, causedBy: decision.entry },
    });
    follow(script, disclosure);
    return disclosure;
  });
}

/** What one agency may pass on to another at all: a service learns little of social data, SGB X § 72. */
export const mayGo = (from: SimulatedAgency, to: SimulatedAgency): readonly Holding[] =>
  from.pack === 'DE-SGB' && to.regime === 'NATSEC' ? from.holdings.filter(isOpenToServices) : from.holdings;

function granted(script: Script, { holdings, from, to }: Request, decision: Decision): readonly PassedOn[] {
  const items = holdings.flatMap((holding, place): PassedOn[] =>
    decision.granted.includes(place) ? [{ ...holding, place }] : [],
  );
  if (!script.errs(broken.moreThanGranted)) return items;
  const notAsked = mayGo(to, from).filter(
    (one) => !holdings.some(({ dataCategory }) => dataCategory === one.dataCategory),
  );
  return notAsked.length > 0 ? [...items, { ...script.random.pick(notAsked), unasked: true }] : items;
}

function recipients({ random }: Script, { from, to }: Request): readonly [SimulatedAgency, ...SimulatedAgency[]] {
  if (!random.happens(usual.furtherRecipient)) return [from];
  const others = network.filter(({ id, kind }) => id !== from.id && id !== to.id && kind !== 'domestic-intelligence');
  return [from, ...random.some(random.whole(1, 2), others)];
}

export const channelOf = ({ random }: Script): string =>
  random.weighted({ portal: 4, 'secure-mail': 5, paper: 2, 'oral-phone': 1, 'system-to-system': 2 });
