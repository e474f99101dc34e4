import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { unask } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, label, said } from '../reading.js';
import { lapseCause } from '../vocabularies/lapse-cause.js';

/** A request ended without a decision; either side may say so. Whether it should have been decided stays a question. */
export class RequestLapsed extends Envelope {
  @Required('terms', code(lapseCause))
  readonly cause: Given<string>;

  @Required('terms', agency, 'The other side of the request.')
  readonly otherSide: Given<string>;

  @Optional('terms', uuid, 'Entry id of the request.')
  readonly request?: Given<string>;

  @Optional('terms', date, 'The day from which nobody waits for an answer.')
  readonly lapsedOn?: Given<string>;
}

export const requestLapsed: EntryType = {
  name: 'RequestLapsed',
  title: { en: 'Request lapsed', de: 'Ersuchen gegenstandslos geworden' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RequestLapsed,

  recipients: (terms) => agenciesIn(terms, 'otherSide'),

  moves: (head, { occurredAt }) => unask(head, 'lapsed', occurredAt),

  sentence(terms, language) {
    const other = said(terms['otherSide'], language);
    const why = label(lapseCause, terms['cause'], language);
    return language === 'de'
      ? `Ersuchen zwischen der eintragenden Stelle und ${other} gegenstandslos geworden: ${why}.`
      : `Request between the recording body and ${other} lapsed: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000105',
    type: 'RequestLapsed',
    exchange: '0195a6f0-0002-7000-8000-000000000102',
    occurredAt: '2026-04-01T06:00:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      case: 'case-7f3a',
      otherSide: 'clinic.example',
      cause: 'date-passed',
      lapsedOn: '2026-03-31',
    },
  },
};
