import { languages, vocabularies } from '#catalogue';
import { everyProfile } from '#compliance/exports';
import { logNames } from '#kernel';
import { described, json, refersTo } from './described.js';
import { mustWrite, unreadableBody } from './problems.js';
import { tags } from './tags.js';
import { agency, Always, count, instant, listOf, oneOf, Sometimes, text, uuid } from './values.js';

/** What is to be handed over. */
export class ExportOrder {
  @Always(oneOf(everyProfile.keys()), 'What kind of export.')
  readonly profile: string;

  @Sometimes({ ...oneOf(languages), default: 'de' }, 'Of its documents.')
  readonly language?: string;

  @Sometimes({ ...text, maxLength: 200 }, 'Order or provision it is issued on; recorded with it.')
  readonly basis?: string;

  @Sometimes(
    { ...listOf(agency), minItems: 1, maxItems: 100, uniqueItems: true },
    'Of a regulator: these agencies only. Statistics are of all of them.',
  )
  readonly agencies?: readonly string[];

  @Sometimes(instant, 'Where entries of a period are wanted: what occurred from here on.')
  readonly from?: string;

  @Sometimes(instant, 'And before this moment.')
  readonly until?: string;

  @Sometimes(
    { ...text, pattern: '^2\\d{3}-Q[1-4]$', examples: ['2026-Q3'] },
    'Where statistics are wanted: a calendar quarter (of UTC). They are made from the second month after it on, of what ' +
      'was recorded, and open to all, until then; of no other period, because periods that overlap could be subtracted.',
  )
  readonly quarter?: string;

  @Sometimes(uuid, 'Where one exchange is wanted. X6 and X7 take this or `matter`.')
  readonly exchange?: string;

  @Sometimes(uuid, 'Where what one entry opened is wanted: the id of that entry.')
  readonly matter?: string;

  @Sometimes(uuid, 'Where entries about a person are wanted: the handle of a search by person.')
  readonly search?: string;

  @Sometimes(text, 'Where an agreement is reported on: agreement@version.')
  readonly agreement?: string;
}

/** An export that was ordered. */
export class ExportDescription {
  @Always(uuid, 'Its id: from here on it is a trail.')
  readonly id: string;

  @Always(oneOf(everyProfile.keys()), 'What kind of export.')
  readonly profile: string;

  @Always(oneOf(logNames), 'The log its entries are of.')
  readonly log: string;

  @Always(oneOf(['queued', 'running', 'done', 'failed']), 'How far it is.')
  readonly state: string;

  @Always(count, 'Leaves written so far.')
  readonly done: number;

  @Always(count, 'Leaves to be written.')
  readonly total: number;
}

const purposes = oneOf(vocabularies.get('access-purpose')?.terms.keys() ?? []);

const tableOfProfiles = [
  '| | what | serves | for | chosen by |',
  '|---|---|---|---|---|',
  ...[...everyProfile.values()].map(
    ({ id, title, sources, roles, of }) =>
      `| ${id} | ${title.en} | ${sources.join(', ')} | ${roles.join(', ')} | ${of} |`,
  ),
].join('\n');

const examples = {
  log: {
    summary: 'The log of a year',
    value: { profile: 'X1', from: '2026-01-01T00:00:00.000Z', until: '2027-01-01T00:00:00.000Z' },
  },
  exchange: {
    summary: 'One exchange',
    value: { profile: 'X7', exchange: '0195a6f0-0002-7000-8000-000000000001', language: 'en' },
  },
};

export const DescribedExportOrder = () =>
  described({
    operationId: 'orderExport',
    tag: tags.regulators,
    summary: 'Order an export',
    description: [
      'An export is a trail of selected entries with documents for people, in the form one purpose needs. It is ' +
        'followed and fetched like a trail: `Location`. `nachweis verify` checks its entries; which ones were selected, ' +
        'and what the documents say, is the word of the ledger.',
      tableOfProfiles,
      '**Who may call:** data protection officers for the entries of their agency, regulators for those of the agencies ' +
        'they are competent for. Before it is queued, the ledger durably records who takes it, what and why. X5 leaves ' +
        'out what the person concerned may not learn yet, and what would reveal it; it is refused where the latest decision ' +
        'on the request of the person is a refusal, or to neither confirm nor deny. `data/documents/versions.json` holds the ' +
        'versions of entry types, vocabularies and rules.',
    ],
    parameters: [
      {
        in: 'header',
        name: 'Access-Purpose',
        description: 'What for: one code. Each profile is issued for some of them only.',
        schema: purposes,
        required: true,
      },
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: refersTo(ExportOrder),
          examples,
        },
      },
    },
    answers: {
      202: {
        description: 'Ordered.',
        headers: { Location: { description: 'Where its state is told.', schema: { type: 'string' } } },
        content: json(refersTo(ExportDescription)),
      },
    },
    problems: {
      ...unreadableBody,
      ...mustWrite,
      'malformed-request': 'no body, or no purpose, or one that is not a code of its vocabulary',
      'invalid-body':
        'not the form the profile needs, a quarter that is not closed, or more entries than an export can have',
      'invalid-query': 'the search is over, is not the caller’s, or was not by person',
      forbidden: 'the profile is not for this role or not issued for this purpose, or the agency refused access',
      'not-found': 'nothing of this exchange, matter, agreement or agency exists for the caller',
      'too-large': 'more than 256 KiB',
      unavailable: 'the views do not hold everything recorded yet',
    },
    models: [ExportOrder, ExportDescription],
  });
