import { agencyIn, textIn } from '#catalogue';
import { insertRows } from '../insert-rows.js';
import type { ProjectedEntry, Projection } from '../projection.js';
import { flag, type Flag } from '../views.js';

/** One row per look at entries, or export of them. Which member of staff it was stands in a block no view opens. */
export interface AccessTable {
  readonly entry_index: number;
  readonly entry_id: string;
  readonly type: string;
  /** empty where it is missing */
  readonly accessor: string;
  /** who recorded what was looked at; empty where it was no single entry */
  readonly owner: string;
  readonly looked_at: string | null;
  readonly role: string | null;
  readonly purpose: string | null;
  /** the owner does not learn of it yet */
  readonly hidden: Flag;
  readonly occurred_at: string;
}

/** Who looked, and why. */
export const accesses: Projection = {
  name: 'accesses',
  version: 1,
  order: 'exchange',
  tables: ['access'],

  async migrate({ schema }) {
    await schema
      .createTable('access')
      .ifNotExists()
      .addColumn('entry_index', 'bigint', (column) => column.primaryKey())
      .addColumn('entry_id', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('accessor', 'text', (column) => column.notNull())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('looked_at', 'text')
      .addColumn('role', 'text')
      .addColumn('purpose', 'text')
      .addColumn('hidden', 'integer', (column) => column.notNull())
      .addColumn('occurred_at', 'text', (column) => column.notNull())
      .execute();
    for (const [name, columns] of [
      ['access_entry', ['entry_id']],
      ['access_accessor', ['accessor', 'entry_index']],
      ['access_owner', ['owner', 'entry_index']],
    ] as const) {
      await schema
        .createIndex(name)
        .ifNotExists()
        .on('access')
        .columns([...columns])
        .execute();
    }
  },

  async apply(transaction, entries) {
    await insertRows(transaction, 'access', entries.flatMap(accessRows));
  },

  async erase(transaction, ids) {
    await transaction.deleteFrom('access').where('entry_id', 'in', ids).execute();
  },
};

function accessRows({ index, id, said }: ProjectedEntry): readonly AccessTable[] {
  if (said?.type !== 'LedgerAccessed' && said?.type !== 'ExportIssued') return [];
  const { type, occurredAt, terms } = said;
  return [
    {
      entry_index: index,
      entry_id: id,
      type,
      accessor: agencyIn(terms, type === 'LedgerAccessed' ? 'agency' : 'recipient') ?? '',
      owner: agencyIn(terms, 'owner') ?? '',
      looked_at: textIn(terms, 'entry'),
      role: textIn(terms, 'role'),
      purpose: textIn(terms, 'accessPurpose'),
      // What does not say that its owner may know of it stays hidden.
      hidden: flag(terms['hiddenFromOwner'] !== false),
      occurred_at: occurredAt,
    },
  ];
}
