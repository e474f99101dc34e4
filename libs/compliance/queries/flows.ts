import type { AgencyId, Instant } from '#kernel';
import type { Scope } from '../scope.js';
import type { ViewsDatabase } from '../views.js';
import { answer, type Complete } from './answer.js';
import { disclosuresIn, matching, type DisclosureFilter } from './disclosure-filter.js';

/** What went from one body to another in one category. Null: not given. */
export interface Flow {
  readonly from: AgencyId;
  readonly to: AgencyId | null;
  readonly category: string | null;
  readonly disclosures: number;
  /** lines of the manifests */
  readonly items: number;
  /** disclosures with data said to be of a special category */
  readonly special: number;
}

/** Agency by agency by category, sorted by these, within a period of occurrence. */
export async function flows(
  database: ViewsDatabase,
  scope: Scope,
  now: Instant,
  period: Pick<DisclosureFilter, 'from' | 'to'>,
): Promise<Complete & { readonly flows: readonly Flow[] }> {
  return answer(database, scope, now, ['disclosures'], async (transaction) => {
    const rows = await transaction
      .selectFrom('disclosure')
      .select(['issuer', 'recipient', 'category'])
      .select(({ fn }) => [
        fn.countAll().as('disclosures'),
        fn.sum('items').as('items'),
        fn.sum('special').as('special'),
      ])
      .where(disclosuresIn(scope, now))
      .where(matching(period))
      .groupBy(['issuer', 'recipient', 'category'])
      .orderBy('issuer')
      .orderBy('recipient')
      .orderBy('category')
      .execute();
    return {
      flows: rows.map(({ issuer, recipient, category, disclosures, items, special }) => ({
        from: issuer as AgencyId,
        to: (recipient as AgencyId) || null,
        category: category || null,
        disclosures: Number(disclosures),
        items: Number(items),
        special: Number(special),
      })),
    };
  });
}
