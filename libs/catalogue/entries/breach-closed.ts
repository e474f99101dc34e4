import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { count, date, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { said } from '../reading.js';

/** Facts, effects and remedial action, so that the authority can verify: GDPR 33(5), LED 30(5). */
export class BreachClosed extends Envelope {
  @Required('terms', uuid, 'Entry id of the breach.')
  readonly breach: Given<string>;

  @Required('reasons', prose, 'What it led to.')
  readonly effects: Given<string>;

  @Required('reasons', prose, 'What was done, also against the next one.')
  readonly measures: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', count, 'Number of persons in the end.')
  readonly subjects?: Given<number>;

  @Optional('terms', count, 'Number of records in the end.')
  readonly records?: Given<number>;

  @Optional('terms', date, 'When it is looked at whether the measures work.')
  readonly reviewDue?: Given<string>;
}

export const breachClosed: EntryType = {
  name: 'BreachClosed',
  title: { en: 'Breach closed', de: 'Datenschutzverletzung abgeschlossen' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: BreachClosed,
  retention: { terms: 'decision', reasons: 'decision' },
  matter: { kind: 'breach', openedBy: 'breach' },

  sentence(terms, language) {
    const persons = said(terms['subjects'], language);
    return language === 'de'
      ? `Vorgang zur Verletzung des Schutzes von Daten abgeschlossen; betroffene Personen: ${persons}.`
      : `Breach of data closed; persons affected: ${persons}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000311',
    type: 'BreachClosed',
    occurredAt: '2026-06-22T10:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0007',
      breach: '0195a6f0-0001-7000-8000-00000000030e',
      subjects: 3,
      records: 5,
      reviewDue: '2026-12-22',
      effects: 'None that became known.',
      measures: 'Letters leave only after a second look at the address.',
    },
  },
};
