import { always } from '#catalogue';
import type { AgencyId } from '#kernel';
import { insertRows } from '../insert-rows.js';
import { partsOfIds } from '../judging/in-parts.js';
import type { MatterName } from '../judging/matters-of.js';
import type { Matter } from '../rules/matter.js';
import type { ViewsTransaction } from '../views.js';
import { correctionsIn, knownTo, openings, partiesOf } from './known-to.js';

/**
 * Who knows of a correction that others recorded, wherever it stands, by which matter, and from when on. It follows
 * what it corrects: neither is it for all who take part where it was recorded, nor for them alone.
 */
export interface CorrectionPartyTable {
  readonly matter: string;
  readonly kind: string;
  readonly entry_index: number;
  readonly agency: string;
  /** empty: always */
  readonly shown_from: string;
}

export async function createCorrectionParties({ schema }: ViewsTransaction): Promise<void> {
  await schema
    .createTable('correction_party')
    .ifNotExists()
    .addColumn('matter', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('entry_index', 'bigint', (column) => column.notNull())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('shown_from', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('correction_party_key', ['matter', 'kind', 'entry_index', 'agency'])
    .execute();
  await schema
    .createIndex('correction_party_entry')
    .ifNotExists()
    .on('correction_party')
    .columns(['entry_index', 'agency'])
    .execute();
}

/** Writes anew who knows of the corrections in these matters and beside them. Most matters have none. */
export async function writeCorrectionParties(
  transaction: ViewsTransaction,
  everybody: ReadonlyMap<Matter, readonly AgencyId[]>,
): Promise<void> {
  const fresh = new Map(
    [...everybody]
      .flatMap(([matter, members]) => correctionParties(matter, members))
      .map((row) => [JSON.stringify(row), row]),
  );
  for (const { matter, kind, entry_index, agency, shown_from } of await known(transaction, [...everybody.keys()])) {
    const row = { matter, kind, entry_index: Number(entry_index), agency, shown_from };
    if (fresh.delete(JSON.stringify(row))) continue;
    await transaction
      .deleteFrom('correction_party')
      .where('matter', '=', matter)
      .where('kind', '=', kind)
      .where('entry_index', '=', entry_index)
      .where('agency', '=', agency)
      .execute();
  }
  await insertRows(transaction, 'correction_party', [...fresh.values()]);
}

function correctionParties(matter: Matter, everybody: readonly AgencyId[]): readonly CorrectionPartyTable[] {
  if (correctionsIn(matter).length === 0) return [];
  const { id, kind } = matter;
  return [...partiesOf(matter, everybody).keys()].flatMap((agency) => {
    const rows = new Map<number, CorrectionPartyTable>();
    for (const shown_from of [always, ...openings(matter)]) {
      for (const { index, issuer } of correctionsIn(knownTo(agency, matter, shown_from))) {
        if (issuer === agency || rows.has(index)) continue;
        rows.set(index, { matter: id, kind, entry_index: index, agency, shown_from });
      }
    }
    return [...rows.values()];
  });
}

async function known(
  transaction: ViewsTransaction,
  matters: readonly MatterName[],
): Promise<readonly CorrectionPartyTable[]> {
  const rows: CorrectionPartyTable[] = [];
  for (const [kind, some] of Map.groupBy(matters, (matter) => matter.kind)) {
    for (const ids of partsOfIds(some.map(({ id }) => id))) {
      const asked = transaction.selectFrom('correction_party').selectAll();
      rows.push(...(await asked.where('matter', 'in', ids).where('kind', '=', kind).execute()));
    }
  }
  return rows;
}
