import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, flag, instant, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { said } from '../reading.js';
import { regime } from '../vocabularies/regime.js';

/**
 * Why secrecy was broken in an emergency (StGB 34) and that a second person confirmed it within 24 hours (SEC-02). Who
 * has not confirmed yet is `{"missing": "follows"}`; the confirmation is then a second entry for the same disclosure. It
 * needs no exchange: the ground for lifting secrecy is the discloser's own, and the recipient need not learn of it.
 */
export class EmergencyDisclosureJustified extends Envelope {
  @Required('terms', uuid, 'The disclosure, as its sender named it.')
  readonly disclosureId: Given<string>;

  @Required('reasons', prose, 'Present danger, to whom, and from which facts it follows.')
  readonly danger: Given<string>;

  @Required('reasons', prose, 'Which milder means were weighed, above all asking the person for consent.')
  readonly alternatives: Given<string>;

  @Required('staff', reference, 'The second person.')
  readonly confirmedBy: Given<string>;

  @Required('terms', instant)
  readonly confirmedAt: Given<string>;

  @Required('terms', flag, 'The second person neither disclosed nor decided to.')
  readonly confirmedByAnother: Given<boolean>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('staff', reference, 'Who disclosed.')
  declare readonly actor: Given<string>;

  @Optional('staff', reference)
  readonly confirmedByFunction?: Given<string>;

  @Optional('reasons', prose, 'Why the protected interest outweighed secrecy.')
  readonly balancing?: Given<string>;

  @Optional('withheld', prose, 'Reasons kept from the person concerned: LED 15(4).')
  readonly reasonsWithheld?: Given<string>;
}

export const emergencyDisclosureJustified: EntryType = {
  name: 'EmergencyDisclosureJustified',
  title: { en: 'Emergency disclosure justified', de: 'Übermittlung im Notfall begründet' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: EmergencyDisclosureJustified,
  retention: { reasons: 'decision' },

  sentence(terms, language) {
    const when = said(terms['confirmedAt'], language);
    return language === 'de'
      ? `Übermittlung im Notfall begründet; von einer zweiten Person bestätigt: ${when}.`
      : `Emergency disclosure justified; confirmed by a second person: ${when}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000226',
    type: 'EmergencyDisclosureJustified',
    occurredAt: '2025-05-03T22:40:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      actorFunction: 'counsellor on duty',
      case: 'case-2c90',
      subject: 'person-5b1e',
      disclosureId: '0195a6f0-0003-7000-8000-000000000226',
      danger: 'A message of the evening announced an attack on a named person for the next morning.',
      alternatives: 'He could not be reached; a warning without his name would have protected nobody.',
      confirmedBy: 'staff-0100',
      confirmedByFunction: 'head of the programme',
      confirmedAt: '2025-05-04T08:00:00.000Z',
      confirmedByAnother: true,
      balancing: 'The life of a person outweighs the confidence of the conversation.',
      reasonsWithheld: 'Who passed the message on is not told.',
    },
  },
};
