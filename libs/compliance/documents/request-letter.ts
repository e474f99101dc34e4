import type { Labels, Language } from '#catalogue';
import type { Assessment } from '../assessments/assessment.js';
import { blanks, type Document, heading, paragraph } from './document.js';
import { handling, itemsToName, itemsWith } from './frame.js';
import { asking, letter } from './letter.js';
import { type AgencyNames, wordsIn } from './words.js';

const wording = {
  title: { en: 'Request for information', de: 'Ersuchen um Übermittlung personenbezogener Daten' },
  what: { en: 'What we ask for', de: 'Erbetene Angaben' },
  asked: { en: 'We ask you for:', de: 'Wir bitten Sie um:' },
  ticked: {
    en: 'We also ask you for what is ticked here; what it needs is enclosed:',
    de: 'Außerdem bitten wir um die hier angekreuzten Angaben; das dafür Erforderliche liegt bei:',
  },
  why: { en: 'Why we ask', de: 'Begründung des Ersuchens' },
  undertaking: { en: 'What we undertake', de: 'Wozu wir uns verpflichten' },
  purpose: {
    en: 'We process what you pass on for this purpose: {}. For another purpose we process it only where the law allows it.',
    de: 'Was Sie übermitteln, verarbeiten wir zu folgendem Zweck: {}. Zu anderen Zwecken verarbeiten wir es nur, soweit das Gesetz es zulässt.',
  },
  signed: { en: 'Signature of who asks', de: 'Unterschrift für die ersuchende Stelle' },
} as const satisfies Readonly<Record<string, Labels>>;

type Texts = Readonly<Record<Language, readonly string[]>>;

const why: Texts = {
  en: [
    'What we need it for in this case',
    'Why less, or asking the person, would not do',
    'What follows if you refuse',
    'Is the person concerned informed of this request? If not, why',
  ],
  de: [
    'Wozu wir die Angaben in diesem Fall benötigen',
    'Warum weniger oder eine Erhebung bei der betroffenen Person nicht genügt',
    'Was eine Ablehnung zur Folge hätte',
    'Ist die betroffene Person über dieses Ersuchen unterrichtet? Wenn nein, warum nicht',
  ],
};

const requests: Texts = {
  en: [
    'to decide in your own responsibility what you may pass on, item by item',
    'to tell us, where you refuse, what would make it lawful, as far as you may',
    'to tell us which handling conditions you set and how long we may keep the data',
  ],
  de: [
    'in eigener Verantwortung für jede Angabe zu entscheiden, ob Sie sie übermitteln dürfen',
    'bei einer Ablehnung mitzuteilen, was die Übermittlung rechtmäßig machen würde, soweit Sie das dürfen',
    'mitzuteilen, welche Auflagen gelten und wie lange wir die Daten speichern dürfen',
  ],
};

/**
 * The letter that asks (Ersuchen): what for, on which power, what exactly, and what the asking agency undertakes. What
 * may not be asked for is not in it.
 *
 * @returns null where nothing may be asked for
 */
export function requestLetter(
  assessment: Assessment,
  language: Language,
  names: AgencyNames = new Map(),
): Document | null {
  if (itemsWith(assessment, 'yes', 'only-with').length === 0) return null;
  const words = wordsIn(language, names);
  const body = [
    heading(words.say(wording.what)),
    ...itemsToName(assessment, words, wording.asked, wording.ticked),
    heading(words.say(wording.why)),
    blanks(...why[language]),
    heading(words.say(wording.undertaking)),
    paragraph(words.say(wording.purpose, words.code('purpose', assessment.purpose))),
    ...handling(assessment, words),
    ...asking(requests, words),
  ];
  return letter(
    { title: wording.title, about: ['person', 'neededBy'], body, signed: wording.signed },
    assessment,
    words,
  );
}
