import type { Shown } from '../shown.js';
import type { ViewsTransaction } from '../views.js';

/** One row of a view, as one agency sees it for some time. */
export interface ViewRowTable extends Shown {
  /** name of the view */
  readonly view: string;
  /** unique in the view; rows that are ordered alike stand in its order */
  readonly id: string;
  readonly agency: string;
  readonly key: string;
  readonly matter: string;
  readonly kind: string;
  readonly entry_id: string;
  /** null for an entry of another matter */
  readonly entry_index: number | null;
  /** what the view is ordered by when nobody says otherwise */
  readonly ordering: string;
  /** JSON; read as text */
  readonly cells: string;
}

/** Which agencies may know something of a matter, and from when on. */
export interface MatterPartyTable {
  readonly matter: string;
  readonly kind: string;
  readonly agency: string;
  /** empty: always */
  readonly shown_from: string;
}

export async function createViewRows({ schema }: ViewsTransaction): Promise<void> {
  await schema
    .createTable('view_row')
    .ifNotExists()
    .addColumn('view', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('matter', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('entry_id', 'text', (column) => column.notNull())
    .addColumn('entry_index', 'bigint')
    .addColumn('shown_from', 'text', (column) => column.notNull())
    .addColumn('shown_until', 'text')
    .addColumn('ordering', 'text', (column) => column.notNull())
    .addColumn('cells', 'json', (column) => column.notNull())
    .addPrimaryKeyConstraint('view_row_key', ['view', 'id'])
    .execute();
  await schema
    .createTable('matter_party')
    .ifNotExists()
    .addColumn('matter', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('shown_from', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('matter_party_key', ['matter', 'kind', 'agency'])
    .execute();
  for (const [name, table, columns] of [
    ['view_row_matter', 'view_row', ['matter', 'kind']],
    ['view_row_agency', 'view_row', ['view', 'agency', 'ordering', 'id']],
    ['view_row_ordering', 'view_row', ['view', 'ordering', 'id']],
    ['matter_party_agency', 'matter_party', ['agency', 'kind']],
  ] as const) {
    await schema
      .createIndex(name)
      .ifNotExists()
      .on(table)
      .columns([...columns])
      .execute();
  }
}
