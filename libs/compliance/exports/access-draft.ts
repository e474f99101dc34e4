import type { Document } from '../documents/document.js';
import { accessAnswerOf } from '../views/access-answer.js';
import type { AccessGap, AccessGapCode } from '../views/access-gap.js';
import type { AnsweredRow } from '../views/asked.js';
import { draftAccessAnswer } from './draft-access-answer.js';
import type { Material } from './export-profile.js';
import type { LeakTested } from './leak-test.js';

/** The draft of an access answer, and beside it what it leaves out and why: for who answers, never for the person. */
export interface AccessDraft {
  readonly document: Document;
  readonly gaps: readonly AccessGap[];
}

/** What the leak test decides, entry by entry, by all that the view knows and who agreed: whom it lets pass may be told of. */
const decided: ReadonlySet<AccessGapCode> = new Set(['hidden', 'consent-of-service']);

/**
 * @param material with the entries that passed the leak test, and no others
 * @param rows of the view V3 about this person: they know of corrections, which are no part of an answer
 */
export function accessDraft(
  material: Material,
  { leftOut }: Pick<LeakTested, 'leftOut'>,
  rows: readonly AnsweredRow[],
): AccessDraft {
  const withheld = leftOut.map(({ entry, why }): AccessGap => ({ what: why, entry }));
  const isSaid = ({ what, entry }: AccessGap): boolean =>
    decided.has(what) || withheld.some((one) => one.what === what && one.entry === entry);
  const lacking = accessAnswerOf(rows, material.at).gaps.filter((gap) => !isSaid(gap));
  return { document: draftAccessAnswer(material), gaps: [...withheld, ...lacking] };
}
