import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, instant, line } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { suspensionCause } from '../vocabularies/suspension-cause.js';

/** A body is not relied on for a while. What it recorded before stays as it is. LED 29; GDPR 32. */
export class AgencySuspended {
  @Required('terms', agency)
  readonly agency: Given<string>;

  @Required('terms', instant)
  readonly suspendedFrom: Given<string>;

  @Required('terms', code(suspensionCause))
  readonly cause: Given<string>;

  @Optional('terms', instant, 'Open where absent.')
  readonly suspendedUntil?: Given<string>;

  @Optional('terms', line, 'Contract, law or order it rests on.')
  readonly basis?: Given<string>;
}

export const agencySuspended: EntryType = {
  name: 'AgencySuspended',
  title: { en: 'Agency suspended', de: 'Stelle ausgesetzt' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'operator',
  dataVersion: 1,
  data: AgencySuspended,

  sentence(terms, language) {
    const who = said(terms['agency'], language);
    const from = said(terms['suspendedFrom'], language);
    const why = label(suspensionCause, terms['cause'], language);
    return language === 'de'
      ? `${who} ist ab ${from} ausgesetzt: ${why}.`
      : `${who} is suspended from ${from}: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000404',
    type: 'AgencySuspended',
    occurredAt: '2026-07-02T16:00:00.000Z',
    data: {
      agency: 'school.example',
      suspendedFrom: '2026-07-02T16:00:00.000Z',
      suspendedUntil: '2026-07-06T06:00:00.000Z',
      cause: 'key-compromised',
      basis: 'Operating agreement 2026/1, section 9',
    },
  },
};
