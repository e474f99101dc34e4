import { vocabulary } from '../vocabulary.js';

/** Handling conditions a recipient is told: LED 9(3). */
export const condition = vocabulary('condition', 1, {
  'no-onward': { en: 'no onward sharing', de: 'keine Weitergabe' },
  'originator-consent': {
    en: 'onward sharing only with consent of the originator',
    de: 'Weitergabe nur mit Zustimmung der Ursprungsstelle',
  },
  'no-inform-subject': { en: 'person concerned is not informed', de: 'keine Unterrichtung der betroffenen Person' },
  'purpose-only': { en: 'for this purpose only', de: 'nur für diesen Zweck' },
  'no-criminal-evidence': { en: 'not as evidence in criminal proceedings', de: 'keine Verwendung als Beweismittel' },
  'delete-after': { en: 'delete after use', de: 'nach Verwendung löschen' },
  'oral-only': { en: 'oral use only', de: 'nur mündlich verwenden' },
  'need-to-know-list': { en: 'named readers only', de: 'nur für benannte Personen' },
  sealed: { en: 'sealed', de: 'versiegelt' },
  'social-secrecy': { en: 'bound by social secrecy', de: 'an das Sozialgeheimnis gebunden' },
  'keep-marking': { en: 'keep the marking', de: 'Kennzeichnung beibehalten' },
});
