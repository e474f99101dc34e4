import { follow } from './aftermath.js';
import { channelOf } from './answer.js';
import { broken } from './calibration.js';
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
  const permission = random.happens(broken.passedOnUnasked) ? undefined : permitted(script, received, holder);
  if (permission === null) return;
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

/** @returns the entry of the permission, or null when it was not given */
function permitted(script: Script, { by, holdings, purpose }: Disclosure, holder: SimulatedAgency): string | null {
  script.pass(holder, 4, 200);
  const because = wording.passingOn;
  const request = ask(script, { from: holder, to: by, purpose, kind: 'onward-permission', holdings, because });
  awaitDecision(script, request);
  const { entry, outcome } = decide(script, request, script.random.weighted({ 'grant-full': 4, refuse: 1 }));
  return outcome === 'grant-full' ? entry : null;
}

/** What was a fact at its source is a third party's statement to whoever hears it from another. */
const secondHand = ({ place: _, ...holding }: Holding & { readonly place?: number }): Holding => ({
  ...holding,
  itemBasis: 'third-party-statement',
});
