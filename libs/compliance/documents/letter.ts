import type { Labels, Language } from '#catalogue';
import type { Assessment } from '../assessments/assessment.js';
import { blanks, type Document, list, paragraph, type Part, signature } from './document.js';
import { frame } from './frame.js';
import type { Words } from './words.js';

/** What only the person at the desk can fill in at the head of a letter. */
const headLines = {
  ours: { en: 'Our file number', de: 'Unser Zeichen' },
  yours: { en: 'Your file number', de: 'Ihr Zeichen' },
  person: { en: 'Person concerned', de: 'Betroffene Person' },
  request: { en: 'Your request of', de: 'Ihr Ersuchen vom' },
  neededBy: { en: 'Needed by', de: 'Benötigt bis' },
  contact: { en: 'Contact for questions', de: 'Ansprechperson für Rückfragen' },
} as const satisfies Readonly<Record<string, Labels>>;

/** What is a letter's own. */
export interface Letter {
  readonly title: Labels;
  /** between the file number and whom to ask */
  readonly about: readonly Exclude<keyof typeof headLines, 'ours' | 'contact'>[];
  readonly body: readonly Part[];
  readonly signed: Labels;
}

/** A letter from one agency to another: what every one begins with, what it says, and who signs it. */
export const letter = ({ title, about, body, signed }: Letter, assessment: Assessment, words: Words): Document => ({
  language: words.language,
  title: words.say(title),
  parts: [
    frame(assessment, words),
    blanks(...(['ours', ...about, 'contact'] as const).map((line) => words.say(headLines[line]))),
    ...body,
    signature(words.say(signed)),
  ],
});

const please: Labels = { en: 'We ask you', de: 'Wir bitten Sie,' };

/** What the other side is asked to do. */
export const asking = (requests: Readonly<Record<Language, readonly string[]>>, words: Words): readonly Part[] => [
  paragraph(words.say(please)),
  list(requests[words.language]),
];
