import { languages } from '#catalogue';
import { described, json, refersTo } from './described.js';
import { nextPage, page } from './parameters.js';
import { unreadableBody } from './problems.js';
import { tags } from './tags.js';
import { Always, codesOf, listOf, oneOf, Sometimes, text, uuid } from './values.js';

const kind = oneOf(codesOf('contribution-kind'));
const purpose = oneOf(codesOf('purpose'));

/** What somebody wants others to learn from. */
export class NewContribution {
  @Always(kind, 'What it is.')
  readonly kind: string;

  @Always(oneOf(languages), 'In which language it is written.')
  readonly language: string;

  @Always({ ...text, minLength: 1, maxLength: 200 }, 'One line.')
  readonly title: string;

  @Always({ ...text, minLength: 1, maxLength: 8_000 }, 'Plain text. No agency, no case, no person, no exact date.')
  readonly text: string;

  @Sometimes({ ...listOf(purpose), maxItems: 10 }, 'In which work it was learnt.')
  readonly purposes?: readonly string[];
}

/** A contribution as everybody reads it. */
export class LibraryContribution {
  @Always(uuid, 'Random: it tells neither who wrote it nor after what.')
  readonly id: string;

  @Always({ ...text, pattern: '^\\d{4}-Q[1-4]$' }, 'The only time that is kept.')
  readonly quarter: string;

  @Always(kind, 'What it is.')
  readonly kind: string;

  @Always(oneOf(languages), 'In which language it is written.')
  readonly language: string;

  @Always(text, 'One line.')
  readonly title: string;

  @Always(text, 'Plain text.')
  readonly text: string;

  @Always(listOf(purpose), 'In which work it was learnt.')
  readonly purposes: readonly string[];
}

export class LibraryContributions {
  @Always({ type: [LibraryContribution] }, 'The newest quarter first, and within it in no order that means anything.')
  readonly contributions: readonly LibraryContribution[];
}

const readers = '**Who may call:** everybody but the operator.';
const id = { in: 'path', name: 'id', description: 'The id of the contribution.', schema: uuid } as const;
const absent = 'there is no such contribution';

export const DescribedLibrary = () =>
  described({
    operationId: 'listContributions',
    tag: tags.agencies,
    summary: 'Read what others have learnt',
    description: [
      'The library of good practice: lessons, near misses, practices, exchanges among peers. It lies outside of the log ' +
        `and knows no authors. ${readers}`,
    ],
    parameters: [
      { in: 'query', name: 'kind', description: 'Only these.', schema: kind },
      { in: 'query', name: 'purpose', description: 'Only what was learnt in this work.', schema: purpose },
      ...page,
    ],
    answers: {
      200: { description: 'A page of them.', headers: nextPage, content: json(refersTo(LibraryContributions)) },
    },
    problems: {
      'invalid-query': 'a parameter is unknown, not of its form, or a cursor of another list',
      forbidden: 'the operator has no part in it',
    },
    models: [LibraryContributions, LibraryContribution],
  });

export const DescribedSharing = () =>
  described({
    operationId: 'shareContribution',
    tag: tags.agencies,
    summary: 'Share what was learnt',
    description: [
      'Puts a contribution into the library. It is kept with the quarter of the year and without its author; nothing is ' +
        'recorded. What has the form of an exact date, an id, an address or the number of a file, or names a body of ' +
        'this network, is refused; whether a story can be recognised is for its author to judge.',
      '**Who may call:** an agency and its data protection officer.',
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: refersTo(NewContribution),
          examples: {
            nearMiss: {
              summary: 'A near miss',
              value: {
                kind: 'near-miss',
                language: 'en',
                title: 'Almost sent to somebody who had left',
                text: 'Two people read the list of recipients before sending; one address was out of date.',
                purposes: ['exit-support'],
              },
            },
          },
        },
      },
    },
    answers: { 201: { description: 'It is kept.', content: json(refersTo(LibraryContribution)) } },
    problems: {
      ...unreadableBody,
      'invalid-body': 'it has not the form, or would give away who or when',
      forbidden: 'the library is written by those who do the work',
      'too-large': 'more than 256 KiB',
      'store-unavailable': 'nothing can be read now',
    },
    models: [NewContribution, LibraryContribution],
  });

export const DescribedContribution = () =>
  described({
    operationId: 'readContribution',
    tag: tags.agencies,
    summary: 'Read one contribution',
    description: [`One contribution to the library. ${readers}`],
    parameters: [id],
    answers: { 200: { description: 'The contribution.', content: json(refersTo(LibraryContribution)) } },
    problems: { 'not-found': absent, forbidden: 'the operator has no part in it' },
    models: [LibraryContribution],
  });

export const DescribedRemoval = () =>
  described({
    operationId: 'removeContribution',
    tag: tags.officers,
    summary: 'Take a contribution out',
    description: ['For what names or describes somebody after all. **Who may call:** a data protection officer.'],
    parameters: [id],
    answers: { 204: { description: 'It is gone.' } },
    problems: { 'not-found': absent, forbidden: 'this is for data protection officers' },
  });
