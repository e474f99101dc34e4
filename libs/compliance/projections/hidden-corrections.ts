import { laterOf, never, openSince } from '#catalogue';
import type { JsonObject } from '#statement';
import type { Selectable } from 'kysely';
import { inParts } from '../judging/in-parts.js';
import type { ViewsTransaction } from '../views.js';
import type { RecordedEntryTable } from './exchanges.js';

type Correction = Selectable<
  Pick<RecordedEntryTable, 'entry_index' | 'entry_id' | 'exchange' | 'corrects' | 'open_since' | 'terms' | 'type'>
> & {
  /** of what it corrects; null: its agency has recorded nothing in this exchange under that id, or it is erased */
  readonly first_since: string | null;
  /** what that corrects itself */
  readonly first_corrects: string | null;
};

/**
 * A correction is never shown apart from what it corrects: it is hidden as long as that is, and always where that is
 * erased or not known in its exchange, in whichever order the two were recorded.
 *
 * @returns exchanges in which that has changed
 */
export async function hideCorrections(
  transaction: ViewsTransaction,
  exchanges: readonly string[],
): Promise<ReadonlySet<string>> {
  const corrections = await correctionsIn(transaction, exchanges);
  const since = openingsOf(corrections);
  const changed = new Set<string>();
  for (const { entry_index, entry_id, exchange, open_since: before } of corrections) {
    const after = since.get(entry_id) ?? never;
    if (after === before) continue;
    changed.add(exchange);
    await transaction
      .updateTable('recorded_entry')
      .set({ open_since: after })
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
      .select(['correction.open_since', 'correction.terms', 'correction.type'])
      .select(['first.open_since as first_since', 'first.corrects as first_corrects'])
      .where('correction.exchange', 'in', some)
      .where('correction.corrects', 'is not', null)
      .execute(),
  );

/** Corrections may be corrected themselves: each waits for the one before it. */
function openingsOf(corrections: readonly Correction[]): ReadonlyMap<string, string> {
  const since = new Map<string, string>();
  for (let before = -1; before !== since.size;) {
    before = since.size;
    for (const { entry_id, corrects, first_since, first_corrects, type, terms } of corrections) {
      const first = first_corrects === null ? first_since : since.get(corrects ?? '');
      if (first === null || first === undefined || since.has(entry_id)) continue;
      const said = { type, terms: JSON.parse(terms ?? '{}') as JsonObject };
      since.set(entry_id, laterOf(openSince({ said }), first));
    }
  }
  return since;
}
