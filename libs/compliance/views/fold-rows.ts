import { insertRows } from '../insert-rows.js';
import { partsOfIds, type LoadedMatter } from '../judging/judged-matters.js';
import { flag, type ViewsTransaction } from '../views.js';
import { everyRowsView } from './every-view.js';
import { partiesOf } from './known-to.js';
import { rowsOf, type SeenRow } from './rows-of.js';
import { orderingOf } from './sorted.js';
import type { Cell, RowsView } from './view.js';
import type { ViewRowTable } from './view-rows.js';

/** Writes the rows of these matters anew, in every view. */
export async function foldRows(
  transaction: ViewsTransaction,
  matters: readonly LoadedMatter[],
  views: readonly RowsView[] = everyRowsView,
): Promise<void> {
  for (const [kind, some] of Map.groupBy(matters, (matter) => matter.kind)) {
    for (const ids of partsOfIds(some.map(({ id }) => id))) {
      for (const table of ['view_row', 'matter_party'] as const) {
        await transaction.deleteFrom(table).where('matter', 'in', ids).where('kind', '=', kind).execute();
      }
    }
  }
  await insertRows(
    transaction,
    'matter_party',
    matters.flatMap((matter) =>
      [...partiesOf(matter)].map((agency) => ({ matter: matter.id, kind: matter.kind, agency })),
    ),
  );
  await insertRows(
    transaction,
    'view_row',
    matters.flatMap((matter) => views.flatMap((view) => rowsOf(view, matter).map((row) => stored(view, matter, row)))),
  );
}

function stored(view: RowsView, matter: LoadedMatter, row: SeenRow): ViewRowTable {
  const { agency, key, entry, cells, shownFrom, shownUntil, restsOnHidden } = row;
  const { by } = view.order;
  return {
    view: view.name,
    id: storable([agency, key, matter.kind, matter.id, shownFrom].join(' ')),
    agency,
    key: storable(key),
    matter: matter.id,
    kind: matter.kind,
    entry_id: entry,
    entry_index: matter.entries.find(({ id }) => id === entry)?.index ?? null,
    shown_from: shownFrom,
    shown_until: shownUntil,
    rests_on_hidden: flag(restsOnHidden),
    ordering: storable(orderingOf(view.columns[by]?.kind ?? 'text', cells[by] ?? null)),
    cells: JSON.stringify(cells, (_, value: Cell) => (typeof value === 'string' ? storable(value) : value)),
  };
}

/** PostgreSQL has no U+0000 and no lone surrogates in texts. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\u{FFFD}');
