import { agenciesIn, isObject, never, openSince, textIn } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { insertRows } from '../insert-rows.js';
import type { ProjectedEntry, Projection, SaidTerms } from '../projection.js';
import { isSpecial } from '../rules/sensitive-data.js';
import { flag, type Flag, type ViewsTransaction } from '../views.js';
import { exchangesMet, noteAnswers } from './disclosure-answers.js';

/** One row per disclosure, recipient and category of data. Empty text stands for a recipient or category not given. */
export interface DisclosureTable {
  readonly entry_index: number;
  readonly entry_id: string;
  readonly exchange: string;
  readonly disclosure_id: string;
  readonly issuer: string;
  readonly recipient: string;
  readonly category: string;
  /** lines of the manifest in this category */
  readonly items: number;
  /** one of them is of a special category, or nobody says that it is not */
  readonly special: Flag;
  readonly purpose: string | null;
  readonly legal_basis: string | null;
  readonly provision: string | null;
  readonly spontaneous: Flag;
  /** from when on others than its issuer may know of it: {@link openSince} */
  readonly open_since: string;
  /** the same of what its recipient has recorded about it: the receipt, feedback */
  readonly received_since: string;
  readonly feedback_since: string;
  /** the same of its having been taken back */
  readonly invalidated_since: string;
  readonly occurred_at: string;
  readonly recorded_at: string;
}

/** What else was recorded about a request for data or a disclosure. In any order: which one it meets is asked later. */
export interface DisclosureResponseTable {
  readonly entry_index: number;
  readonly entry_id: string;
  readonly kind: ResponseKind;
  readonly exchange: string;
  /** empty for requests, and where it is missing */
  readonly disclosure_id: string;
  readonly issuer: string;
  readonly open_since: string;
}

export type ResponseKind = 'requested' | 'received' | 'feedback' | 'invalidated';

const responses: Readonly<Record<string, ResponseKind>> = {
  InformationRequested: 'requested',
  DisclosureReceived: 'received',
  FeedbackGiven: 'feedback',
  DisclosureInvalidated: 'invalidated',
};

/** Who disclosed what to whom, on which basis. */
export const disclosures: Projection = {
  name: 'disclosures',
  version: 5,
  order: 'exchange',
  tables: ['disclosure', 'disclosure_response'],

  async migrate(database) {
    await createDisclosures(database);
    await createResponses(database);
  },

  async apply(transaction, stretch) {
    for await (const entries of stretch) {
      const [made, answers] = [entries.flatMap(disclosureRows), entries.flatMap(responseRows)];
      await insertRows(transaction, 'disclosure', made);
      await insertRows(transaction, 'disclosure_response', answers);
      await noteAnswers(transaction, await exchangesMet(transaction, made, answers));
    }
  },

  async erase(transaction, ids) {
    const answers = transaction.selectFrom('disclosure_response').select('exchange').distinct();
    const concerned = await answers.where('entry_id', 'in', ids).execute();
    await transaction.deleteFrom('disclosure').where('entry_id', 'in', ids).execute();
    await transaction.deleteFrom('disclosure_response').where('entry_id', 'in', ids).execute();
    await noteAnswers(
      transaction,
      concerned.map(({ exchange }) => exchange),
    );
  },
};

