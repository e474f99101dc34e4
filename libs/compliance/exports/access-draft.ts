import type { EntryId } from '#kernel';
import type { Document } from '../documents/document.js';
import { accessAnswerOf } from '../views/access-answer.js';
import type { AccessGap } from '../views/access-gap.js';
import type { AnsweredRow } from '../views/asked.js';
import { answeredIn, draftAccessAnswer, lackingInAnswer } from './draft-access-answer.js';
import type { Material } from './export-profile.js';
import type { LeakTested } from './leak-test.js';

/** The draft of an access answer, and beside it what it leaves out and why: for who answers, never for the person. */
export interface AccessDraft {
  readonly document: Document;
  readonly gaps: readonly AccessGap[];
}

/**
 * @param material with the entries that passed the leak test, and no others
 * @param rows of the view V3 about this person: they know of corrections, which are no part of an answer. Whether one is
 *   hidden or a service has to agree, the leak test decides by all that the view knows, and by who agreed.
 */
export function accessDraft(
  material: Material,
  {
    leftOut,
    shortened,
    isRefused,
    isAskedAnew,
  }: Pick<LeakTested, 'leftOut' | 'shortened' | 'isRefused' | 'isAskedAnew'>,
  rows: readonly AnsweredRow[],
): AccessDraft {
  const known = new Set(leftOut.map(({ entry }) => entry));
  const looked = new Set<EntryId | null>(leftOut.filter(({ why }) => why === 'corrected').map(({ entry }) => entry));
  const withheld: readonly AccessGap[] = [
    ...leftOut.map(({ entry, why }) => ({ what: why, entry })),
    ...shortened.filter((id) => !known.has(id)).map((entry) => ({ what: 'third-persons' as const, entry })),
  ];
  const corrected = accessAnswerOf(rows, material.at).gaps.filter(
    ({ what, entry }) => what === 'corrected' && !looked.has(entry),
  );
  const refused: readonly AccessGap[] = isRefused && !isAskedAnew ? [{ what: 'refused', entry: null }] : [];
  const answered = answeredIn(material);
  return {
    document: draftAccessAnswer(material, answered),
    gaps: [...refused, ...withheld, ...corrected, ...lackingInAnswer(answered)],
  };
}
