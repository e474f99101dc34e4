import type { Labels, Language } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import { blanks, type Document, heading, lines, list, paragraph, type Part, signature } from './document.js';
import { type AccessRecipient, recipientTable } from './recipient-table.js';
import { type AgencyNames, wordsIn } from './words.js';

/**
 * What the ledger can say of one person to that person. Names nobody: who is asked knows whom it answers. What the
 * person may not learn of yet is left out by who puts it together.
 */
export interface AccessAnswerInput {
  /** who answers, from its own entries only */
  readonly agency: AgencyId;
  readonly at: Instant;
  /** the number of entries up to which it is complete as recorded */
  readonly entries: number;
  readonly recipients: readonly AccessRecipient[];
  /** what else is processed, beside what went to recipients: codes of `purpose` and `data-category` */
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  /** how long, or the criteria by which that is decided; empty where it is not recorded */
  readonly storage: readonly string[];
  readonly supervisor: string | null;
}

const wording = {
  title: { en: 'Draft answer to a request for access (GDPR 15)', de: 'Entwurf einer Auskunft (DSGVO 15)' },
  draft: {
    en: 'Draft of {}, from the entries of {}. Complete as recorded up to entry {}; what was never recorded cannot be shown. Before it is sent, a person checks it, in particular for the rights of others and for grounds to withhold, and fills in the lines left open.',
    de: 'Entwurf vom {}, erstellt aus den Einträgen von {}. Vollständig nach dem Stand der Einträge bis Nummer {}; was nie eingetragen wurde, kann nicht gezeigt werden. Vor dem Versand ist er von einer Person zu prüfen, insbesondere auf Rechte anderer und auf Gründe, Angaben zurückzuhalten; offene Zeilen sind auszufüllen.',
  },
  purposes: { en: 'Purposes of the processing', de: 'Verarbeitungszwecke' },
  categories: { en: 'Categories of data', de: 'Kategorien personenbezogener Daten' },
  recipients: { en: 'Recipients', de: 'Empfänger' },
  noRecipient: {
    en: 'No disclosure of your data to others is recorded.',
    de: 'Eine Übermittlung Ihrer Daten an andere ist nicht eingetragen.',
  },
  storage: { en: 'How long the data are kept', de: 'Speicherdauer' },
  rights: { en: 'Your rights', de: 'Ihre Rechte' },
  complaint: { en: 'Complaint', de: 'Beschwerderecht' },
  complain: {
    en: 'You have the right to lodge a complaint with a supervisory authority (GDPR 77).',
    de: 'Sie haben das Recht, sich bei einer Aufsichtsbehörde zu beschweren (DSGVO 77).',
  },
  authority: { en: 'Competent authority', de: 'Zuständige Aufsichtsbehörde' },
  origin: { en: 'Where the data come from', de: 'Herkunft der Daten' },
  from: { en: 'From {}', de: 'Von {}' },
  automated: { en: 'Automated decisions and third countries', de: 'Automatisierte Entscheidungen und Drittländer' },
  copy: { en: 'Copy of the data', de: 'Kopie der Daten' },
  enclosed: {
    en: 'The ledger holds no content of what was shared. A copy of the data themselves (GDPR 15(3)) is to be enclosed from the file.',
    de: 'Der Nachweis enthält nicht, was inhaltlich übermittelt wurde. Eine Kopie der Daten selbst (DSGVO 15 Abs. 3) ist aus der Akte beizufügen.',
  },
  open: { en: 'To be filled in', de: 'Noch auszufüllen' },
  signed: { en: 'Signature of who is responsible', de: 'Unterschrift der verantwortlichen Person' },
} as const satisfies Readonly<Record<string, Labels>>;

type Texts = Readonly<Record<Language, readonly string[]>>;

const rights: Texts = {
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
};

const byHand: Readonly<Record<'head' | 'automated', Texts>> = {
  head: { en: ['Name', 'File number', 'Your request of'], de: ['Name', 'Aktenzeichen', 'Ihr Antrag vom'] },
  automated: {
    en: [
      'Automated decisions, profiling: logic involved and consequences (GDPR 15(1)(h))',
      'Transfers to third countries and their safeguards (GDPR 15(2))',
    ],
    de: [
      'Automatisierte Entscheidungen, Profiling: Logik und Tragweite (DSGVO 15 Abs. 1 h)',
      'Übermittlungen in Drittländer und ihre Garantien (DSGVO 15 Abs. 2)',
    ],
  },
};

/**
 * The draft answer to a person who asks what is processed about them: every item of GDPR 15(1), what the ledger knows
 * filled in, what it does not know as lines to fill in. A person checks it before it is sent.
 */
export function accessAnswer(input: AccessAnswerInput, language: Language, names: AgencyNames = new Map()): Document {
  const words = wordsIn(language, names);
  const { recipients } = input;
  const given = (all: readonly (string | null)[]): readonly string[] => [...new Set(all)].filter((one) => one !== null);
  const purposes = given([...input.purposes, ...recipients.map(({ purpose }) => purpose)]);
  const categories = given([...input.categories, ...recipients.flatMap((one) => one.categories)]);
  const sources = given(recipients.map(({ source }) => source));
  const either = (all: readonly string[]): Part => (all.length === 0 ? blanks(words.say(wording.open)) : list(all));
  return {
    language,
    title: words.say(wording.title),
    parts: [
      paragraph(words.say(wording.draft, words.day(input.at), words.agency(input.agency), String(input.entries))),
      blanks(...byHand.head[language]),
      heading(words.say(wording.purposes)),
      either(purposes.map((one) => words.code('purpose', one))),
      heading(words.say(wording.categories)),
      either(categories.map((one) => words.code('data-category', one))),
      heading(words.say(wording.recipients)),
      recipients.length === 0 ? paragraph(words.say(wording.noRecipient)) : recipientTable(recipients, words),
      heading(words.say(wording.storage)),
      either(input.storage),
      heading(words.say(wording.rights)),
      list(rights[language]),
      heading(words.say(wording.complaint)),
      paragraph(words.say(wording.complain)),
      lines([words.say(wording.authority), input.supervisor]),
      heading(words.say(wording.origin)),
      either(sources.map((source) => words.say(wording.from, words.agency(source)))),
      heading(words.say(wording.automated)),
      blanks(...byHand.automated[language]),
      heading(words.say(wording.copy)),
      paragraph(words.say(wording.enclosed)),
      signature(words.say(wording.signed)),
    ],
  };
}
