import { instantAt } from '#kernel';
import { dateOf, day, hour } from '../calendar.js';
import { pseudonym } from '../person.js';
import type { Script } from '../script.js';
import type { SimulatedAgency } from '../simulated-agency.js';

/** A case that is opened, and its entry. */
export function openCase(script: Script, lead: SimulatedAgency, reviewAfter: number): string {
  const { person } = script;
  return script.record(lead, 'CaseOpened', {
    case: pseudonym('case', person, lead.id),
    subject: pseudonym('person', person, lead.id),
    subjectCategory: person.subjectCategory,
    ageBand: person.ageBand,
    leadAgency: lead.id,
    admissionGround: 'agency-referral',
    purpose: 'exit-support',
    consentStatus: 'given',
    reviewDue: dateOf(script.moment + reviewAfter * day),
    decidedBy: script.staffOf(lead),
    justification: 'Aufnahme nach Beratung in der Fallkonferenz.',
    legalBasis: { ...lead.collect },
  });
}

export function addParticipant(
  script: Script,
  lead: SimulatedAgency,
  opening: string,
  participant: SimulatedAgency,
): void {
  script.record(lead, 'ParticipantAdded', {
    opening,
    participant: participant.id,
    role: 'member',
    undertakingSigned: true,
    legalBasis: { ...participant.collect },
    decidedBy: script.staffOf(lead),
    justification: 'Die Stelle wird für den vereinbarten Schritt gebraucht.',
  });
}

export function removeParticipant(
  script: Script,
  lead: SimulatedAgency,
  opening: string,
  participant: SimulatedAgency,
): void {
  script.record(lead, 'ParticipantRemoved', {
    opening,
    participant: participant.id,
    accessEnds: instantAt(script.moment + hour),
    decidedBy: script.staffOf(lead),
    justification: 'Der gemeinsame Schritt ist abgeschlossen.',
  });
}

/** A case from its opening to the reviews after its end, all of them in time. */
export function tellCase(script: Script, lead: SimulatedAgency, other: SimulatedAgency): void {
  const opening = openCase(script, lead, 30);
  script.pass(lead, 1, 5);
  addParticipant(script, lead, opening, other);
  script.pass(lead, 20 * 24, 25 * 24);
  script.record(lead, 'CaseReviewed', {
    opening,
    outcome: 'continue',
    dataStillNeeded: true,
    nextReview: dateOf(script.moment + 40 * day),
    justification: 'Die Begleitung dauert an.',
  });
  script.pass(lead, 10 * 24, 20 * 24);
  removeParticipant(script, lead, opening, other);
  script.record(lead, 'RetentionReviewed', {
    opening,
    outcome: 'keep',
    justification: 'Die Angaben werden bis zum Abschluss gebraucht.',
    nextReview: dateOf(script.moment + 40 * day),
  });
  script.pass(lead, 5 * 24, 10 * 24);
  script.record(lead, 'CaseClosed', {
    opening,
    closureReason: 'goals-reached',
    decidedBy: script.staffOf(lead),
    keptUntil: dateOf(script.moment + 1095 * day),
  });
  script.pass(lead, 185 * 24, 200 * 24);
  script.record(lead, 'PostClosureReviewed', {
    opening,
    review: 'after-6-months',
    outcome: 'stays-closed',
    dataStillNeeded: true,
  });
}
