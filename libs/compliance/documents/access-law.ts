import type { Labels, Language } from '#catalogue';

type Texts = Readonly<Record<Language, readonly string[]>>;

/** What an answer to a person says that differs from one law to the other. */
export interface AccessLaw {
  readonly title: Labels;
  readonly purposes: Labels;
  /** lines to fill in beside the purposes */
  readonly purposesByHand: Texts;
  readonly rights: Texts;
  readonly complain: Labels;
  /** a heading, and its lines to fill in */
  readonly further: Labels;
  readonly furtherByHand: Texts;
  readonly data: Labels;
  /** why the data themselves are not in it */
  readonly enclosed: Labels;
}

const regulation: AccessLaw = {
  title: { en: 'Draft answer to a request for access (GDPR 15)', de: 'Entwurf einer Auskunft (DSGVO 15)' },
  purposes: { en: 'Purposes of the processing', de: 'Verarbeitungszwecke' },
  purposesByHand: { en: [], de: [] },
  rights: {
    en: [
      'rectification of data that are wrong or incomplete (GDPR 16)',
      'erasure (GDPR 17) or restriction of processing (GDPR 18), where the conditions are met',
      'objection to the processing, on grounds relating to your particular situation (GDPR 21)',
    ],
    de: [
      'Berichtigung unrichtiger oder Vervollständigung unvollständiger Daten (DSGVO 16)',
      'Löschung (DSGVO 17) oder Einschränkung der Verarbeitung (DSGVO 18), wenn die Voraussetzungen vorliegen',
      'Widerspruch gegen die Verarbeitung aus Gründen, die sich aus Ihrer besonderen Situation ergeben (DSGVO 21)',
    ],
  },
  complain: {
    en: 'You have the right to lodge a complaint with a supervisory authority (GDPR 77).',
    de: 'Sie haben das Recht, sich bei einer Aufsichtsbehörde zu beschweren (DSGVO 77).',
  },
  further: { en: 'Automated decisions and third countries', de: 'Automatisierte Entscheidungen und Drittländer' },
  furtherByHand: {
    en: [
      'Automated decisions, profiling: logic involved and consequences (GDPR 15(1)(h))',
      'Transfers to third countries and their safeguards (GDPR 15(2))',
    ],
    de: [
      'Automatisierte Entscheidungen, Profiling: Logik und Tragweite (DSGVO 15 Abs. 1 h)',
      'Übermittlungen in Drittländer und ihre Garantien (DSGVO 15 Abs. 2)',
    ],
  },
  data: { en: 'Copy of the data', de: 'Kopie der Daten' },
  enclosed: {
    en: 'The ledger holds no content of what was shared. A copy of the data themselves (GDPR 15(3)) is to be enclosed from the file.',
    de: 'Der Nachweis enthält nicht, was inhaltlich übermittelt wurde. Eine Kopie der Daten selbst (DSGVO 15 Abs. 3) ist aus der Akte beizufügen.',
  },
};

/** Directive (EU) 2016/680; for federal bodies it is the Federal Data Protection Act that says so, part 3. */
const directive: AccessLaw = {
  title: {
    en: 'Draft answer to a request for access (LED 14; federal bodies: BDSG § 57)',
    de: 'Entwurf einer Auskunft (JI-RL 14; Bundesstellen: § 57 BDSG)',
  },
  purposes: { en: 'Purposes and legal basis of the processing', de: 'Zwecke und Rechtsgrundlage der Verarbeitung' },
  purposesByHand: {
    en: ['Legal basis of the processing (LED 14(a))'],
    de: ['Rechtsgrundlage der Verarbeitung (JI-RL 14 a)'],
  },
  rights: {
    en: [
      'rectification of data that are wrong, completion of data that are incomplete (LED 16(1))',
      'erasure (LED 16(2)) or restriction of processing (LED 16(3)), where the conditions are met',
      'where access is refused or restricted, review by the supervisory authority on your behalf (LED 17)',
    ],
    de: [
      'Berichtigung unrichtiger und Vervollständigung unvollständiger Daten (JI-RL 16 Abs. 1)',
      'Löschung (JI-RL 16 Abs. 2) oder Einschränkung der Verarbeitung (JI-RL 16 Abs. 3), wenn die Voraussetzungen vorliegen',
      'bei verweigerter oder eingeschränkter Auskunft die Prüfung durch die Aufsichtsbehörde für Sie (JI-RL 17)',
    ],
  },
  complain: {
    en: 'You have the right to lodge a complaint with the supervisory authority (LED 52; federal bodies: BDSG § 60).',
    de: 'Sie haben das Recht, sich bei der Aufsichtsbehörde zu beschweren (JI-RL 52; Bundesstellen: § 60 BDSG).',
  },
  further: {
    en: 'Third countries and international organisations',
    de: 'Drittländer und internationale Organisationen',
  },
  furtherByHand: {
    en: ['Recipients in third countries or international organisations (LED 14(c))'],
    de: ['Empfänger in Drittländern oder internationalen Organisationen (JI-RL 14 c)'],
  },
  data: { en: 'The data themselves', de: 'Die Daten selbst' },
  enclosed: {
    en: 'The ledger holds no content of what was shared. Which data are processed (LED 14(g)) is to be told from the file.',
    de: 'Der Nachweis enthält nicht, was inhaltlich übermittelt wurde. Welche Daten verarbeitet werden (JI-RL 14 g), ist aus der Akte mitzuteilen.',
  },
};

/** @param regime code of the vocabulary `regime`; null where it is not known: then the regulation, which is the rule */
export const accessLawOf = (regime: string | null): AccessLaw => (regime === 'LED' ? directive : regulation);
