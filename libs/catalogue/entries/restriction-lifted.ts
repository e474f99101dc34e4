import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, instant, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, named } from '../reading.js';

/** The person hears of it before: GDPR 18(3), LED 16(3). */
export class RestrictionLifted extends Envelope {
  @Required('terms', uuid, 'Entry id of the restriction.')
  readonly restriction: Given<string>;

  @Required('terms', instant, 'When the person was told; before the restriction ends.')
  readonly personToldAt: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', list(agency))
  readonly recipientsTold?: Given<readonly string[]>;
}

export const restrictionLifted: EntryType = {
  name: 'RestrictionLifted',
  title: { en: 'Restriction lifted', de: 'Einschränkung aufgehoben' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RestrictionLifted,
  retention: { reasons: 'decision' },
  matter: { kind: 'restriction', openedBy: 'restriction' },

  recipients: (terms) => agenciesIn(terms, 'recipientsTold'),

  sentence(terms, language) {
    const who = agenciesIn(terms, 'recipientsTold').length > 0 ? named(terms['recipientsTold'], language) : null;
    if (language === 'de') return `Einschränkung der Verarbeitung aufgehoben${who ? `; benachrichtigt: ${who}` : ''}.`;
    return `Restriction of processing lifted${who ? `; told: ${who}` : ''}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000030d',
    type: 'RestrictionLifted',
    occurredAt: '2026-10-01T09:00:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      case: 'case-7f3a',
      subject: 'person-19c2',
      restriction: '0195a6f0-0001-7000-8000-00000000030c',
      personToldAt: '2026-09-24T09:00:00.000Z',
      recipientsTold: ['probation.example'],
      justification: 'The court file is closed and the record was corrected.',
    },
  },
};
