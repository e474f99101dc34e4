import { sql } from 'kysely';
import type { EntryId } from '#kernel';
import { insertRows } from '../insert-rows.js';
import type { Given, ProjectedEntry } from '../projection.js';
import type { RegistryThen } from '../registry/registry-history.js';
import type { ViewsTransaction } from '../views.js';
import { dayOf } from './days.js';
import { dependentsOf, named } from './connected-matters.js';
import { partsOfIds } from './in-parts.js';
import { distinct } from './judged-matters.js';
import { keepLastErased } from './last-erased.js';
import type { ConnectionTable, FactTable, MatterTable } from './judgement-tables.js';
import { connectionsOf, type MatterName } from './matters-of.js';
import { passOnNames, receiptConnections, repeatedReceipts } from './receipt-connections.js';

/** Keeps entries, where they belong and what they refer to. @returns the matters that are not what they were */
export async function keep(
  transaction: ViewsTransaction,
  entries: readonly ProjectedEntry[],
  given: Given,
): Promise<readonly MatterName[]> {
  const facts: readonly FactTable[] = await factsFrom(entries, given);
  const first = await firstOfDays(transaction, facts);
  await insertRows(transaction, 'fact', facts);
  const repeated = await repeatedReceipts(transaction, entries);
  const connected = entries.map((entry) => {
    const { matters: names, handles, references } = connectionsOf(entry);
    const ofReceipts = receiptConnections(entry, repeated.has(entry.index));
    return {
      index: entry.index,
      matters: names,
      handles: [...handles, ...ofReceipts.handles],
      references: [...references, ...ofReceipts.references],
    };
  });
  const matters = [
    ...connected.flatMap(({ index, matters: names }) =>
      names.map(({ kind, id }): MatterTable => ({ matter: id, kind, entry_index: index })),
    ),
    ...first,
  ];
  await insertRows(transaction, 'matter', matters);
  await insertRows(
    transaction,
    'connection',
    connected.flatMap(({ index, matters: names, handles, references }) =>
      // What is said of an agency as a whole rests on its own entries alone, and nothing refers to all of them.
      names
        .filter(({ kind }) => kind !== 'agency')
        .flatMap(({ kind, id }) =>
          [handles, references].flatMap((called, outward) =>
            called.map((handle): ConnectionTable => ({ handle, outward, matter: id, kind, entry_index: index })),
          ),
        ),
    ),
  );
  const erased = await keepLastErased(
    transaction,
    facts.filter(({ said }) => said === null),
  );
  return distinct([...matters.map(named), ...erased]);
}

async function factsFrom(entries: readonly ProjectedEntry[], given: Given): Promise<readonly FactTable[]> {
  const inForce = new Map<number, RegistryThen>();
  for (const size of new Set(entries.map(({ registry }) => registry))) inForce.set(size, await given.registryAt(size));
  return entries.map((entry) => {
    const { index, id, issuer, recordedAt, registry, said } = entry;
    const then = inForce.get(registry);
    return {
      entry_index: index,
      entry_id: id,
      issuer,
      recorded_at: recordedAt,
      registry,
      day: then === undefined ? null : dayOf(entry, then),
      said: said === null ? null : JSON.stringify(said),
    };
  });
}

/** Of these entries those that are the first of a day: they stand in the matter of their agency. */
async function firstOfDays(
  transaction: ViewsTransaction,
  facts: readonly FactTable[],
): Promise<readonly MatterTable[]> {
  const first = new Map<string, FactTable>();
  for (const fact of facts) if (fact.day !== null && !first.has(fact.day)) first.set(fact.day, fact);
  for (const days of partsOfIds([...first.keys()])) {
    // A day has many entries: one is looked for, not all of them.
    const asked = sql.join(days.map((day) => sql`(${day})`));
    const known = await sql<{ readonly day: string }>`
      SELECT asked.column1 AS day FROM (VALUES ${asked}) AS asked
      WHERE EXISTS (SELECT 1 FROM fact WHERE fact.day = asked.column1)`.execute(transaction);
    for (const { day } of known.rows) first.delete(day);
  }
  return [...first.values()].map(ofItsAgency);
}

/**
 * What stays of an erased entry is its place, and its exchange where it had one. What it opened or followed in stood in
 * its terms alone: who builds the views anew from the log cannot know it any more, so it does not stay here either. A
 * request whose answer is erased is one without answer therefore, and only its exchange says that something is missing.
 *
 * @returns where it stood, and what referred to it: nothing refers to it any more
 */
export async function forget(transaction: ViewsTransaction, ids: readonly EntryId[]): Promise<readonly MatterName[]> {
  const rows = await transaction
    .selectFrom('fact')
    .innerJoin('matter', 'matter.entry_index', 'fact.entry_index')
    .select(['fact.entry_index', 'fact.entry_id', 'fact.issuer', 'fact.day', 'matter.matter', 'matter.kind'])
    .where('fact.entry_id', 'in', ids)
    .where('matter.kind', '!=', 'erased')
    .execute();
  const indexes = [...new Set(rows.map(({ entry_index }) => entry_index))];
  if (indexes.length === 0) return [];
  const touched = distinct(rows.map(named));
  const dependents = await dependentsOf(transaction, touched);
  await transaction.updateTable('fact').set({ said: null, day: null }).where('entry_index', 'in', indexes).execute();
  await transaction
    .deleteFrom('matter')
    .where('entry_index', 'in', indexes)
    .where('kind', 'not in', ['exchange', 'erased'])
    .execute();
  const called: string[] = [];
  for (const names of partsOfIds(touched.map(({ id }) => id))) {
    const own = transaction
      .selectFrom('connection')
      .select('handle')
      .where('matter', 'in', names)
      .where('outward', '=', 0);
    for (const { handle } of await own.where('entry_index', 'in', indexes).execute()) called.push(handle);
    await transaction
      .deleteFrom('connection')
      .where('matter', 'in', names)
      .where('entry_index', 'in', indexes)
      .execute();
  }
  await passOnNames(transaction, called);
  await insertRows(
    transaction,
    'connection',
    rows
      .filter(({ kind }) => kind === 'exchange')
      .map(({ entry_index, entry_id, matter, kind }) => ({ handle: entry_id, outward: 0, matter, kind, entry_index })),
  );
  await promote(
    transaction,
    rows.flatMap(({ day }) => day ?? []),
  );
  return [...touched, ...dependents, ...(await keepLastErased(transaction, rows))];
}

/** What is the first entry of a day now stands for it. */
async function promote(transaction: ViewsTransaction, all: readonly string[]): Promise<void> {
  for (const days of partsOfIds(all)) {
    const first = await transaction
      .selectFrom('fact')
      .select(['issuer', ({ fn }) => fn.min('entry_index').as('entry_index')])
      .where('day', 'in', days)
      .groupBy(['day', 'issuer'])
      .execute();
    if (first.length === 0) continue;
    await transaction
      .insertInto('matter')
      .values(first.map(ofItsAgency))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

const ofItsAgency = ({ issuer, entry_index }: Pick<FactTable, 'issuer' | 'entry_index'>): MatterTable => ({
  matter: issuer,
  kind: 'agency',
  entry_index,
});
