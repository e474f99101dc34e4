import { follow } from './aftermath.js';
import { channelOf } from './answer.js';
import { broken, usual } from './calibration.js';
import { awaitDecision, decide } from './decision.js';
import { disclose, type Disclosure } from './disclosure.js';
import { network } from './network.js';
import { ask } from './request.js';
import type { Script } from './script.js';
import type { Holding, SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

/**
 * The recipient passes on what it got: after it asked the originator, which may not allow it, or without asking.
 */
export function passOn(script: Script, received: Disclosure): void {
  const { random } = script;
  const { by: originator, to, holdings, disclosureId, purpose } = received;
  const [holder] = to;
  const others = network.filter((one) => one.id !== originator.id && !to.includes(one));
  const next = random.pick(others);
  const { passedOnUnasked: unasked } = broken;
  const fate = random.weighted({ unasked, permitted: 1 - unasked, refused: usual.permissionRefused });
  const permission = fate === 'unasked' ? undefined : askedFor(script, received, holder, fate === 'permitted');
  if (fate === 'refused') return;
  script.pass(holder, 1, 60);
  const passedOn = disclose(script, {
    by: holder,
    to: [next],
    holdings: holdings.map(secondHand),
    purpose,
    channel: channelOf(script),
    because: wording.passingOn,
    more: {
      spontaneous: true,
      derivedFrom: [disclosureId],
      ...(permission !== undefined && { permissionRef: permission }),
    },
  });
  follow(script, passedOn);
}

/** @returns the entry of the originator's decision */
function askedFor(
  script: Script,
  { by, holdings, purpose }: Disclosure,
  holder: SimulatedAgency,
  isPermitted: boolean,
): string {
  script.pass(holder, 4, 200);
  const because = wording.passingOn;
  const request = ask(script, { from: holder, to: by, purpose, kind: 'onward-permission', holdings, because });
  awaitDecision(script, request);
  return decide(script, request, isPermitted ? 'grant-full' : 'refuse').entry;
}

/** What was a fact at its source is a third party's statement to whoever hears it from another. */
const secondHand = ({ place: _, ...holding }: Holding & { readonly place?: number }): Holding => ({
  ...holding,
  itemBasis: 'third-party-statement',
});
