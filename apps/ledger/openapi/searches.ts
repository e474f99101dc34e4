import { described, json, refersTo } from './described.js';
import { accessPurpose } from './parameters.js';
import { mustWrite, unreadableBody } from './problems.js';
import { tags } from './tags.js';
import { Always, count, instant, oneOf, text, uuid } from './values.js';

/** Whom or what to look for. */
export class SubjectSearch {
  @Always(oneOf(['case', 'subject']), 'The field of the entries.')
  readonly kind: string;

  @Always({ ...text, minLength: 1, maxLength: 200 }, 'The pseudonym, exactly as the agency recorded it.')
  readonly value: string;
}

/** A handle that says nothing, and how many entries it stands for. */
export class SearchAnswer {
  @Always(uuid, 'The handle: the parameter `search` of the views takes it.')
  readonly search: string;

  @Always(count, "How many of the agency's entries name the person or case.")
  readonly matches: number;

  @Always(instant, 'Until when the handle can be used: a quarter of an hour.')
  readonly expiresAt: string;
}

export const DescribedSearch = () =>
  described({
    operationId: 'searchSubject',
    tag: tags.officers,
    summary: 'Search by person or case',
    description: [
      "Finds the entries of the caller's own agency about one pseudonym and answers with a handle. **Who may call:** an " +
        'agency and its data protection officer. No query by person crosses agencies.',
      '**The search is recorded** before it is answered, with its purpose (`LedgerAccessed`): not the pseudonym, but a ' +
        'keyed digest of it.',
      'The handle belongs to the caller who searched and is forgotten when the ledger stops.',
    ],
    parameters: [accessPurpose('Required here.', true)],
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: refersTo(SubjectSearch), example: { kind: 'subject', value: 'person-19c2' } },
      },
    },
    answers: { 201: { description: 'Searched and recorded.', content: json(refersTo(SearchAnswer)) } },
    problems: {
      ...unreadableBody,
      ...mustWrite,
      'malformed-request': 'no body, or `Access-Purpose` is missing or not one code of its vocabulary',
      'invalid-query': 'not the form of a search',
      forbidden: 'only an agency searches by person, and only its own entries',
      'too-large': 'more than 256 KiB',
    },
    models: [SubjectSearch, SearchAnswer],
  });
