import { dateOf, day } from './calendar.js';
import { usual } from './calibration.js';
import { pseudonym } from './person.js';
import type { Script } from './script.js';
import type { SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

/**
 * The person concerned is told what was passed on and received: GDPR 13 and 14. At times that is put off and told later.
 * Law enforcement and services inform in other cases, which no story here tells.
 *
 * @param covers the disclosures it is about
 */
export function inform(script: Script, agency: SimulatedAgency, covers: readonly string[]): void {
  if (agency.regime !== 'GDPR') return;
  script.aside(() => {
    script.pass(agency, 2 * 24, 18 * 24);
    if (script.random.happens(usual.noticeDeferred)) defer(script, agency, covers);
    else tellPerson(script, agency, covers);
  });
}

/** @param deferral the entry by which the notice was put off, where it was */
export function tellPerson(
  script: Script,
  agency: SimulatedAgency,
  covers: readonly string[],
  deferral?: string,
): string {
  const { random, person } = script;
  return script.record(agency, 'DataSubjectInformed', {
    subject: pseudonym('person', person, agency.id),
    covers: [...covers],
    article: random.weighted({ 'GDPR-A14': 3, 'GDPR-A13': 1 }),
    contentVersion: 'information-netzwerk@2',
    channel: random.weighted({ paper: 3, 'oral-phone': 1, 'secure-mail': 1 }),
    ...(random.happens(0.5) && { sourceTold: true }),
    ...(deferral !== undefined && { deferral }),
  });
}

/** A notice that would defeat its own purpose waits, is looked at again, and is given in the end. */
export function defer(script: Script, agency: SimulatedAgency, covers: readonly string[]): void {
  const { random, person, moment } = script;
  const deferral = script.record(agency, 'NotificationDeferred', {
    subject: pseudonym('person', person, agency.id),
    covers: [...covers],
    article: 'GDPR-A14',
    extent: 'delayed',
    ground: 'GDPR-A23',
    provision: 'DSG NRW § 11 Abs. 1',
    justification: random.pick(wording.deferral),
    nextReview: dateOf(moment + 60 * day),
    until: dateOf(moment + 90 * day),
  });
  script.pass(agency, 35 * 24, 55 * 24);
  script.record(agency, 'DeferralReviewed', {
    deferral,
    outcome: 'ended',
    justification: random.pick(wording.deferralEnded),
  });
  script.pass(agency, 1, 72);
  tellPerson(script, agency, covers, deferral);
}
