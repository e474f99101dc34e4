import { languages } from '#catalogue';
import { accessGaps } from '#compliance/views';
import { described, json, refersTo } from './described.js';
import { mustWrite } from './problems.js';
import { tags } from './tags.js';
import { Always, count, listOf, oneOf, orNull, text, uuid } from './values.js';

/** A code and its words. */
export class GapCode {
  @Always(oneOf(accessGaps.terms.keys()), 'Code.')
  readonly code: string;

  @Always(text, 'In words.')
  readonly label: string;
}

/** What is not in the draft as it is. */
export class DraftGap {
  @Always(orNull(uuid), 'The entry it is about; null: the whole answer.')
  readonly entry: string | null;

  @Always({ type: GapCode }, 'What is lacking, withheld or to be decided.')
  readonly what: GapCode;

  @Always(listOf(text), 'Where the law provides that it is withheld from the person; none where something is lacking.')
  readonly grounds: readonly string[];
}

/** A draft access answer. */
export class AccessAnswerDraft {
  @Always(text, 'What the document is.')
  readonly title: string;

  @Always(oneOf(languages), 'Of the document.')
  readonly language: string;

  @Always(text, 'The document as a page.')
  readonly html: string;

  @Always(text, 'The document as plain text.')
  readonly text: string;

  @Always({ type: [DraftGap] }, 'For who answers; nothing of it may go to the person.')
  readonly gaps: readonly DraftGap[];

  @Always(count, 'Number of entries up to which it is complete as recorded.')
  readonly completeUpTo: number;

  @Always(text, 'The same as a sentence.')
  readonly note: string;
}

export const DescribedDraftAnswer = () =>
  described({
    operationId: 'draftAccessAnswer',
    tag: tags.officers,
    summary: 'Draft the answer to a person who asks for access',
    description: [
      'V3 as a letter: who received what about this person, and from whom it came (GDPR 15, LED 14), from the own ' +
        'agency’s entries. A person checks it before it goes out. Search first (`POST /v1/subject-searches`).',
      'The document leaves out what the person may not know yet, what names an intelligence service that has not agreed, ' +
        'or a body the agency decided not to name, what a handling condition keeps from the person, what was corrected or taken back, items that speak of others, and what would reveal any of these. `gaps` says which entries these are and on which ' +
        'ground, and what is lacking; why an agency withholds something stands in block `withheld` of that entry.',
      '**Who may call:** the data protection officer of the agency. The look is durably recorded (`LedgerAccessed`) before ' +
        'it is answered. To hand over the entries themselves with proofs, order X5.',
    ],
    parameters: [
      {
        in: 'header',
        name: 'Access-Purpose',
        description: 'What for.',
        schema: oneOf(['rights-request']),
        required: true,
      },
      { in: 'query', name: 'search', description: 'The handle of the search by person.', schema: uuid, required: true },
      {
        in: 'query',
        name: 'lang',
        description: 'In which language it is written; before `Accept-Language`, which says so otherwise.',
        schema: oneOf(languages),
      },
    ],
    answers: { 200: { description: 'The draft.', content: json(refersTo(AccessAnswerDraft)) } },
    problems: {
      ...mustWrite,
      'malformed-request': 'no purpose, or one that is not a code of its vocabulary',
      'invalid-query': 'no search, or one that is over, is not the caller’s, or was not by person',
      forbidden: 'only for a data protection officer, and only for requests of persons',
      unavailable: 'the views do not hold everything recorded yet',
    },
    models: [AccessAnswerDraft, DraftGap, GapCode],
  });
