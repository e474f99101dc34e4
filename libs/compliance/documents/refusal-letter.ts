import type { Labels, Language } from '#catalogue';
import type { Assessment, Reason } from '../assessments/assessment.js';
import { type Document, heading, list, paragraph, type Part, table } from './document.js';
import { itemName, itemsWith } from './frame.js';
import { letter } from './letter.js';
import { forOthers, groundsInWords, remediesInWords } from './reason-in-words.js';
import { type AgencyNames, type Words, wordsIn } from './words.js';

const wording = {
  title: { en: 'Refusal of a request', de: 'Ablehnung eines Übermittlungsersuchens' },
  refused: { en: 'What we do not pass on', de: 'Nicht übermittelte Angaben' },
  neutral: {
    en: 'This letter says nothing about whether we hold the data. It names what the law asks for, not what is known of the case.',
    de: 'Dieses Schreiben besagt nicht, ob die erbetenen Daten hier vorliegen. Es nennt, was das Recht verlangt, und nichts aus dem Fall.',
  },
  caption: {
    en: 'Ground, and what would make it lawful',
    de: 'Grund der Ablehnung und was die Übermittlung rechtmäßig machen würde',
  },
  whole: { en: 'On the request as a whole', de: 'Zum Ersuchen insgesamt' },
  passed: {
    en: 'Nothing stands in the way of the following; it comes to you separately:',
    de: 'Folgenden Angaben steht nichts entgegen; sie gehen Ihnen gesondert zu:',
  },
  next: { en: 'What you can do', de: 'Was Sie tun können' },
  signed: { en: 'Signature of who refuses', de: 'Unterschrift für die ablehnende Stelle' },
} as const satisfies Readonly<Record<string, Labels>>;

const head: Readonly<Record<Language, readonly string[]>> = {
  en: ['Item', 'Ground', 'What would make it lawful'],
  de: ['Angabe', 'Grund', 'Was die Übermittlung rechtmäßig machen würde'],
};

const ways: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'ask again with what is named as missing, or for less',
    'have the request put to a higher place for decision',
    'ask for advice without naming the person (anonymous consultation)',
  ],
  de: [
    'das Ersuchen mit dem genannten Fehlenden oder in geringerem Umfang erneut stellen',
    'das Ersuchen zur höheren Entscheidung vorlegen lassen',
    'sich ohne Nennung der Person beraten lassen (anonyme Beratung)',
  ],
};

/**
 * The letter that says no (Ablehnung): item by item what was refused, the ground as the law states it, and what would
 * make it lawful. It tells nothing of the case, not even whether the data exist.
 *
 * @returns null where nothing is refused
 */
export function refusalLetter(
  assessment: Assessment,
  language: Language,
  names: AgencyNames = new Map(),
): Document | null {
  // What nobody asked for, or what was refused before, is refused to nobody: its name alone would tell of the case.
  const refused = itemsWith(assessment, 'only-with', 'leave-out').filter(
    ({ reasons }) => !reasons.some(({ rule }) => rule === 'NEC-01'),
  );
  if (refused.length === 0) return null;
  const words = wordsIn(language, names);
  const body = [
    heading(words.say(wording.refused)),
    paragraph(words.say(wording.neutral)),
    table(
      words.say(wording.caption),
      head[language],
      refused.map((item) => [
        itemName(item, words),
        groundsInWords(toTell(item.reasons), words),
        remediesInWords(toTell(item.reasons), words),
      ]),
    ),
    ...onTheWhole(assessment, words),
    ...notRefused(assessment, words),
    heading(words.say(wording.next)),
    list(ways[language]),
  ];
  return letter({ title: wording.title, about: ['yours', 'request'], body, signed: wording.signed }, assessment, words);
}

/** What only the refusing agency itself has to write down or register is no ground, and nobody else's business. */
const ourOwn = new Set<string | null>([
  'justification',
  'necessity',
  'alternatives',
  'qualityCheckedAt',
  'asOf',
  'reliability',
  'itemBasis',
  'subjectCategory',
  'activity',
]);

const untold: Reason = { rule: null, clause: null, sources: [], lacks: null, byConsent: false };

/**
 * These would tell of the case: that it came from somebody else or from the police, that a consent was taken back, that
 * it is about somebody else too, or about a minor.
 */
const ofTheCase: ReadonlyMap<string | null, Reason> = new Map([
  ['CON-02', untold],
  ['MRK-01', untold],
  ['SPC-02', untold],
  ['CHD-01', untold],
  ['SEC-03', { ...untold, lacks: 'consentRef', byConsent: true }],
]);

const toTell = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.filter(({ lacks }) => !ourOwn.has(lacks)).map((reason) => ofTheCase.get(reason.rule) ?? reason);

function onTheWhole({ reasons }: Assessment, words: Words): readonly Part[] {
  const all = forOthers(toTell(reasons), words).map((said) => said || groundsInWords([untold], words));
  return all.length === 0 ? [] : [heading(words.say(wording.whole)), list(all)];
}

function notRefused(assessment: Assessment, words: Words): readonly Part[] {
  const items = itemsWith(assessment, 'yes');
  return items.length === 0
    ? []
    : [paragraph(words.say(wording.passed)), list(items.map((item) => itemName(item, words)))];
}
