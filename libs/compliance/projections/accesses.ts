import { agencyIn, numberIn, textIn } from '#catalogue';
import { insertRows } from '../insert-rows.js';
import type { ProjectedEntry, Projection, SaidTerms } from '../projection.js';
import { textsOf } from '../rules/matter.js';
import { flag, type Flag } from '../views.js';
import { hidden } from '../visibility.js';

export type AccessKind = 'export' | 'identity' | 'look' | 'search';

/**
 * One row per look at entries, search among them, export of them, and identity that was resolved. Which member of staff
 * it was stands in a block no view opens.
 */
export interface AccessTable {
  readonly entry_index: number;
  readonly entry_id: string;
  readonly type: string;
  readonly kind: AccessKind;
  /** empty where it is missing */
  readonly accessor: string;
  /** who recorded what was looked at; empty where it was no single entry */
  readonly owner: string;
  readonly looked_at: string | null;
  readonly role: string | null;
  readonly purpose: string | null;
  /** the owner does not learn of it yet */
  readonly hidden: Flag;
  /** it is the accessor's alone: what it recorded itself and keeps from everybody */
  readonly own_only: Flag;
  /** JSON list of the blocks that were opened */
  readonly blocks: string;
  /** how many entries a search found */
  readonly matches: number | null;
  /** whose identity it was */
  readonly identity: string | null;
  readonly given_to: string | null;
  readonly profile: string | null;
  readonly log: string | null;
  /** of an export: index of the first leaf, and after the last */
  readonly first_leaf: number | null;
  readonly beyond_leaf: number | null;
  readonly occurred_at: string;
}

/** Who looked, and why. */
export const accesses: Projection = {
  name: 'accesses',
  version: 2,
  order: 'exchange',
  tables: ['access'],

  async migrate({ schema }) {
    await schema
      .createTable('access')
      .ifNotExists()
      .addColumn('entry_index', 'bigint', (column) => column.primaryKey())
      .addColumn('entry_id', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('accessor', 'text', (column) => column.notNull())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('looked_at', 'text')
      .addColumn('role', 'text')
      .addColumn('purpose', 'text')
      .addColumn('hidden', 'integer', (column) => column.notNull())
      .addColumn('own_only', 'integer', (column) => column.notNull())
      .addColumn('blocks', 'text', (column) => column.notNull())
      .addColumn('matches', 'bigint')
      .addColumn('identity', 'text')
      .addColumn('given_to', 'text')
      .addColumn('profile', 'text')
      .addColumn('log', 'text')
      .addColumn('first_leaf', 'bigint')
      .addColumn('beyond_leaf', 'bigint')
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

const types = new Set(['LedgerAccessed', 'ExportIssued', 'IdentityResolved']);

function accessRows({ index, id, issuer, said }: ProjectedEntry): readonly AccessTable[] {
  if (said === null || !types.has(said.type)) return [];
  const { type, occurredAt, terms } = said;
  const resolved = type === 'IdentityResolved';
  return [
    {
      entry_index: index,
      entry_id: id,
      type,
      kind: kindOf(said),
      accessor: resolved ? issuer : (agencyIn(terms, type === 'ExportIssued' ? 'recipient' : 'agency') ?? ''),
      owner: agencyIn(terms, 'owner') ?? '',
      looked_at: textIn(terms, 'entry'),
      role: textIn(terms, 'role'),
      purpose: textIn(terms, 'accessPurpose'),
      // What does not say that its owner may know of it stays hidden.
      hidden: flag(!resolved && terms['hiddenFromOwner'] !== false),
      own_only: resolved ? hidden(terms) : flag(false),
      blocks: JSON.stringify(textsOf(terms, 'blocks')),
      matches: numberIn(terms, 'matches'),
      identity: resolved ? textIn(terms, 'kind') : null,
      given_to: agencyIn(terms, 'givenTo'),
      profile: textIn(terms, 'profile'),
      log: textIn(terms, 'log'),
      first_leaf: numberIn(terms, 'from'),
      beyond_leaf: numberIn(terms, 'to'),
      occurred_at: occurredAt,
    },
  ];
}

function kindOf({ type, terms }: SaidTerms): AccessKind {
  if (type === 'ExportIssued') return 'export';
  if (type === 'IdentityResolved') return 'identity';
  return textIn(terms, 'entry') === null ? 'search' : 'look';
}
