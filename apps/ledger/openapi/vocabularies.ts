import { vocabularies } from '#catalogue';
import { described, json, refersTo } from './described.js';
import { tags } from './tags.js';
import { Always, count, oneOf, Sometimes, text } from './values.js';
import { Wording } from './wording.js';

const names = oneOf(vocabularies.keys());

/** One code of a closed list. */
export class VocabularyTerm {
  @Always(text, 'What entries say. Never reused with another meaning.')
  readonly code: string;

  @Always({ type: Wording }, 'What people read.')
  readonly labels: Wording;

  @Sometimes(text, 'IRI of the term of the W3C Data Privacy Vocabulary 2.3 that means the same, where there is one.')
  readonly dpv?: string;
}

/** A closed list of codes. */
export class VocabularyList {
  @Always(names, 'Its name.')
  readonly name: string;

  @Always({ ...count, minimum: 1 }, 'Raised when a code is added or renamed.')
  readonly version: number;

  @Always({ type: [VocabularyTerm] }, 'Every code.')
  readonly terms: readonly VocabularyTerm[];
}

export class Vocabularies {
  @Always({ type: [VocabularyList] }, 'The lists, or the one that was asked for.')
  readonly vocabularies: readonly VocabularyList[];
}

export const DescribedVocabularies = () =>
  described({
    operationId: 'listVocabularies',
    tag: tags.operation,
    summary: 'List the codes entries are written in',
    description: [
      'The closed lists of codes, with what people read in their place. They change with the version of the software ' +
        'only: keep the `ETag` and ask with `If-None-Match`. **Who may call:** every caller with a token.',
    ],
    parameters: [{ in: 'query', name: 'name', description: 'Only this list.', schema: names }],
    answers: { 200: { description: 'The lists.', content: json(refersTo(Vocabularies)) } },
    problems: { 'invalid-query': 'a parameter is unknown, or there is no list of this name' },
    models: [Vocabularies],
  });
