import { vocabulary } from '../vocabulary.js';

/** Duties to inform a person of their own accord. */
export const noticeArticle = vocabulary('notice-article', 1, {
  'GDPR-A13': {
    en: 'collected from the person (GDPR 13)',
    de: 'bei der Person erhoben (DSGVO 13)',
    dpv: 'eu-gdpr:A13',
  },
  'GDPR-A14': {
    en: 'not obtained from the person (GDPR 14)',
    de: 'nicht bei der Person erhoben (DSGVO 14)',
    dpv: 'eu-gdpr:A14',
  },
  'LED-A13': { en: 'specific cases (LED 13(2))', de: 'besondere Fälle (JI-RL 13 Abs. 2)' },
  'national-law': { en: 'duty of national law', de: 'Pflicht nach nationalem Recht' },
});
