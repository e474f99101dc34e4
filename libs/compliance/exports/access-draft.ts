import type { Document } from '../documents/document.js';
import { accessAnswerOf } from '../views/access-answer.js';
import type { AccessGap } from '../views/access-gap.js';
import type { AnsweredRow } from '../views/asked.js';
import { draftAccessAnswer, lackingInAnswer } from './draft-access-answer.js';
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
  { leftOut, shortened, isRefused }: Pick<LeakTested, 'leftOut' | 'shortened' | 'isRefused'>,
  rows: readonly AnsweredRow[],
): AccessDraft {
  const withheld: readonly AccessGap[] = [
    ...leftOut.map(({ entry, why }) => ({ what: why, entry })),
    ...shortened
      .filter((id) => !leftOut.some(({ entry }) => entry === id))
      .map((entry) => ({ what: 'third-persons' as const, entry })),
  ];
  const corrected = accessAnswerOf(rows, material.at).gaps.filter(
    ({ what, entry }) => what === 'corrected' && !withheld.some((one) => one.what === what && one.entry === entry),
  );
  const refused: readonly AccessGap[] = isRefused ? [{ what: 'refused', entry: null }] : [];
  return {
    document: draftAccessAnswer(material),
    gaps: [...refused, ...withheld, ...corrected, ...lackingInAnswer(material)],
  };
}
