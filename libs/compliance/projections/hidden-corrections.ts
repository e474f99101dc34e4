import type { JsonObject } from '#statement';
import type { Selectable } from 'kysely';
import { inParts } from '../judging/in-parts.js';
import { flag, type ViewsTransaction } from '../views.js';
import { hidden } from '../visibility.js';
import type { RecordedEntryTable } from './exchanges.js';

type Correction = Selectable<
  Pick<RecordedEntryTable, 'entry_index' | 'entry_id' | 'exchange' | 'corrects' | 'hidden' | 'terms'>
> & {
  /** of what it corrects; null: its agency has recorded nothing in this exchange under that id, or it is erased */
  readonly first_hidden: number | null;
  /** what that corrects itself */
  readonly first_corrects: string | null;
};

/**
 * A correction is never shown apart from what it corrects: it is hidden as long as that is, is erased, or is not known
 * in its exchange, in whichever order the two were recorded.
 *
 * @returns exchanges in which that has changed
 */
export async function hideCorrections(
  transaction: ViewsTransaction,
  exchanges: readonly string[],
): Promise<ReadonlySet<string>> {
  const corrections = await correctionsIn(transaction, exchanges);
  const shown = shownOf(corrections);
  const changed = new Set<string>();
  for (const { entry_index, entry_id, exchange, hidden: before } of corrections) {
    const after = flag(!shown.has(entry_id));
    if (after === before) continue;
    changed.add(exchange);
    await transaction
      .updateTable('recorded_entry')
      .set({ hidden: after })
      .where('entry_index', '=', entry_index)
      .execute();
  }
  return changed;
}

const correctionsIn = (transaction: ViewsTransaction, exchanges: readonly string[]): Promise<readonly Correction[]> =>
  inParts(exchanges, (some) =>
    transaction
      .selectFrom('recorded_entry as correction')
      .leftJoin('recorded_entry as first', (join) =>
        join
          .onRef('first.entry_id', '=', 'correction.corrects')
          .onRef('first.exchange', '=', 'correction.exchange')
          .onRef('first.issuer', '=', 'correction.issuer'),
      )
      .select(['correction.entry_index', 'correction.entry_id', 'correction.exchange', 'correction.corrects'])
      .select(['correction.hidden', 'correction.terms'])
      .select(['first.hidden as first_hidden', 'first.corrects as first_corrects'])
      .where('correction.exchange', 'in', some)
      .where('correction.corrects', 'is not', null)
      .execute(),
  );

/** Corrections may be corrected themselves: each waits for the one before it. */
function shownOf(corrections: readonly Correction[]): ReadonlySet<string> {
  const shown = new Set<string>();
  const open = corrections.filter(({ terms }) => hidden(JSON.parse(terms ?? '{}') as JsonObject) === 0);
  for (let before = -1; before !== shown.size;) {
    before = shown.size;
    for (const { entry_id, corrects, first_hidden, first_corrects } of open) {
      const isShown = first_corrects === null ? first_hidden === 0 : shown.has(corrects ?? '');
      if (isShown) shown.add(entry_id);
    }
  }
  return shown;
}
