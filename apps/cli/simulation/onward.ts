import { follow } from './aftermath.js';
import { channelOf } from './answer.js';
import { hour } from './calendar.js';
import { broken, usual } from './calibration.js';
import { awaitDecision } from './decision.js';
import { disclose, isOffence, mayBePrivate, type Disclosure, type PassedOn } from './disclosure.js';
import { tellPerson } from './informing.js';
import { network } from './network.js';
import { ask } from './request.js';
import type { Script } from './script.js';
import type { SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

/**
 * The recipient passes on what it got: after it asked the originator, which may not allow it, or without asking.
 *
 * @param given what the originator says; without it, chance decides, and whether it is asked
 */
export function passOn(script: Script, received: Disclosure, given?: 'permitted' | 'refused'): void {
  const { random } = script;
  const { by: originator, to, disclosureId, purpose } = received;
  const [holder] = to;
  const next = random.pick(network.filter((one) => mayReceive(received, holder, one)));
  const { passedOnUnasked: unasked } = broken;
  const fate = given ?? random.weighted({ unasked, permitted: 1 - unasked, refused: usual.permissionRefused });
  script.pass(holder, 4, 200);
  const permission = fate === 'unasked' ? undefined : askedFor(script, received, { holder, next, fate });
  if (fate === 'refused') return;
  script.pass(holder, 1, 60);
  // At the latest when data are passed on for the first time: GDPR 14(3)(c).
  if (holder.regime === 'GDPR') tellPerson(script, holder, [disclosureId]);
  script.moment += hour;
  const passedOn = disclose(script, {
    by: holder,
    to: [next],
    holdings: secondHand(received),
    purpose,
    channel: channelOf(script),
    because: wording.passingOn,
    more: {
      spontaneous: true,
      derivedFrom: [disclosureId],
      ...(permission !== undefined && { permissionRef: permission }),
    },
  });
  const isBarred = received.conditions.some((one) => one === 'no-onward' || one === 'originator-consent');
  if (fate === 'unasked' && isBarred) script.intend('CON-02', holder, passedOn.entry, disclosureId);
  if (originator.id !== next.id) follow(script, passedOn);
}

/** Who has it already needs nothing; services and private bodies may not have everything. */
function mayReceive({ by, to, holdings }: Disclosure, holder: SimulatedAgency, one: SimulatedAgency): boolean {
  const isNew = one.id !== by.id && !to.includes(one);
  const restsOnConsent = holder.transmit.code === 'GDPR-A6-1-a';
  const isOffenceToPrivate = holdings.some(isOffence) && mayBePrivate(one) && restsOnConsent;
  return isNew && !isOffenceToPrivate && !(holder.pack === 'DE-SGB' && one.regime === 'NATSEC');
}

/** @returns the entry of the originator's permission or refusal */
function askedFor(
  script: Script,
  { by, holdings, purpose, disclosureId }: Disclosure,
  { holder, next, fate }: { holder: SimulatedAgency; next: SimulatedAgency; fate: 'permitted' | 'refused' },
): string {
  const { random } = script;
  const because = wording.passingOn;
  const request = ask(script, { from: holder, to: by, purpose, kind: 'onward-permission', holdings, because });
  awaitDecision(script, request);
  const common = {
    causedBy: request.entry,
    request: request.entry,
    disclosureId,
    askedBy: holder.id,
    onwardTo: [next.id],
    purpose,
  };
  if (fate === 'permitted') {
    return script.record(by, 'OnwardSharingPermitted', {
      ...common,
      justification: random.pick(wording.grant),
      legalBasis: { ...by.transmit },
    });
  }
  return script.record(by, 'OnwardSharingRefused', {
    ...common,
    justification: random.pick(wording.refusal),
    ...random.pick(by.refusals),
  });
}

/** What was a fact at its source is a third party's statement to whoever hears it from another; markings stay. */
const secondHand = ({ holdings, markings }: Disclosure): readonly PassedOn[] =>
  holdings.map(({ place: _place, unasked: _unasked, marked: _marked, ...holding }, index) => {
    const marked = markings[index];
    return { ...holding, itemBasis: 'third-party-statement', ...(marked !== undefined && { marked }) };
  });
