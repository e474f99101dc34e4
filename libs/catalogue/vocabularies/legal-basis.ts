import { vocabulary } from '../vocabulary.js';

/** Grounds of the regimes. Each is cited together with the exact provision. */
export const legalBasis = vocabulary('legal-basis', 1, {
  'GDPR-A6-1-a': { en: 'consent (GDPR 6(1)(a))', de: 'Einwilligung (DSGVO 6 Abs. 1 a)', dpv: 'eu-gdpr:A6-1-a' },
  'GDPR-A6-1-b': { en: 'contract (GDPR 6(1)(b))', de: 'Vertrag (DSGVO 6 Abs. 1 b)', dpv: 'eu-gdpr:A6-1-b' },
  'GDPR-A6-1-c': {
    en: 'legal obligation (GDPR 6(1)(c))',
    de: 'rechtliche Verpflichtung (DSGVO 6 Abs. 1 c)',
    dpv: 'eu-gdpr:A6-1-c',
  },
  'GDPR-A6-1-d': {
    en: 'vital interests (GDPR 6(1)(d))',
    de: 'lebenswichtige Interessen (DSGVO 6 Abs. 1 d)',
    dpv: 'eu-gdpr:A6-1-d',
  },
  'GDPR-A6-1-e': {
    en: 'public task (GDPR 6(1)(e))',
    de: 'öffentliche Aufgabe (DSGVO 6 Abs. 1 e)',
    dpv: 'eu-gdpr:A6-1-e',
  },
  'GDPR-A6-1-f': {
    en: 'legitimate interests (GDPR 6(1)(f))',
    de: 'berechtigte Interessen (DSGVO 6 Abs. 1 f)',
    dpv: 'eu-gdpr:A6-1-f',
  },
  'LED-A4-2': {
    en: 'other law enforcement purpose (LED 4(2))',
    de: 'anderer Zweck der Strafverfolgung (JI-RL 4 Abs. 2)',
  },
  'LED-A8-1': {
    en: 'task of a competent authority (LED 8(1))',
    de: 'Aufgabe der zuständigen Behörde (JI-RL 8 Abs. 1)',
  },
  'LED-A9-1': {
    en: 'purpose outside law enforcement (LED 9(1))',
    de: 'Zweck außerhalb der Strafverfolgung (JI-RL 9 Abs. 1)',
  },
  'LED-A37-1-a': {
    en: 'transfer with appropriate safeguards, binding instrument (LED 37(1)(a))',
    de: 'Übermittlung mit geeigneten Garantien, Rechtsinstrument (JI-RL 37 Abs. 1 a)',
  },
  'LED-A37-1-b': {
    en: 'transfer with appropriate safeguards, own assessment (LED 37(1)(b))',
    de: 'Übermittlung mit geeigneten Garantien, eigene Beurteilung (JI-RL 37 Abs. 1 b)',
  },
  'LED-A38-1-a': {
    en: 'transfer in a specific situation (LED 38(1)(a))',
    de: 'Übermittlung im Einzelfall (JI-RL 38 Abs. 1 a)',
  },
  'LED-A38-1-b': {
    en: 'transfer in a specific situation (LED 38(1)(b))',
    de: 'Übermittlung im Einzelfall (JI-RL 38 Abs. 1 b)',
  },
  'LED-A38-1-c': {
    en: 'transfer in a specific situation (LED 38(1)(c))',
    de: 'Übermittlung im Einzelfall (JI-RL 38 Abs. 1 c)',
  },
  'LED-A38-1-d': {
    en: 'transfer in a specific situation (LED 38(1)(d))',
    de: 'Übermittlung im Einzelfall (JI-RL 38 Abs. 1 d)',
  },
  'LED-A38-1-e': {
    en: 'transfer in a specific situation (LED 38(1)(e))',
    de: 'Übermittlung im Einzelfall (JI-RL 38 Abs. 1 e)',
  },
  'LED-A39-1': {
    en: 'direct transfer to another recipient (LED 39(1))',
    de: 'unmittelbare Übermittlung an andere Empfänger (JI-RL 39 Abs. 1)',
  },
  'NATSEC-law': { en: 'national security law', de: 'Recht der Nachrichtendienste' },
});
