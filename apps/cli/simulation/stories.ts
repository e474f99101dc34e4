import { follow } from './aftermath.js';
import { answer, channelOf, mayGo } from './answer.js';
import { otherReferrers, published, usual } from './calibration.js';
import type { Caseload } from './caseload.js';
import { disclose, type Disclosure } from './disclosure.js';
import { agencyOf, network } from './network.js';
import { passOn } from './onward.js';
import { ask } from './request.js';
import type { Script } from './script.js';
import type { SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

/** Writes one exchange. */
export type Story = (script: Script, caseload: Caseload) => void;

const coordination = agencyOf('koordination.example');

/** Somebody is referred to the municipal coordination, which often asks another body whether it knows the person. */
export function referral(script: Script, caseload: Caseload): void {
  const { random, person } = script;
  const by = referrer(script);
  const disclosure = disclose(script, {
    by,
    to: [coordination],
    holdings: random.some(random.whole(1, 3), by.holdings),
    purpose: 'case-admission',
    channel: channelOf(script),
    because: wording.referral,
    more: { spontaneous: true },
  });
  follow(script, disclosure);
  caseload.refer(person);
  if (!random.happens(usual.referralScreened)) return;
  script.pass(coordination, 2, 48);
  const to = addressee(script, coordination, [by]);
  const question = { from: coordination, to, purpose: 'case-admission', kind: 'hit-no-hit' as const };
  answer(script, ask(script, { ...question, holdings: [random.pick(to.holdings)], because: wording.screening }));
}

/** Work on an adopted case: one agency asks another; now and then what it gets is passed on. */
export function request(script: Script): void {
  const { random } = script;
  const from = random.pick(network);
  script.pass(from, 0, 1);
  const to = addressee(script, from, []);
  const holdings = random.some(random.whole(1, 3), mayGo(to, from));
  const purpose = random.pick(from.asksFor);
  const question = { from, to, purpose, kind: 'item-request' as const, holdings, because: wording.request };
  const [disclosure] = answer(script, ask(script, question));
  if (disclosure !== undefined && mayBePassedOn(disclosure) && random.happens(usual.passedOn))
    passOn(script, disclosure);
}

/** One agency tells another something nobody asked for: a transfer, a danger, the end of a help. */
export function unasked(script: Script): void {
  const { random } = script;
  const by = random.pick(network);
  const to = addressee(script, by, []);
  script.pass(by, 0, 1);
  const disclosure = disclose(script, {
    by,
    to: random.happens(0.2) ? [to, addressee(script, by, [to])] : [to],
    holdings: random.some(random.whole(1, 3), by.holdings),
    purpose: random.pick(to.asksFor),
    channel: channelOf(script),
    because: wording.warning,
    more: { spontaneous: true },
  });
  follow(script, disclosure);
  if (mayBePassedOn(disclosure) && random.happens(usual.passedOn)) passOn(script, disclosure);
}

/** What a service tells stays where it is. */
const mayBePassedOn = ({ by }: Disclosure): boolean => by.regime !== 'NATSEC';

function referrer({ random }: Script): SimulatedAgency {
  const { fromEducation, fromPolice } = published;
  const others = 1 - fromEducation - fromPolice;
  const by = random.weighted({ education: fromEducation, police: fromPolice, others });
  if (by === 'others') return agencyOf(random.weighted(otherReferrers));
  return agencyOf(by === 'police' ? 'polizei.example' : 'schule.example');
}

/** Somebody this agency turns to, but none of the excluded. */
function addressee({ random }: Script, from: SimulatedAgency, excluded: readonly SimulatedAgency[]): SimulatedAgency {
  const weights = Object.entries(from.asks).filter(([id]) => !excluded.some((one) => one.id === id));
  return agencyOf(random.weighted(Object.fromEntries(weights)));
}
