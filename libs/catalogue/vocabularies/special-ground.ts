import { vocabulary } from '../vocabulary.js';

/** Grounds for special categories of data: GDPR 9(2), LED 10. Never filled by a default. */
export const specialGround = vocabulary('special-ground', 1, {
  'GDPR-A9-2-a': {
    en: 'explicit consent (GDPR 9(2)(a))',
    de: 'ausdrückliche Einwilligung (DSGVO 9 Abs. 2 a)',
    dpv: 'eu-gdpr:A9-2-a',
  },
  'GDPR-A9-2-b': {
    en: 'social protection law (GDPR 9(2)(b))',
    de: 'Sozialschutzrecht (DSGVO 9 Abs. 2 b)',
    dpv: 'eu-gdpr:A9-2-b',
  },
  'GDPR-A9-2-c': {
    en: 'vital interests (GDPR 9(2)(c))',
    de: 'lebenswichtige Interessen (DSGVO 9 Abs. 2 c)',
    dpv: 'eu-gdpr:A9-2-c',
  },
  'GDPR-A9-2-d': {
    en: 'not-for-profit body (GDPR 9(2)(d))',
    de: 'Organisation ohne Gewinnzweck (DSGVO 9 Abs. 2 d)',
    dpv: 'eu-gdpr:A9-2-d',
  },
  'GDPR-A9-2-e': {
    en: 'manifestly made public (GDPR 9(2)(e))',
    de: 'offensichtlich öffentlich gemacht (DSGVO 9 Abs. 2 e)',
    dpv: 'eu-gdpr:A9-2-e',
  },
  'GDPR-A9-2-f': { en: 'legal claims (GDPR 9(2)(f))', de: 'Rechtsansprüche (DSGVO 9 Abs. 2 f)', dpv: 'eu-gdpr:A9-2-f' },
  'GDPR-A9-2-g': {
    en: 'substantial public interest (GDPR 9(2)(g))',
    de: 'erhebliches öffentliches Interesse (DSGVO 9 Abs. 2 g)',
    dpv: 'eu-gdpr:A9-2-g',
  },
  'GDPR-A9-2-h': {
    en: 'health or social care (GDPR 9(2)(h))',
    de: 'Gesundheits- oder Sozialversorgung (DSGVO 9 Abs. 2 h)',
    dpv: 'eu-gdpr:A9-2-h',
  },
  'GDPR-A9-2-i': {
    en: 'public health (GDPR 9(2)(i))',
    de: 'öffentliche Gesundheit (DSGVO 9 Abs. 2 i)',
    dpv: 'eu-gdpr:A9-2-i',
  },
  'GDPR-A9-2-j': {
    en: 'archiving, research, statistics (GDPR 9(2)(j))',
    de: 'Archiv, Forschung, Statistik (DSGVO 9 Abs. 2 j)',
    dpv: 'eu-gdpr:A9-2-j',
  },
  'LED-A10-a': { en: 'authorised by law (LED 10(a))', de: 'gesetzlich zugelassen (JI-RL 10 a)' },
  'LED-A10-b': { en: 'vital interests (LED 10(b))', de: 'lebenswichtige Interessen (JI-RL 10 b)' },
  'LED-A10-c': { en: 'manifestly made public (LED 10(c))', de: 'offensichtlich öffentlich gemacht (JI-RL 10 c)' },
  'NATSEC-law': { en: 'national security law', de: 'Recht der Nachrichtendienste' },
});
