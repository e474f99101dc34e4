import { logNames } from '#kernel';
import {
  agency,
  Always,
  codesOf,
  count,
  flag,
  instant,
  listOf,
  oneOf,
  orNull,
  Sometimes,
  text,
  treeHash,
  uuid,
} from './values.js';

/** What every answer of a view says. */
export class ViewAnswer {
  @Always(count, 'Entries of the log that the answer takes account of.')
  readonly completeUpTo: number;

  @Always(text, 'How far the answer is complete, in a sentence. Show it beside the answer.')
  readonly note: string;
}

/** One category of data passed on to one recipient. */
export class DisclosureRow {
  @Always(count, 'Place of the entry in the log `entries`.')
  readonly index: number;

  @Always(uuid, 'Id of the entry.')
  readonly entry: string;

  @Always(uuid, 'Its exchange.')
  readonly exchange: string;

  @Always(orNull(text), '`disclosureId`; null: not given.')
  readonly disclosure: string | null;

  @Always(agency, 'Who passed it on.')
  readonly from: string;

  @Always(orNull(agency), 'To whom; null: not given.')
  readonly to: string | null;

  @Always(orNull(text), 'Code of the vocabulary data-category; null: not given.')
  readonly category: string | null;

  @Always(count, 'Lines of the manifest in this category.')
  readonly items: number;

  @Always(flag, 'One of them is said to be of a special category.')
  readonly special: boolean;

  @Always(orNull(text), 'Code of the vocabulary purpose; null: not given.')
  readonly purpose: string | null;

  @Always(orNull(text), 'The power to transmit, a code of the vocabulary legal-basis; null: not given.')
  readonly legalBasis: string | null;

  @Always(orNull(text), 'Its provision of national law; null: not given.')
  readonly provision: string | null;

  @Always(flag, 'Passed on without a request.')
  readonly spontaneous: boolean;

  @Always(flag, 'Whoever passed it on has declared it incorrect, unlawful or superseded.')
  readonly invalidated: boolean;

  @Always(instant, 'When, as its sender says.')
  readonly occurredAt: string;

  @Always(instant, 'When the ledger recorded it.')
  readonly recordedAt: string;
}

export class DisclosurePage extends ViewAnswer {
  @Always({ type: [DisclosureRow] }, 'In the order of recording.')
  readonly disclosures: readonly DisclosureRow[];
}

/** What went from one body to another in one category. */
export class Flow {
  @Always(agency, 'Who passed it on.')
  readonly from: string;

  @Always(orNull(agency), 'To whom; null: not given.')
  readonly to: string | null;

  @Always(orNull(text), 'Code of the vocabulary data-category; null: not given.')
  readonly category: string | null;

  @Always(count, 'How many disclosures.')
  readonly disclosures: number;

  @Always(count, 'Lines of their manifests in this category.')
  readonly items: number;

  @Always(count, 'Disclosures with data said to be of a special category.')
  readonly special: number;
}

export class Flows extends ViewAnswer {
  @Always({ type: [Flow] }, 'Sorted by sender, recipient, category.')
  readonly flows: readonly Flow[];
}

export class DecisionCount {
  @Always(orNull(oneOf(codesOf('decision'))), 'Code of the vocabulary decision; null: the outcome is missing.')
  readonly outcome: string | null;

  @Always(count, 'How many.')
  readonly count: number;
}

/** Disclosures, counted once for each recipient. */
export class DisclosureCounts {
  @Always(count, 'All.')
  readonly total: number;

  @Always(count, 'Without a request.')
  readonly spontaneous: number;

  @Always(count, 'Said to answer a request, but none is recorded in their exchange.')
  readonly withoutRequest: number;

  @Always(count, 'The recipient has not recorded that it received them.')
  readonly withoutReceipt: number;

  @Always(count, 'The recipient has given no feedback.')
  readonly withoutFeedback: number;

  @Always(count, 'Declared incorrect, unlawful or superseded.')
  readonly invalidated: number;
}

/** What agencies recorded themselves, in numbers. */
export class Summary extends ViewAnswer {
  @Always(count, 'Entries.')
  readonly entries: number;

  @Always(count, 'Recorded more than 24 hours after they occurred.')
  readonly late: number;

  @Always({ type: 'object', additionalProperties: count }, 'Entries by type.')
  readonly types: Readonly<Record<string, number>>;

  @Always({ type: [DecisionCount] }, 'Decisions by outcome.')
  readonly decisions: readonly DecisionCount[];

  @Always({ type: DisclosureCounts }, 'Disclosures.')
  readonly disclosures: DisclosureCounts;
}

/** A look at an entry, a search, or an export. */
export class AccessRow {
  @Always(count, 'Place in the log `entries` of the entry that records it.')
  readonly index: number;

  @Always(uuid, 'Id of that entry.')
  readonly entry: string;

  @Always(oneOf(['LedgerAccessed', 'ExportIssued']), 'A look or a search, or a trail that was taken.')
  readonly type: string;

  @Always(orNull(agency), 'The body that looked.')
  readonly accessor: string | null;

  @Always(listOf(agency), 'Whose entries were looked at, or may be in the export; none for a search.')
  readonly owners: readonly string[];

  @Always(orNull(uuid), 'The entry that was opened; null for a search or an export.')
  readonly lookedAt: string | null;

  @Always(orNull(oneOf(codesOf('role'))), 'In which role.')
  readonly role: string | null;

