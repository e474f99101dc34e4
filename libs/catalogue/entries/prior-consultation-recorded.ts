import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, line } from '../kind.js';
import type { Given } from '../missing.js';
import { versioned } from '../patterns.js';
import { label, said } from '../reading.js';
import { consultationOutcome } from '../vocabularies/consultation-outcome.js';

/** A supervisory authority was asked before processing began. GDPR 36, LED 28. */
export class PriorConsultationRecorded {
  @Required('terms', agency)
  readonly authority: Given<string>;

  @Required('terms', versioned, 'dpia@version that made it necessary.')
  readonly dpia: Given<string>;

  @Required('terms', date)
  readonly askedOn: Given<string>;

  @Required('terms', code(consultationOutcome))
  readonly outcome: Given<string>;

  @Optional('terms', date)
  readonly answeredOn?: Given<string>;

  @Optional('terms', line, 'What has to be done before processing begins.')
  readonly measures?: Given<string>;
}

export const priorConsultationRecorded: EntryType = {
  name: 'PriorConsultationRecorded',
  title: { en: 'Prior consultation recorded', de: 'Vorherige Konsultation verzeichnet' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: PriorConsultationRecorded,

  sentence(terms, language) {
    const whom = said(terms['authority'], language);
    const what = said(terms['dpia'], language);
    const how = label(consultationOutcome, terms['outcome'], language);
    return language === 'de'
      ? `Vorherige Konsultation von ${whom} zu ${what}: ${how}.`
      : `Prior consultation of ${whom} on ${what}: ${how}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000407',
    type: 'PriorConsultationRecorded',
    occurredAt: '2026-02-20T10:00:00.000Z',
    data: {
      authority: 'dpa.example',
      dpia: 'case-conference-dpia@1',
      askedOn: '2026-01-15',
      answeredOn: '2026-02-18',
      outcome: 'advice-given',
      measures: 'Attendance is recorded item by item.',
    },
  },
};