async function createDisclosures({ schema }: ViewsTransaction): Promise<void> {
  await schema
    .createTable('disclosure')
    .ifNotExists()
    .addColumn('entry_index', 'bigint', (column) => column.notNull())
    .addColumn('entry_id', 'text', (column) => column.notNull())
    .addColumn('exchange', 'text', (column) => column.notNull())
    .addColumn('disclosure_id', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('items', 'integer', (column) => column.notNull())
    .addColumn('special', 'integer', (column) => column.notNull())
    .addColumn('purpose', 'text')
    .addColumn('legal_basis', 'text')
    .addColumn('provision', 'text')
    .addColumn('spontaneous', 'integer', (column) => column.notNull())
    .addColumn('open_since', 'text', (column) => column.notNull())
    .addColumn('received_since', 'text', (column) => column.notNull())
    .addColumn('feedback_since', 'text', (column) => column.notNull())
    .addColumn('invalidated_since', 'text', (column) => column.notNull())
    .addColumn('occurred_at', 'text', (column) => column.notNull())
    .addColumn('recorded_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('disclosure_key', ['entry_index', 'recipient', 'category'])
    .execute();
  for (const [name, columns] of [
    ['disclosure_entry', ['entry_id']],
    ['disclosure_exchange', ['exchange']],
    ['disclosure_issuer', ['issuer', 'entry_index']],
    ['disclosure_recipient', ['recipient', 'entry_index']],
    // Whoever counts flows reads these and nothing of the table.
    ['disclosure_given', ['issuer', 'recipient', 'category', ...counted]],
    ['disclosure_got', ['recipient', 'issuer', 'category', ...counted]],
  ] as const) {
    await schema
      .createIndex(name)
      .ifNotExists()
      .on('disclosure')
      .columns([...columns])
      .execute();
  }
}

const counted = [
  'open_since',
  'occurred_at',
  'items',
  'special',
  'feedback_since',
  'invalidated_since',
  'received_since',
  'entry_index',
] as const;

async function createResponses({ schema }: ViewsTransaction): Promise<void> {
  await schema
    .createTable('disclosure_response')
    .ifNotExists()
    .addColumn('entry_index', 'bigint', (column) => column.primaryKey())
    .addColumn('entry_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('exchange', 'text', (column) => column.notNull())
    .addColumn('disclosure_id', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('open_since', 'text', (column) => column.notNull())
    .execute();
  for (const [name, columns] of [
    ['disclosure_response_entry', ['entry_id']],
    ['disclosure_response_exchange', ['exchange', 'kind', 'disclosure_id', 'issuer', 'open_since']],
    ['disclosure_response_issuer', ['issuer', 'open_since']],
  ] as const) {
    await schema
      .createIndex(name)
      .ifNotExists()
      .on('disclosure_response')
      .columns([...columns])
      .execute();
  }
}

function disclosureRows(entry: ProjectedEntry): readonly DisclosureTable[] {
  const { index, id, issuer, recordedAt, said } = entry;
  if (said?.type !== 'InformationDisclosed') return [];
  const { terms, occurredAt } = said;
  const basis = objectIn(terms['legalBasisTransmit']);
  const common = {
    entry_index: index,
    entry_id: id,
    exchange: textIn(terms, 'exchange') ?? '',
    disclosure_id: textIn(terms, 'disclosureId') ?? '',
    issuer,
    purpose: textIn(terms, 'purpose'),
    legal_basis: textIn(basis, 'code'),
    provision: textIn(basis, 'provision'),
    spontaneous: flag(terms['spontaneous'] === true),
    open_since: openSince({ said }),
    received_since: never,
    feedback_since: never,
    invalidated_since: never,
    occurred_at: occurredAt,
    recorded_at: recordedAt,
  };
  const recipients: readonly string[] = agenciesIn(terms, 'recipients');
  const categories = [...categoriesIn(terms)];
  return (recipients.length > 0 ? [...new Set(recipients)] : ['']).flatMap((recipient) =>
    categories.map(([category, { items, special }]) => ({ ...common, recipient, category, items, special })),
  );
}

/** The manifest by category; one empty category when it is missing altogether. */
function categoriesIn(terms: JsonObject): ReadonlyMap<string, { readonly items: number; readonly special: Flag }> {
  const categories = new Map<string, { items: number; special: Flag }>();
  const items: unknown = terms['items'];
  for (const item of Array.isArray(items) ? items.filter(isObject) : []) {
    const category = textIn(item, 'dataCategory') ?? '';
    const before = categories.get(category) ?? { items: 0, special: 0 };
    const special = isSpecial(item) ? 1 : before.special;
    categories.set(category, { items: before.items + 1, special });
  }
  return categories.size > 0 ? categories : new Map([['', { items: 0, special: 0 }]]);
}

function responseRows({ index, id, issuer, said }: ProjectedEntry): readonly DisclosureResponseTable[] {
  const kind = said && kindOf(said);
  if (!kind) return [];
  const { terms } = said;
  const exchange = textIn(terms, 'exchange') ?? '';
  const about = kind === 'requested' ? '' : (textIn(terms, 'disclosureId') ?? '');
  const since = openSince({ said });
  return [{ entry_index: index, entry_id: id, kind, exchange, disclosure_id: about, issuer, open_since: since }];
}

const kindOf = ({ type }: SaidTerms): ResponseKind | undefined =>
  Object.hasOwn(responses, type) ? responses[type] : undefined;

const objectIn = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : {});
