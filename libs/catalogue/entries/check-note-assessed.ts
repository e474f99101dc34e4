import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label } from '../reading.js';
import { checkNoteStatus } from '../vocabularies/check-note-status.js';

const assessments = [...checkNoteStatus.terms.keys()].filter((status) => status !== 'open');

/** What the data protection officer makes of a check note; confirmed, it is a finding. GDPR 39(1)(b), LED 34. */
export class CheckNoteAssessed extends Envelope {
  @Required('terms', uuid, 'Entry id of the check note.')
  readonly note: Given<string>;

  @Required('terms', code(checkNoteStatus, assessments))
  readonly status: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Required('reasons', prose)
  readonly explanation: Given<string>;

  @Optional('terms', uuid, 'Entry id of what remedied it.')
  readonly remediedBy?: Given<string>;

  @Optional('terms', date, 'Day by which it is to be remedied.')
  readonly remedyDue?: Given<string>;

  @Optional('terms', agency, 'Body it was referred to.')
  readonly referredTo?: Given<string>;
}

export const checkNoteAssessed: EntryType = {
  name: 'CheckNoteAssessed',
  title: { en: 'Check note assessed', de: 'Prüfhinweis bewertet' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'dpo',
  dataVersion: 1,
  data: CheckNoteAssessed,
  retention: { reasons: 'decision' },
  matter: { kind: 'check-note', openedBy: 'note' },
  assesses: 'note',

  sentence(terms, language) {
    const how = label(checkNoteStatus, terms['status'], language);
    const finding = terms['status'] === 'confirmed';
    if (language === 'de')
      return finding ? `Prüfhinweis bewertet: ${how}, Feststellung.` : `Prüfhinweis bewertet: ${how}.`;
    return finding ? `Check note assessed: ${how}, a finding.` : `Check note assessed: ${how}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000415',
    type: 'CheckNoteAssessed',
    occurredAt: '2026-03-18T09:10:00.000Z',
    data: {
      note: '0195a6f0-0001-7000-8000-000000000414',
      status: 'explained',
      actor: 'staff-0007',
      actorFunction: 'data protection officer',
      explanation: 'The receipt came by letter on 13 March and is recorded late.',
      remedyDue: '2026-03-25',
    },
  },
};
