import { instantAt } from '#kernel';
import { hour } from '../calendar.js';
import { settle } from '../breaches/ordinary.js';
import { disclose, type Disclosure } from '../disclosure.js';
import { pseudonym } from '../person.js';
import type { Script } from '../script.js';
import type { Holding, SimulatedAgency } from '../simulated-agency.js';
import { wording } from '../wording.js';

/** What a person allows, and to whom. */
export interface Consenting {
  readonly by: SimulatedAgency;
  readonly to: SimulatedAgency;
  readonly holding: Holding;
  readonly kind: 'ConsentRecorded' | 'SecrecyReleaseRecorded';
  /** whether those who received on it hear of the withdrawal */
  readonly isTold: boolean;
}

/** A person consents, something is passed on by it, and the person takes the consent back. */
export function tellConsent(script: Script, { by, to, holding, kind, isTold }: Consenting): Disclosure {
  const { person } = script;
  const own = { case: pseudonym('case', person, by.id), subject: pseudonym('person', person, by.id) };
  const consent = script.record(by, kind, {
    ...own,
    ageBand: person.ageBand,
    capacity: 'subject',
    dataCategories: [holding.dataCategory],
    purposes: ['exit-support'],
    mayReceive: [to.id],
    form: 'written',
    ...(kind === 'ConsentRecorded'
      ? { toldOfWithdrawal: true, explicitForSpecialCategories: true }
      : { secrecyClass: holding.secrecyClass, released: by.id }),
  });
  script.pass(by, 2, 30);
  const disclosure = disclose(script, {
    by,
    to: [to],
    holdings: [holding],
    purpose: 'exit-support',
    channel: 'portal',
    because: wording.disclosure,
    more: { spontaneous: true, gateway: 'consent-subject', consentRef: consent },
  });
  settle(script, disclosure);
  script.pass(by, 20 * 24, 30 * 24);
  const effectiveFrom = instantAt(script.moment);
  const recipientsTold = isTold ? [{ agency: to.id, toldAt: instantAt(script.moment + hour) }] : [];
  script.moment += 2 * hour;
  script.record(by, 'ConsentWithdrawn', { ...own, consent, effectiveFrom, capacity: 'subject', recipientsTold });
  return disclosure;
}
