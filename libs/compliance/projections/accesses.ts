import { agenciesIn, agencyIn, numberIn, textIn } from '#catalogue';
import { insertRows } from '../insert-rows.js';
import type { ProjectedEntry, Projection, SaidTerms } from '../projection.js';
import { textsOf } from '../rules/matter.js';
import { flag, type Flag } from '../views.js';

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
  /** JSON list: who recorded what was looked at; of an export, whose entries it holds; none where it was a search */
  readonly owners: string;
  readonly looked_at: string | null;
  readonly role: string | null;
  readonly purpose: string | null;
  /** owners do not learn of it yet */
  readonly hidden: Flag;
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

/** Whom a look concerns: who looked, and each whose entries were looked at. */
export interface AccessPartyTable {
  readonly entry_index: number;
  readonly agency: string;
  /** it does not learn of it yet; who supervises it does */
  readonly hidden: Flag;
  /** of the look: parties are read in its order */
  readonly occurred_at: string;
}

/** Who looked, and why. */
export const accesses: Projection = {
  name: 'accesses',
  version: 3,
  order: 'exchange',
  tables: ['access', 'access_party'],

  async migrate({ schema }) {
    await schema
      .createTable('access')
      .ifNotExists()
      .addColumn('entry_index', 'bigint', (column) => column.primaryKey())
      .addColumn('entry_id', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('accessor', 'text', (column) => column.notNull())
      .addColumn('owners', 'text', (column) => column.notNull())
      .addColumn('looked_at', 'text')
      .addColumn('role', 'text')
      .addColumn('purpose', 'text')
      .addColumn('hidden', 'integer', (column) => column.notNull())
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
    await schema
      .createTable('access_party')
      .ifNotExists()
      .addColumn('entry_index', 'bigint', (column) => column.notNull())
      .addColumn('agency', 'text', (column) => column.notNull())
      .addColumn('hidden', 'integer', (column) => column.notNull())
      .addColumn('occurred_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('access_party_key', ['entry_index', 'agency'])
      .execute();
    for (const [name, table, columns] of [
      ['access_entry', 'access', ['entry_id']],
      ['access_order', 'access', ['occurred_at', 'entry_index']],
      ['access_party_agency', 'access_party', ['agency', 'occurred_at', 'entry_index', 'hidden']],
    ] as const) {
      await schema
        .createIndex(name)
        .ifNotExists()
        .on(table)
        .columns([...columns])
        .execute();
    }
  },

  async apply(transaction, stretch) {
    for await (const entries of stretch) {
      const rows = entries.flatMap(accessRows);
      await insertRows(transaction, 'access', rows);
      await insertRows(transaction, 'access_party', rows.flatMap(partiesOf));
    }
  },

  async erase(transaction, ids) {
    const gone = transaction.selectFrom('access').select('entry_index').where('entry_id', 'in', ids);
    await transaction.deleteFrom('access_party').where('entry_index', 'in', gone).execute();
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
      owners: JSON.stringify([...new Set(agenciesIn(terms, 'owner', 'owners'))]),
      looked_at: textIn(terms, 'entry'),
      role: textIn(terms, 'role'),
      purpose: textIn(terms, 'accessPurpose'),
      // What does not say that its owner may know of it stays hidden.
      hidden: flag(!resolved && terms['hiddenFromOwner'] !== false),
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

function partiesOf({ entry_index, accessor, owners, hidden, occurred_at }: AccessTable): readonly AccessPartyTable[] {
  const others = (JSON.parse(owners) as readonly string[]).filter((owner) => owner !== accessor);
  return [
    ...(accessor === '' ? [] : [{ entry_index, agency: accessor, hidden: flag(false), occurred_at }]),
    ...others.map((agency) => ({ entry_index, agency, hidden, occurred_at })),
  ];
}

function kindOf({ type, terms }: SaidTerms): AccessKind {
  if (type === 'ExportIssued') return 'export';
  if (type === 'IdentityResolved') return 'identity';
  return textIn(terms, 'entry') === null ? 'search' : 'look';
}
