import { partsOfIds } from '../judging/in-parts.js';
import { responded } from '../queries/responses.js';
import type { Scope } from '../scope.js';
import { flag, type ViewsTransaction } from '../views.js';
import type { DisclosureResponseTable, DisclosureTable } from './disclosures.js';

/** What everybody knows who knows of the disclosure. */
const openly: Scope = { kind: 'competent', agencies: [] };

/** Notes with the disclosures of these exchanges what was recorded about them: whoever counts them need not look. */
export async function noteAnswers(transaction: ViewsTransaction, exchanges: Iterable<string>): Promise<void> {
  for (const ids of partsOfIds(exchanges)) {
    await transaction
      .updateTable('disclosure')
      .set((rows) => {
        const isReceived = responded(rows, 'received', openly);
        const isAnswered = rows.or([responded(rows, 'feedback', openly), responded(rows, 'invalidated', openly)]);
        return {
          received: rows.case().when(isReceived).then(flag(true)).else(flag(false)).end(),
          answered: rows.case().when(isAnswered).then(flag(true)).else(flag(false)).end(),
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
