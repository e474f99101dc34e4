import type { ViewsTransaction } from '../views.js';
import type { FactTable } from './judgement-tables.js';
import type { MatterName } from './matters-of.js';

/** What an agency refers to by the last of its entries that is erased. */
export const lastErasedOf = (agency: string): MatterName => ({ kind: 'erased', id: agency });

/**
 * Keeps the place of the last entry of each agency that is erased: what was owed before it cannot be told from what was
 * done. However it came to be erased, and whether before or after it was read, it is the same one.
 *
 * @returns the agencies of which something more is erased
 */
export async function keepLastErased(
  transaction: ViewsTransaction,
  erased: readonly Pick<FactTable, 'issuer' | 'entry_index'>[],
): Promise<readonly MatterName[]> {
  const changed: MatterName[] = [];
  for (const [issuer, some] of Map.groupBy(erased, (one) => one.issuer)) {
    const known = await transaction
      .selectFrom('matter')
      .select('entry_index')
      .where('matter', '=', issuer)
      .where('kind', '=', 'erased')
      .executeTakeFirst();
    const last = Math.max(...some.map(({ entry_index }) => Number(entry_index)));
    if (known !== undefined && Number(known.entry_index) >= last) continue;
    await transaction.deleteFrom('matter').where('matter', '=', issuer).where('kind', '=', 'erased').execute();
    await transaction.insertInto('matter').values({ matter: issuer, kind: 'erased', entry_index: last }).execute();
    changed.push({ kind: 'agency', id: issuer });
  }
  return changed;
}
