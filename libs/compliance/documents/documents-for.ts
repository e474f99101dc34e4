import type { Language } from '#catalogue';
import type { Assessment, AssessmentKind } from '../assessments/assessment.js';
import { conferenceSheet } from './conference-sheet.js';
import { consentForm } from './consent-form.js';
import { coverLetter } from './cover-letter.js';
import { disclosureNote } from './disclosure-note.js';
import type { Document } from './document.js';
import { refusalLetter } from './refusal-letter.js';
import { requestLetter } from './request-letter.js';
import type { AgencyNames } from './words.js';

/** Makes a document of an assessment; null where there is nothing to write. */
export type Template = (assessment: Assessment, language: Language, names?: AgencyNames) => Document | null;

/** Every document an assessment can give, by the name callers ask for it. */
export const templates = {
  'disclosure-note': disclosureNote,
  'cover-letter': coverLetter,
  'refusal-letter': refusalLetter,
  'consent-form': consentForm,
  'conference-sheet': conferenceSheet,
  'request-letter': requestLetter,
} as const satisfies Readonly<Record<string, Template>>;

export type DocumentName = keyof typeof templates;

const owed: Readonly<Record<AssessmentKind, readonly DocumentName[]>> = {
  request: ['request-letter'],
  disclosure: ['disclosure-note', 'cover-letter', 'refusal-letter', 'consent-form'],
  conference: ['conference-sheet', 'consent-form'],
};

/** The documents that an assessment comes with: those of its kind that have something to say. */
export const documentsFor = (
  assessment: Assessment,
  language: Language,
  names: AgencyNames = new Map(),
): ReadonlyMap<DocumentName, Document> =>
  new Map(
    owed[assessment.kind].flatMap((name): readonly [DocumentName, Document][] => {
      const document = templates[name](assessment, language, names);
      return document === null ? [] : [[name, document]];
    }),
  );
