import type { Labels, Language } from '#catalogue';
import type { Advice, Assessment } from '../assessments/assessment.js';
import { blanks, type Document, heading, list, paragraph, type Part, signature, table } from './document.js';
import { frame, handling } from './frame.js';
import { forTheFile, itemInWords } from './reason-in-words.js';
import { type AgencyNames, type Words, wordsIn } from './words.js';

const wording = {
  title: { en: 'Disclosure note', de: 'Übermittlungsvermerk' },
  about: {
    en: 'Note for the file on what may be passed on. Checked on {} against the agreements and rules in force then; reference of the check: {}.',
    de: 'Vermerk zur Akte über die Zulässigkeit der Übermittlung. Geprüft am {} nach den zu dieser Zeit geltenden Vereinbarungen und Regeln; Kennung der Prüfung: {}.',
  },
  items: { en: 'Item by item', de: 'Prüfung der einzelnen Angaben' },
  caption: { en: 'What may be passed on', de: 'Zulässigkeit der Übermittlung je Angabe' },
  whole: { en: 'On the disclosure as a whole', de: 'Zur Übermittlung insgesamt' },
  handling: { en: 'Handling conditions and retention', de: 'Auflagen und Speicherdauer' },
  consult: { en: 'Data protection officer', de: 'Datenschutzbeauftragte oder Datenschutzbeauftragter' },
  consulted: {
    en: 'The data protection officer is asked before anything is passed on. Reason: {}.',
    de: 'Die oder der Datenschutzbeauftragte ist vor der Übermittlung zu beteiligen. Grund: {}.',
  },
  done: { en: 'What was passed on', de: 'Durchgeführte Übermittlung' },
  signed: { en: 'Signature of who is responsible', de: 'Unterschrift der verantwortlichen Fachkraft' },
} as const satisfies Readonly<Record<string, Labels>>;

const head: Readonly<Record<Language, readonly string[]>> = {
  en: ['No.', 'Item', 'Result', 'Ground'],
  de: ['Nr.', 'Angabe', 'Ergebnis', 'Begründung'],
};

/** What a worker is told of an item, in as few words. */
const results: Readonly<Record<Advice, Labels>> = {
  yes: { en: 'yes', de: 'ja' },
  'only-with': { en: 'only with what is missing', de: 'nur, wenn das Fehlende vorliegt' },
  'leave-out': { en: 'leave out', de: 'weglassen' },
};

const byHand: Readonly<Record<'file' | 'consulted' | 'done', Readonly<Record<Language, readonly string[]>>>> = {
  file: { en: ['File number', 'Person concerned'], de: ['Aktenzeichen', 'Betroffene Person'] },
  consulted: { en: ['Asked on', 'Advice'], de: ['Beteiligt am', 'Stellungnahme'] },
  done: {
    en: ['Numbers of the items passed on', 'Passed on, day and way', 'To (unit or person)', 'Why it is necessary'],
    de: [
      'Nummern der übermittelten Angaben',
      'Übermittelt am, auf welchem Weg',
      'An (Einheit oder Person)',
      'Erforderlich, weil',
    ],
  },
};

/**
 * The note for the file (Übermittlungsvermerk): what was checked, item by item with law and clause, under which
 * conditions, and lines for what only the worker knows. It stays in the house.
 */
export function disclosureNote(assessment: Assessment, language: Language, names: AgencyNames = new Map()): Document {
  const words = wordsIn(language, names);
  return {
    language,
    title: words.say(wording.title),
    parts: [
      paragraph(words.say(wording.about, words.day(assessment.at), assessment.id)),
      blanks(...byHand.file[language]),
      frame(assessment, words),
      ...checked(assessment, words),
      heading(words.say(wording.handling)),
      ...handling(assessment, words),
      ...consultation(assessment, words),
      heading(words.say(wording.done)),
      blanks(...byHand.done[language]),
      signature(words.say(wording.signed)),
    ],
  };
}

/** Every item with what is said of it, and what is said of the whole: also what a conference sheet shows. */
export const checked = ({ items, reasons }: Assessment, words: Words): readonly Part[] => [
  heading(words.say(wording.items)),
  table(
    words.say(wording.caption),
    head[words.language],
    items.map((item) => [
      String(item.item + 1),
      words.code('data-category', item.dataCategory),
      results[item.advice][words.language],
      itemInWords(item, words),
    ]),
  ),
  ...(reasons.length === 0 ? [] : [heading(words.say(wording.whole)), list(forTheFile(reasons, words))]),
];

/** Whom to ask first; nothing where nobody need be asked. */
export const consultation = ({ consult }: Assessment, words: Words): readonly Part[] =>
  consult.length === 0
    ? []
    : [
        heading(words.say(wording.consult)),
        paragraph(words.say(wording.consulted, words.codes('dpo-consultation', consult))),
        blanks(...byHand.consulted[words.language]),
      ];
