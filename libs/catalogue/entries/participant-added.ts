import { CaseFollowUp } from '../case-follow-up.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, flag, list, nested, prose, reference } from '../kind.js';
import { LegalBasis } from '../legal-basis.js';
import type { Given } from '../missing.js';
import { agenciesIn, label, said } from '../reading.js';
import { participantRole } from '../vocabularies/participant-role.js';

/** Who may take part in a case, on which power, bound to secrecy (CNF-02) and until when (ACC-02): GDPR 32, LED 29. */
export class ParticipantAdded extends CaseFollowUp {
  @Required('terms', agency)
  readonly participant: Given<string>;

  @Required('terms', code(participantRole))
  readonly role: Given<string>;

  @Required('terms', flag, 'Whoever takes part for it signed the undertaking of secrecy.')
  readonly undertakingSigned: Given<boolean>;

  @Required('terms', nested(LegalBasis), 'Power of the participant to take part.')
  readonly legalBasis: Given<LegalBasis>;

  @Required('staff', reference)
  readonly decidedBy: Given<string>;

  @Required('reasons', prose, 'Why the case needs it.')
  readonly justification: Given<string>;

  @Optional('terms', date, 'Last day of taking part, where it is limited.')
  readonly until?: Given<string>;

  @Optional('people', list(reference), 'Persons who take part for it.')
  readonly persons?: Given<readonly string[]>;
}

export const participantAdded: EntryType = {
  name: 'ParticipantAdded',
  title: { en: 'Participant added', de: 'Beteiligte Stelle aufgenommen' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ParticipantAdded,
  retention: { reasons: 'decision' },
  matter: { kind: 'case', openedBy: 'opening' },

  recipients: (terms) => agenciesIn(terms, 'participant'),

  sentence(terms, language) {
    const who = said(terms['participant'], language);
    const role = label(participantRole, terms['role'], language);
    return language === 'de'
      ? `Am Fall nimmt jetzt teil: ${who} (${role}).`
      : `Takes part in the case from now on: ${who} (${role}).`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000204',
    type: 'ParticipantAdded',
    exchange: '0195a6f0-0002-7000-8000-000000000200',
    occurredAt: '2025-02-03T08:40:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      opening: '0195a6f0-0001-7000-8000-000000000200',
      participant: 'school.example',
      role: 'guest',
      undertakingSigned: true,
      legalBasis: { code: 'GDPR-A6-1-e', provision: 'SchulG NRW § 120 Abs. 1' },
      until: '2025-07-31',
      persons: ['school-person-4'],
      decidedBy: 'staff-0102',
      justification: 'The return to school is planned together with the class teacher.',
    },
  },
};
