import { CaseFollowUp } from '../case-follow-up.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, instant, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, said } from '../reading.js';

/**
 * From here the participant has no part in the case; access to it that goes on raises a note (ACC-02): GDPR 32, LED 29.
 * It stays a party of the exchange with what was addressed to it.
 */
export class ParticipantRemoved extends CaseFollowUp {
  @Required('terms', agency)
  readonly participant: Given<string>;

  @Required('terms', instant, 'When its access to the case ended or will end.')
  readonly accessEnds: Given<string>;

  @Required('staff', reference)
  readonly decidedBy: Given<string>;

  @Optional('terms', uuid, 'Entry id of what added it.')
  readonly addition?: Given<string>;

  @Optional('people', list(reference), 'Persons who no longer take part, where not the whole body leaves.')
  readonly persons?: Given<readonly string[]>;

  @Optional('reasons', prose)
  readonly justification?: Given<string>;
}

export const participantRemoved: EntryType = {
  name: 'ParticipantRemoved',
  title: { en: 'Participant removed', de: 'Beteiligung beendet' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ParticipantRemoved,
  retention: { reasons: 'decision' },
  matter: { kind: 'case', openedBy: 'opening' },

  recipients: (terms) => agenciesIn(terms, 'participant'),

  sentence(terms, language) {
    const who = said(terms['participant'], language);
    const end = said(terms['accessEnds'], language);
    return language === 'de'
      ? `Beteiligung am Fall beendet: ${who}; Zugang endet: ${end}.`
      : `No longer takes part in the case: ${who}; access ends: ${end}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000205',
    type: 'ParticipantRemoved',
    exchange: '0195a6f0-0002-7000-8000-000000000200',
    occurredAt: '2025-07-07T09:20:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      causedBy: '0195a6f0-0001-7000-8000-000000000201',
      opening: '0195a6f0-0001-7000-8000-000000000200',
      participant: 'school.example',
      addition: '0195a6f0-0001-7000-8000-000000000204',
      accessEnds: '2025-07-07T12:00:00.000Z',
      persons: ['school-person-4'],
      decidedBy: 'staff-0102',
      justification: 'The return to school is completed.',
    },
  },
};
