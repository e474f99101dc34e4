import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, instant, line, list, nested, prose, reference, uuid } from '../kind.js';
import { LegalBasis } from '../legal-basis.js';
import { bodiesOf, linesOf } from '../lines-of.js';
import type { Given } from '../missing.js';
import { enumerated, label, said } from '../reading.js';
import { channel } from '../vocabularies/channel.js';
import { participantRole } from '../vocabularies/participant-role.js';
import { purpose } from '../vocabularies/purpose.js';
import { regime } from '../vocabularies/regime.js';

export class Invited {
  @Required('terms', agency)
  readonly agency: Given<string>;

  @Required('terms', code(participantRole))
  readonly role: Given<string>;

  @Optional('people', list(reference), 'Persons who are asked to come for it.')
  readonly persons?: Given<readonly string[]>;
}

export class AgendaItem {
  @Required('terms', reference, 'Number of the item; contributions and disclosures name it.')
  readonly agendaItem: Given<string>;

  @Required('terms', code(purpose))
  readonly purpose: Given<string>;

  @Optional('people', line)
  readonly title?: Given<string>;
}

/**
 * A conference about one person: who is invited, for what, on which law, before anybody speaks (CNF-02; BE 458ter:
 * participants, purpose and form fixed beforehand). It has an exchange of its own: who is invited joins it and sees what
 * is recorded there, which in the exchange of a request would show all of them what two had told each other.
 */
export class ConferenceConvened extends Envelope {
  @Required('terms', instant)
  readonly scheduledFor: Given<string>;

  @Required('terms', code(purpose))
  readonly purpose: Given<string>;

  @Required('terms', nested(LegalBasis), 'Law under which the conference is held.')
  readonly legalBasis: Given<LegalBasis>;

  @Required('terms', list(nested(Invited), 1))
  readonly invited: Given<readonly Invited[]>;

  @Required('terms', list(nested(AgendaItem), 1))
  readonly agenda: Given<readonly AgendaItem[]>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('people', reference)
  declare readonly case: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', code(channel), 'How it is held, where not in one room.')
  readonly channel?: Given<string>;

  @Optional('terms', uuid, 'Entry id of the opening of the case.')
  readonly opening?: Given<string>;

  @Optional('reasons', prose, 'Why the matter needs a conference and these bodies.')
  readonly justification?: Given<string>;
}

export const conferenceConvened: EntryType = {
  name: 'ConferenceConvened',
  title: { en: 'Conference convened', de: 'Fallkonferenz einberufen' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ConferenceConvened,
  matter: { kind: 'conference' },

  recipients: (terms) => bodiesOf(linesOf(terms['invited'])),

  sentence(terms, language) {
    const when = said(terms['scheduledFor'], language);
    const why = label(purpose, terms['purpose'], language);
    const who = enumerated(bodiesOf(linesOf(terms['invited'])), language);
    return language === 'de'
      ? `Fallkonferenz einberufen für ${when}; eingeladen: ${who}; Zweck: ${why}.`
      : `Conference convened for ${when}; invited: ${who}; purpose: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000210',
    type: 'ConferenceConvened',
    exchange: '0195a6f0-0002-7000-8000-000000000210',
    occurredAt: '2025-02-24T09:00:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      agreement: 'exit-network-exampletown@3',
      opening: '0195a6f0-0001-7000-8000-000000000200',
      scheduledFor: '2025-03-10T13:00:00.000Z',
      purpose: 'exit-support',
      legalBasis: { code: 'GDPR-A6-1-a', provision: 'DSGVO Art. 6 Abs. 1 lit. a' },
      invited: [
        { agency: 'youth-office.example', role: 'member', persons: ['youth-office-person-2'] },
        { agency: 'police.example', role: 'member' },
        { agency: 'school.example', role: 'guest', persons: ['school-person-4'] },
      ],
      agenda: [
        { agendaItem: '1', purpose: 'school-support', title: 'Return to school after the holidays' },
        { agendaItem: '2', purpose: 'joint-risk-assessment' },
      ],
      justification: 'The next steps touch school, youth office and police at once.',
    },
  },
};
