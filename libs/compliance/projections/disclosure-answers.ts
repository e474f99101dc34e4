import { never } from '#catalogue';
import { partsOfIds } from '../judging/in-parts.js';
import { responsesTo } from '../queries/responses.js';
import type { ViewsTransaction } from '../views.js';
import type { DisclosureResponseTable, DisclosureTable, ResponseKind } from './disclosures.js';

/**
 * Notes with the disclosures of these exchanges since when everybody may know, who knows of them, what was recorded
 * about them: whoever counts them need not look.
 */
export async function noteAnswers(transaction: ViewsTransaction, exchanges: Iterable<string>): Promise<void> {
  for (const ids of partsOfIds(exchanges)) {
    await transaction
      .updateTable('disclosure')
      .set((rows) => {
        const since = (kind: ResponseKind) => {
          const first = responsesTo(rows, kind).select(({ fn }) => fn.min('response.open_since').as('since'));
          return rows.fn.coalesce(first, rows.val(never));
        };
        return {
          received_since: since('received'),
          feedback_since: since('feedback'),
          invalidated_since: since('invalidated'),
        };
      })
      .where('exchange', 'in', ids)
      .execute();
  }
}

/** In which exchanges disclosures meet what was recorded about them, once these are: in whatever order they came. */
export async function exchangesMet(
  transaction: ViewsTransaction,
  disclosures: readonly DisclosureTable[],
  responses: readonly DisclosureResponseTable[],
): Promise<ReadonlySet<string>> {
  const met = new Set(responses.filter(({ kind }) => kind !== 'requested').map(({ exchange }) => exchange));
  const others = disclosures.map(({ exchange }) => exchange).filter((exchange) => !met.has(exchange));
  for (const ids of partsOfIds(others)) {
    const found = await transaction
      .selectFrom('disclosure_response')
      .select('exchange')
      .distinct()
      .where('exchange', 'in', ids)
      .where('kind', '!=', 'requested')
      .execute();
    for (const { exchange } of found) met.add(exchange);
  }
  return met;
}
