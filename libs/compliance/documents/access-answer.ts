import type { Labels, Language } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import { accessLawOf } from './access-law.js';
import { blanks, type Document, heading, lines, list, paragraph, type Part, signature } from './document.js';
import { type AccessConsultation, consultationTable } from './consultation-table.js';
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
  /** when somebody looked the data up, and why; never who: C-579/21 */
  readonly consultations: readonly AccessConsultation[];
  /** what else is processed, beside what went to recipients: codes of `purpose` and `data-category` */
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  /** how long, or the criteria by which that is decided; empty where it is not recorded */
  readonly storage: readonly string[];
  readonly supervisor: string | null;
  /** under which the agency processes them, code of the vocabulary `regime`; absent where it is not known */
  readonly regime?: string | null;
}

const wording = {
  draft: {
    en: 'Draft of {}, from the entries of {}. Complete as recorded up to entry {}; what was never recorded cannot be shown. Before it is sent, a person checks it, in particular for the rights of others and for grounds to withhold, and fills in the lines left open.',
    de: 'Entwurf vom {}, erstellt aus den Einträgen von {}. Vollständig nach dem Stand der Einträge bis Nummer {}; was nie eingetragen wurde, kann nicht gezeigt werden. Vor dem Versand ist er von einer Person zu prüfen, insbesondere auf Rechte anderer und auf Gründe, Angaben zurückzuhalten; offene Zeilen sind auszufüllen.',
  },
  categories: { en: 'Categories of data', de: 'Kategorien personenbezogener Daten' },
  recipients: { en: 'Recipients', de: 'Empfänger' },
  // The same whether or not something is kept from the person: it must be true then, too, and not tell which it is.
  noRecipient: {
    en: 'No recipient of your data who is to be named to you is recorded.',
    de: 'Ein Empfänger Ihrer Daten, der Ihnen zu nennen ist, ist nicht eingetragen.',
  },
  consultations: {
    en: 'When your data were looked up, and why',
    de: 'Wann und wozu Ihre Daten abgefragt wurden',
  },
  noConsultation: {
    en: 'No consultation of your data that is to be told to you is recorded.',
    de: 'Eine Abfrage Ihrer Daten, die Ihnen mitzuteilen ist, ist nicht eingetragen.',
  },
  storage: { en: 'How long the data are kept', de: 'Speicherdauer' },
  rights: { en: 'Your rights', de: 'Ihre Rechte' },
  complaint: { en: 'Complaint', de: 'Beschwerderecht' },
  authority: { en: 'Competent authority', de: 'Zuständige Aufsichtsbehörde' },
  origin: { en: 'Where the data come from', de: 'Herkunft der Daten' },
  from: { en: 'From {}', de: 'Von {}' },
  open: { en: 'To be filled in', de: 'Noch auszufüllen' },
  signed: { en: 'Signature of who is responsible', de: 'Unterschrift der verantwortlichen Person' },
} as const satisfies Readonly<Record<string, Labels>>;

const head: Readonly<Record<Language, readonly string[]>> = {
  en: ['Name', 'File number', 'Your request of'],
  de: ['Name', 'Aktenzeichen', 'Ihr Antrag vom'],
};

/**
 * The draft answer to a person who asks what is processed about them: every item of GDPR 15(1), or of LED 14 where the
 * agency processes under the directive; what the ledger knows filled in, what it does not know as lines to fill in. A
 * person checks it before it is sent.
 */
export function accessAnswer(input: AccessAnswerInput, language: Language, names: AgencyNames = new Map()): Document {
  const words = wordsIn(language, names);
  const { recipients, consultations, regime = null } = input;
  const law = accessLawOf(regime);
  const given = (all: readonly (string | null)[]): readonly string[] => [...new Set(all)].filter((one) => one !== null);
  const purposes = given([...input.purposes, ...[...recipients, ...consultations].map(({ purpose }) => purpose)]);
  const categories = given([
    ...input.categories,
    ...[...recipients, ...consultations].flatMap((one) => one.categories ?? []),
  ]);
  const sources = given(recipients.map(({ source }) => source));
  const either = (all: readonly string[]): Part => (all.length === 0 ? blanks(words.say(wording.open)) : list(all));
  return {
    language,
    title: words.say(law.title),
    parts: [
      paragraph(words.say(wording.draft, words.day(input.at), words.agency(input.agency), String(input.entries))),
      blanks(...head[language]),
      heading(words.say(law.purposes)),
      either(purposes.map((one) => words.code('purpose', one))),
      ...openLines(law.purposesByHand[language]),
      heading(words.say(wording.categories)),
      either(categories.map((one) => words.code('data-category', one))),
      heading(words.say(wording.recipients)),
      recipients.length === 0 ? paragraph(words.say(wording.noRecipient)) : recipientTable(recipients, words),
      heading(words.say(wording.consultations)),
      consultations.length === 0
        ? paragraph(words.say(wording.noConsultation))
        : consultationTable(consultations, words),
      heading(words.say(wording.storage)),
      either(input.storage),
      heading(words.say(wording.rights)),
      list(law.rights[language]),
      heading(words.say(wording.complaint)),
      paragraph(words.say(law.complain)),
      lines([words.say(wording.authority), input.supervisor]),
      heading(words.say(wording.origin)),
      either(sources.map((source) => words.say(wording.from, words.agency(source)))),
      heading(words.say(law.further)),
      ...openLines(law.furtherByHand[language]),
      heading(words.say(law.data)),
      paragraph(words.say(law.enclosed)),
      signature(words.say(wording.signed)),
    ],
  };
}

const openLines = (labels: readonly string[]): readonly Part[] => (labels.length === 0 ? [] : [blanks(...labels)]);
