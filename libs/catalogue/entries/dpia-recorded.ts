import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, digest, flag, list } from '../kind.js';
import type { Given } from '../missing.js';
import { slug, versioned, versionNumber } from '../patterns.js';
import { label, said } from '../reading.js';
import { dpiaOutcome } from '../vocabularies/dpia-outcome.js';

/** One version of a data protection impact assessment. The document stays with the agency. GDPR 35, LED 27. */
export class DpiaRecorded {
  @Required('terms', slug, 'Names the assessment through all its versions.')
  readonly dpia: Given<string>;

  @Required('terms', versionNumber)
  readonly version: Given<number>;

  @Required('terms', list(versioned, 1), 'Activities it is about, activity@version.')
  readonly activities: Given<readonly string[]>;

  @Required('terms', code(dpiaOutcome))
  readonly outcome: Given<string>;

  @Required('terms', date)
  readonly performedOn: Given<string>;

  @Required('terms', date, 'GDPR 35(11), AGR-01.')
  readonly reviewDue: Given<string>;

  @Required('terms', flag, 'The data protection officer gave advice: GDPR 35(2).')
  readonly dpoConsulted: Given<boolean>;

  @Optional('terms', flag, 'Persons concerned or their representatives were heard: GDPR 35(9).')
  readonly subjectsHeard?: Given<boolean>;

  @Optional('terms', digest, 'SHA-256 of the document.')
  readonly documentDigest?: Given<string>;
}

export const dpiaRecorded: EntryType = {
  name: 'DpiaRecorded',
  title: { en: 'Impact assessment recorded', de: 'Datenschutz-Folgenabschätzung verzeichnet' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: DpiaRecorded,

  sentence(terms, language) {
    const what = `${said(terms['dpia'], language)}@${said(terms['version'], language)}`;
    const how = label(dpiaOutcome, terms['outcome'], language);
    const due = said(terms['reviewDue'], language);
    return language === 'de'
      ? `Datenschutz-Folgenabschätzung ${what}: ${how}; Überprüfung bis ${due}.`
      : `Impact assessment ${what}: ${how}; review due ${due}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000406',
    type: 'DpiaRecorded',
    occurredAt: '2026-01-09T10:00:00.000Z',
    data: {
      dpia: 'exit-support-dpia',
      version: 1,
      activities: ['exit-support@1'],
      outcome: 'risks-mitigated',
      performedOn: '2026-01-07',
      reviewDue: '2027-01-07',
      dpoConsulted: true,
      subjectsHeard: false,
      documentDigest: 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s',
    },
  },
};
