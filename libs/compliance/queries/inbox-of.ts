import type { Duty } from '#catalogue';
import type { AgencyId, ExchangeId, Instant } from '#kernel';
import type { ViewsDatabase } from '../views.js';
import { isShown } from '../shown.js';
import { answer, checkedLimit, type Complete } from './answer.js';

/** What waits for an agency. */
export interface InboxLine {
  readonly exchange: ExchangeId;
  readonly owes: Duty;
  /** the disclosure it is about, where there is one */
  readonly about: string | null;
  readonly since: Instant;
}

export type InboxPlace = Pick<InboxLine, 'since' | 'exchange' | 'owes' | 'about'>;

/** What an agency owes the others, longest waiting first. @throws DomainError `invalid-query` */
export async function inboxOf(
  database: ViewsDatabase,
  agency: AgencyId,
  now: Instant,
  { after, limit }: { readonly after?: InboxPlace; readonly limit: number },
): Promise<Complete & { readonly lines: readonly InboxLine[]; readonly next: InboxPlace | null }> {
  const most = checkedLimit(limit);
  return answer(database, { kind: 'agency', agency }, now, ['exchanges'], async (transaction) => {
    let query = transaction.selectFrom('turn').selectAll().where('agency', '=', agency).where(isShown(now));
    if (after) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('since', 'exchange', 'owes', 'about'),
          '>',
          tuple(after.since, after.exchange, after.owes, after.about ?? ''),
        ),
      );
    }
    const found = await query
      .orderBy('since')
      .orderBy('exchange')
      .orderBy('owes')
      .orderBy('about')
      .limit(most + 1)
      .execute();
    const lines = found.slice(0, most).map(({ exchange, owes, about, since }) => ({
      exchange: exchange as ExchangeId,
      owes: owes as Duty,
      about: about || null,
      since: since as Instant,
    }));
    return { lines, next: found.length > most ? (lines.at(-1) ?? null) : null };
  });
}
