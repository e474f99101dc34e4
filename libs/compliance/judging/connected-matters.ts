import { everyRule } from '../rules/every-rule.js';
import type { ViewsTransaction } from '../views.js';
import { inParts } from './in-parts.js';
import type { MatterName } from './matters-of.js';

/** What of a matter is called what another matter calls it. */
export interface Link {
  readonly from: string;
  readonly from_kind: string;
  readonly handle: string;
  readonly matter: string;
  readonly kind: string;
  /** where in the log something was first called so there */
  readonly since: number;
}

/** An entry elsewhere that calls something what an entry of a matter is called. */
export interface Mention {
  readonly to: string;
  readonly to_kind: string;
  readonly handle: string;
  readonly entry_index: number;
}

/** A matter as rows name it. */
export const named = ({ matter, kind }: { readonly matter: string; readonly kind: string }): MatterName => ({
  kind: kind as MatterName['kind'],
  id: matter,
});

/** Matters that refer to one of these, or that one of these refers to: what is said of them can change with these. */
export async function dependentsOf(
  transaction: ViewsTransaction,
  matters: readonly MatterName[],
): Promise<readonly MatterName[]> {
  const connected = (from: 'own' | 'outward', to: 'own' | 'outward') =>
    inParts(idsOf(matters), (ids) =>
      transaction
        .selectFrom('connection as outward')
        .innerJoin('connection as own', 'own.handle', 'outward.handle')
        .select([`${to}.matter`, `${to}.kind`])
        .distinct()
        .where('own.outward', '=', 0)
        .where('outward.outward', '=', 1)
        .where(`${from}.matter`, 'in', ids)
        .execute(),
    );
  const beside = await inParts(idsOf(matters), (ids) => besides(transaction, 'one', ids).execute());
  return [...(await connected('own', 'outward')), ...(await connected('outward', 'own')), ...beside].map(named);
}

/** What entries of these matters call something that others are called. */
export const linksFrom = (transaction: ViewsTransaction, matters: readonly MatterName[]): Promise<readonly Link[]> =>
  inParts(idsOf(matters), (ids) =>
    transaction
      .selectFrom('connection as outward')
      .innerJoin('connection as own', 'own.handle', 'outward.handle')
      .select(['outward.matter as from', 'outward.kind as from_kind', 'own.handle', 'own.matter', 'own.kind'])
      .select(({ fn }) => fn.min('own.entry_index').as('since'))
      .groupBy(['outward.matter', 'outward.kind', 'own.handle', 'own.matter', 'own.kind'])
      .where('own.outward', '=', 0)
      .where('outward.outward', '=', 1)
      .where('outward.matter', 'in', ids)
      // What follows in a matter names the entry that opened it: that is the matter itself, and links it with nothing.
      .whereRef('own.handle', '!=', 'outward.matter')
      .execute(),
  );

/** Entries of other matters that call something what entries of these are called, or what these call it. */
export const mentionsOf = async (
  transaction: ViewsTransaction,
  matters: readonly MatterName[],
): Promise<readonly Mention[]> => [
  ...(await mentionsOfOwn(transaction, matters)),
  ...(await mentionsBeside(transaction, matters)),
];

const mentionsOfOwn = (transaction: ViewsTransaction, matters: readonly MatterName[]) =>
  inParts(idsOf(matters), (ids) =>
    transaction
      .selectFrom('connection as own')
      .innerJoin('connection as outward', 'outward.handle', 'own.handle')
      .select(['own.matter as to', 'own.kind as to_kind', 'own.handle', 'outward.entry_index'])
      .distinct()
      .where('own.outward', '=', 0)
      .where('outward.outward', '=', 1)
      .where('own.matter', 'in', ids)
      .whereRef('outward.matter', '!=', 'own.matter')
      .execute(),
  );

/** Kinds of matters of which it counts what others say of the same. */
const kindsBeside = everyRule
  .filter(({ readsBeside }) => readsBeside)
  .flatMap(({ about }) => (typeof about === 'string' ? [about] : about));

/** Entries of other matters that name what entries of these name, where that counts. */
async function mentionsBeside(transaction: ViewsTransaction, matters: readonly MatterName[]) {
  const ours = matters.filter(({ kind }) => kindsBeside.includes(kind));
  const rows = await inParts(idsOf(ours), (ids) => besides(transaction, 'other', ids).execute());
  return rows.map(({ matter: to, kind: to_kind, handle, entry_index }) => ({
    to,
    to_kind,
    handle: `beside ${handle}`,
    entry_index,
  }));
}

/** Matters of these kinds that name what entries of other matters name. @param known of which of both the ids are known */
const besides = (transaction: ViewsTransaction, known: 'one' | 'other', ids: readonly string[]) =>
  transaction
    .selectFrom('connection as one')
    .innerJoin('connection as other', 'other.handle', 'one.handle')
    .select(['other.matter', 'other.kind', 'one.handle', 'one.entry_index'])
    .distinct()
    .where('one.outward', '=', 1)
    .where('other.outward', '=', 1)
    .where('other.kind', 'in', kindsBeside)
    .where(`${known}.matter`, 'in', ids)
    .whereRef('one.matter', '!=', 'other.matter');

const idsOf = (matters: readonly MatterName[]): readonly string[] => matters.map(({ id }) => id);
