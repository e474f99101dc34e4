import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, instant, list, prose } from '../kind.js';
import type { Given } from '../missing.js';
import { codes, enumerated } from '../reading.js';
import { component } from '../vocabularies/component.js';

/**
 * What of the ledger did not work, and when; explains late entries and entries that stayed unsealed: LOG-03, INT-02.
 * GDPR 32(1)(b), LED 29. While it lasts, `until` follows.
 */
export class SystemOutageRecorded extends Envelope {
  @Required('terms', list(code(component), 1))
  readonly components: Given<readonly string[]>;

  @Required('terms', instant)
  readonly from: Given<string>;

  @Required('terms', instant)
  readonly until: Given<string>;

  @Optional('terms', list(agency), 'Agencies that were affected; all where absent.')
  readonly agenciesAffected?: Given<readonly string[]>;

  @Optional('terms', count, 'Entries that were accepted and not sealed in time.')
  readonly entriesUnsealed?: Given<number>;

  @Optional('reasons', prose)
  readonly cause?: Given<string>;

  @Optional('reasons', prose)
  readonly measures?: Given<string>;
}

export const systemOutageRecorded: EntryType = {
  name: 'SystemOutageRecorded',
  title: { en: 'System outage recorded', de: 'Systemausfall vermerkt' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'operator',
  dataVersion: 1,
  data: SystemOutageRecorded,
  matter: { kind: 'outage' },

  sentence(terms, language) {
    const what = enumerated(codes(component, terms['components'], language), language);
    const isOver = typeof terms['until'] === 'string';
    if (language === 'de') return `Ausfall${isOver ? '' : ', noch nicht behoben'}: ${what}.`;
    return `Outage${isOver ? '' : ', not over yet'}: ${what}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000317',
    type: 'SystemOutageRecorded',
    occurredAt: '2026-08-03T06:40:00.000Z',
    data: {
      actor: 'operator-02',
      components: ['time-stamps', 'witnesses'],
      from: '2026-08-03T04:05:00.000Z',
      until: '2026-08-03T06:30:00.000Z',
      agenciesAffected: ['police.example', 'youth-office.example'],
      entriesUnsealed: 14,
      cause: 'A certificate of the time stamp service had expired.',
      measures: 'Expiry is watched from now on.',
    },
  },
};
