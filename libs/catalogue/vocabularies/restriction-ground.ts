import { vocabulary } from '../vocabulary.js';

/** Grounds on which a person is told later, less or nothing: LED 13(3), 15(1), 31(5); GDPR 14(5), 23. */
export const restrictionGround = vocabulary('restriction-ground', 1, {
  'LED-A15-1-a': {
    en: 'not to obstruct official inquiries (LED 13(3)(a), 15(1)(a))',
    de: 'keine Behinderung behördlicher Ermittlungen (JI-RL 13 Abs. 3 a, 15 Abs. 1 a)',
  },
  'LED-A15-1-b': {
    en: 'not to prejudice the prevention or prosecution of crimes (LED 13(3)(b), 15(1)(b))',
    de: 'keine Beeinträchtigung der Verhütung oder Verfolgung von Straftaten (JI-RL 13 Abs. 3 b, 15 Abs. 1 b)',
  },
  'LED-A15-1-c': {
    en: 'public security (LED 13(3)(c), 15(1)(c))',
    de: 'öffentliche Sicherheit (JI-RL 13 Abs. 3 c, 15 Abs. 1 c)',
  },
  'LED-A15-1-d': {
    en: 'national security (LED 13(3)(d), 15(1)(d))',
    de: 'nationale Sicherheit (JI-RL 13 Abs. 3 d, 15 Abs. 1 d)',
  },
  'LED-A15-1-e': {
    en: 'rights and freedoms of others (LED 13(3)(e), 15(1)(e))',
    de: 'Rechte und Freiheiten anderer (JI-RL 13 Abs. 3 e, 15 Abs. 1 e)',
  },
  'GDPR-A14-5-a': {
    en: 'the person has the information already (GDPR 13(4), 14(5)(a))',
    de: 'die Person verfügt bereits über die Informationen (DSGVO 13 Abs. 4, 14 Abs. 5 a)',
  },
  'GDPR-A14-5-b': {
    en: 'impossible, disproportionate or defeating the purpose (GDPR 14(5)(b))',
    de: 'unmöglich, unverhältnismäßig oder zweckvereitelnd (DSGVO 14 Abs. 5 b)',
  },
  'GDPR-A14-5-c': { en: 'laid down by law (GDPR 14(5)(c))', de: 'durch Rechtsvorschrift geregelt (DSGVO 14 Abs. 5 c)' },
  'GDPR-A14-5-d': { en: 'professional secrecy (GDPR 14(5)(d))', de: 'Berufsgeheimnis (DSGVO 14 Abs. 5 d)' },
  'GDPR-A15-4': {
    en: 'rights and freedoms of others (GDPR 15(4))',
    de: 'Rechte und Freiheiten anderer (DSGVO 15 Abs. 4)',
  },
  'GDPR-A23': { en: 'restricted by national law (GDPR 23)', de: 'durch nationales Recht beschränkt (DSGVO 23)' },
  'NATSEC-law': { en: 'national security law', de: 'Recht der Nachrichtendienste' },
});