  @Always(orNull(oneOf(codesOf('access-purpose'))), 'What for; null: no block was opened.')
  readonly purpose: string | null;

  @Always(flag, 'The owners do not learn of it yet.')
  readonly hidden: boolean;

  @Always(instant, 'When.')
  readonly occurredAt: string;
}

export class Accesses extends ViewAnswer {
  @Always({ type: [AccessRow] }, 'In the order of recording.')
  readonly accesses: readonly AccessRow[];
}

const columnKinds = oneOf([
  'agencies',
  'agency',
  'code',
  'codes',
  'date',
  'entries',
  'entry',
  'flag',
  'instant',
  'number',
  'reference',
  'references',
  'text',
]);

/** A text in every language of the product. */
export class InEveryLanguage {
  @Always(text, 'In English.')
  readonly en: string;

  @Always(text, 'In German.')
  readonly de: string;
}

export class ColumnDescription {
  @Always(text, 'By which rows and parameters name it.')
  readonly name: string;

  @Always(columnKinds, 'What its cells hold; plural kinds hold lists.')
  readonly kind: string;

  @Always({ type: InEveryLanguage }, 'Its heading.')
  readonly title: InEveryLanguage;

  @Sometimes(text, 'The list its codes come from, where it holds codes.')
  readonly vocabulary?: string;
}

export class ViewDescription {
  @Always({ type: 'string', pattern: '^V\\d+$' }, 'By which documents cite it.')
  readonly id: string;

  @Always(text, 'Its name in URLs.')
  readonly name: string;

  @Always({ type: InEveryLanguage }, 'What it is called.')
  readonly title: InEveryLanguage;

  @Always({ type: InEveryLanguage }, 'The question it answers.')
  readonly question: InEveryLanguage;

  @Always(flag, 'It takes `asOf`.')
  readonly asOf: boolean;

  @Always({ type: [ColumnDescription] }, 'Its columns; none where its answer has a form of its own.')
  readonly columns: readonly ColumnDescription[];

  @Always({ type: 'array', items: text }, 'Parameters that narrow it.')
  readonly filters: readonly string[];

  @Always({ type: 'array', items: text }, 'Columns that `sort` takes.')
  readonly sorts: readonly string[];
}

export class Views {
  @Always({ type: [ViewDescription] }, 'The views the caller may look at, by their ids.')
  readonly views: readonly ViewDescription[];
}

/** A column, in the language of the answer. */
export class ShownColumn {
  @Always(text, 'By which rows and parameters name it.')
  readonly name: string;

  @Always(columnKinds, 'What its cells hold; plural kinds hold lists.')
  readonly kind: string;

  @Always(text, 'Its heading.')
  readonly title: string;

  @Sometimes(text, 'The list its codes come from, where it holds codes.')
  readonly vocabulary?: string;

  @Always(flag, 'It can be asked for by value.')
  readonly filter: boolean;

  @Always(flag, 'Rows can be sorted by it.')
  readonly sort: boolean;
}

const labelled = {
  type: 'object',
  required: ['code', 'label'],
  properties: { code: text, label: text },
  additionalProperties: false,
};
const oneCell = [text, { type: 'number' }, flag, labelled];

export class ShownRow {
  @Always(text, 'Unique among the rows of one agency in this view.')
  readonly key: string;

  @Always(orNull(agency), 'Whose row it is; null where it is no single agency’s.')
  readonly agency: string | null;

  @Always(orNull(uuid), 'Id of the entry it is about; null where it is about none.')
  readonly entry: string | null;

  @Always(
    {
      type: 'object',
      additionalProperties: {
        anyOf: [...oneCell, { type: 'null' }, { type: 'array', items: { anyOf: [text, labelled] } }],
      },
    },
    'By the names of the columns. A code has its label in the language of the answer; null: not given.',
  )
  readonly cells: Readonly<Record<string, unknown>>;

  @Sometimes(
    { anyOf: [{ type: 'object', additionalProperties: true }, { type: 'null' }] },
    'Of check notes: rule, law, facts, clause, what would have been compliant, deadline and history, in words.',
  )
  readonly explanation?: object | null;
}

/** How far a log is signed. */
export class SignedLog {
  @Always(oneOf(logNames), 'Which log.')
  readonly log: string;

  @Always(count, 'Entries under the last checkpoint; those after it are recorded and not yet sealed.')
  readonly sealed: number;

  @Always(orNull(treeHash), 'Root of its tree; null before the first checkpoint.')
  readonly root: string | null;
}

/** A page of a view. */
export class ViewPage extends ViewAnswer {
  @Always({ type: 'string', pattern: '^V\\d+$' }, 'By which documents cite the view.')
  readonly view: string;

  @Always(text, 'Its name in URLs.')
  readonly name: string;

  @Always(text, 'What it is called.')
  readonly title: string;

  @Always(text, 'The question it answers.')
  readonly question: string;

  @Always({ type: [ShownColumn] }, 'Its columns, in order.')
  readonly columns: readonly ShownColumn[];

  @Always({ type: [ShownRow] }, 'The rows of the page.')
  readonly rows: readonly ShownRow[];

  @Sometimes(instant, 'The moment looked back to, where one was asked for.')
  readonly asOf?: string;

  @Always({ type: [SignedLog] }, 'How far the logs are signed.')
  readonly integrity: readonly SignedLog[];
}
