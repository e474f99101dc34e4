import { vocabulary } from '../vocabulary.js';

/** Grounds for lifting secrecy. Never filled by a default. */
export const gateway = vocabulary('gateway', 1, {
  'none-needed': { en: 'no secrecy to lift', de: 'keine Schweigepflicht betroffen' },
  'consent-subject': { en: 'consent of the person concerned', de: 'Einwilligung der betroffenen Person' },
  'consent-entruster': { en: 'consent of who entrusted it', de: 'Einwilligung der anvertrauenden Person' },
  'release-from-secrecy': { en: 'release from secrecy', de: 'Schweigepflichtentbindung' },
  'duty-to-report': { en: 'duty to report planned crimes', de: 'Anzeigepflicht geplanter Straftaten' },
  emergency: { en: 'emergency', de: 'rechtfertigender Notstand' },
  'child-endangerment': { en: 'protection of an endangered child', de: 'Schutzauftrag bei Kindeswohlgefährdung' },
  'statutory-conference': { en: 'conference set up by statute', de: 'gesetzlich geregelte Fallkonferenz' },
  'court-order': { en: 'order of a court', de: 'gerichtliche Anordnung' },
  'near-certain-serious-crime': {
    en: 'serious crime nearly certain',
    de: 'schwere Straftat mit hoher Wahrscheinlichkeit',
  },
  'public-interest': { en: 'overriding public interest', de: 'überwiegendes öffentliches Interesse' },
});
