import { sql, type Generated, type Kysely } from 'kysely';
import type { Projection } from '../projection.js';
import { createQuarantine } from '../quarantine.js';
import { createSavedPositions, leavesHeld, resetPosition } from '../saved-positions.js';
import type { ViewsDatabase, ViewsTransaction } from '../views.js';
import { buildWall } from './audience-policies.js';

/**
 * All views, built from the beginning by these versions of their projections, in a schema of their own. `building`:
 * beside the one that is read. `active`: the one that is read. `retired`: read before, kept as it is so that one can go
 * back.
 */
export interface Generation {
  readonly number: number;
  readonly state: 'building' | 'active' | 'retired';
  /** by name of the projection */
  readonly versions: Readonly<Record<string, number>>;
}

/** What was asked of a generation cannot be done; nothing was changed. */
export class GenerationRefused extends Error {
  override readonly name = 'GenerationRefused';

  constructor(readonly reason: 'unknown' | 'active' | 'behind' | 'nothing-before' | 'in-the-way') {
    super(`the generation of views: ${reason}`);
  }
}

type ControlTables = {
  readonly 'nachweis_control.generation': {
    readonly number: Generated<number>;
    readonly state: Generation['state'];
    readonly replaced: Generated<number | null>;
  };
  readonly 'nachweis_control.generation_projection': {
    readonly generation: number;
    readonly name: string;
    readonly version: number;
  };
};

export const schemaOf = (generation: number): string => `views_${generation}`;

/** Every generation there is, oldest first. Any role may ask. */
export async function listGenerations(database: ViewsDatabase): Promise<readonly Generation[]> {
  const rows = await control(database)
    .selectFrom('nachweis_control.generation')
    .leftJoin('nachweis_control.generation_projection', 'generation', 'number')
    .select(['number', 'state', 'name', 'version'])
    .orderBy('number')
    .orderBy('name')
    .execute();
  const found = new Map<number, Generation>();
  for (const { number, state, name, version } of rows) {
    const { versions = {} } = found.get(number) ?? {};
    found.set(number, { number, state, versions: name === null ? versions : { ...versions, [name]: Number(version) } });
  }
  return [...found.values()];
}

/** @returns the one that is read; null before the first was made */
export async function activeGeneration(database: ViewsDatabase): Promise<Generation | null> {
  return (await listGenerations(database)).find(({ state }) => state === 'active') ?? null;
}

/** Whether exactly these versions of these projections build the generation: nobody else may write to it. */
export const isBuiltBy = (
  { versions }: Generation,
  projections: readonly Pick<Projection, 'name' | 'version'>[],
): boolean =>
  projections.length === Object.keys(versions).length &&
  projections.every(({ name, version }) => Object.hasOwn(versions, name) && versions[name] === version);

/**
 * Makes the empty tables of a new generation, beside the others. The first one is active at once: there is nothing it
 * could take the place of. Needs the role that owns the views, as everything below does.
 *
 * @param partitions of the record stream; a projection that needs the order of the log follows it in one
 */
export async function createGeneration(
  database: ViewsDatabase,
  projections: readonly Projection[],
  partitions: number,
): Promise<Generation> {
  return administered(database, async (transaction, before) => {
    const state = before.some((one) => one.state === 'active') ? 'building' : 'active';
    const { number } = await control(transaction)
      .insertInto('nachweis_control.generation')
      .values({ state })
      .returning('number')
      .executeTakeFirstOrThrow();
    const versions = projections.map(({ name, version }) => ({ generation: number, name, version }));
    if (versions.length > 0) {
      await control(transaction).insertInto('nachweis_control.generation_projection').values(versions).execute();
    }
    await createTables(transaction, schemaOf(number), projections, partitions);
    return { number, state, versions: Object.fromEntries(projections.map(({ name, version }) => [name, version])) };
  });
}

/**
 * Makes readers read this generation from their next transaction on. The one they read before is kept as it is.
 *
 * @throws GenerationRefused `behind` when it holds less than the one it is to replace
 */
export async function switchTo(database: ViewsDatabase, number: number): Promise<void> {
  await administered(database, async (transaction, generations) => {
    const next = known(generations, number);
    const active = generations.find(({ state }) => state === 'active');
    if (next === active) return;
    if (active && (await heldBy(transaction, next)) < (await heldBy(transaction, active))) {
      throw new GenerationRefused('behind');
    }
    await countTables(transaction, number);
    await activate(transaction, number);
    await control(transaction)
      .updateTable('nachweis_control.generation')
      .set({ replaced: active?.number ?? null })
      .where('number', '=', number)
      .execute();
  });
}

/**
 * Has a retired generation folded further, from where it was left, by projectors of its versions: nobody could go
 * forward to it again otherwise once the log is longer. Another one is left as it is.
 *
 * @throws GenerationRefused `unknown`
 */
export async function takeUp(database: ViewsDatabase, number: number): Promise<void> {
  await administered(database, async (transaction, generations) => {
    if (known(generations, number).state !== 'retired') return;
    await control(transaction)
      .updateTable('nachweis_control.generation')
      .set({ state: 'building' })
      .where('number', '=', number)
      .execute();
  });
}

/**
 * Makes readers read again what they read before the last switch, however far behind it is.
 *
 * @throws GenerationRefused `nothing-before`
 */
export async function rollback(database: ViewsDatabase): Promise<Generation> {
  return administered(database, async (transaction, generations) => {
    const { replaced } = await control(transaction)
      .selectFrom('nachweis_control.generation')
      .select('replaced')
      .where('state', '=', 'active')
      .executeTakeFirstOrThrow(() => new GenerationRefused('nothing-before'));
    if (replaced === null) throw new GenerationRefused('nothing-before');
    await activate(transaction, replaced);
    return { ...known(generations, replaced), state: 'active' };
  });
}

/** Drops a generation that nobody reads, with all its rows. @throws GenerationRefused */
export async function dropGeneration(database: ViewsDatabase, number: number): Promise<void> {
  await administered(database, async (transaction, generations) => {
    if (known(generations, number).state === 'active') throw new GenerationRefused('active');
    await sql`DROP SCHEMA ${sql.id(schemaOf(number))} CASCADE`.execute(transaction);
    await control(transaction).deleteFrom('nachweis_control.generation').where('number', '=', number).execute();
  });
}

/** Makes names without schema mean the tables of this generation, until the transaction ends. */
export async function inGeneration(transaction: ViewsTransaction, number: number): Promise<void> {
  await sql`SELECT set_config('search_path', ${schemaOf(number)}, true)`.execute(transaction);
}

/** Administration is one after the other, and its search path its own. */
async function administered<Result>(
  database: ViewsDatabase,
  work: (transaction: ViewsTransaction, generations: readonly Generation[]) => Promise<Result>,
): Promise<Result> {
  return database.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('nachweis views', 0))`.execute(transaction);
    return work(transaction, await listGenerations(transaction));
  });
}

async function createTables(
  transaction: ViewsTransaction,
  schema: string,
  projections: readonly Projection[],
  partitions: number,
): Promise<void> {
  const { rows } = await sql`SELECT FROM pg_namespace WHERE nspname = ${schema}`.execute(transaction);
  if (rows.length > 0) throw new GenerationRefused('in-the-way');
  await sql`CREATE SCHEMA ${sql.id(schema)}`.execute(transaction);
  await sql`SELECT set_config('search_path', ${schema}, true)`.execute(transaction);
  await createSavedPositions(transaction);
  await createQuarantine(transaction);
  for (const projection of projections) {
    await projection.migrate(transaction);
    await resetPosition(transaction, projection, projection.order === 'log' ? 1 : partitions);
  }
  await sortByBytes(transaction, schema);
  const tables = projections.flatMap((projection) => projection.tables);
  await buildWall(transaction, schema, tables);
}

/** Text sorts as in the other database, whatever language this one was made for. */
async function sortByBytes(transaction: ViewsTransaction, schema: string): Promise<void> {
  const { rows } = await sql<{ table_name: string; columns: readonly string[] }>`
    SELECT table_name, array_agg(column_name::text) AS columns FROM information_schema.columns
    WHERE table_schema = ${schema} AND data_type = 'text' GROUP BY table_name`.execute(transaction);
  for (const { table_name, columns } of rows) {
    const changes = columns.map((name) => sql`ALTER COLUMN ${sql.id(name)} TYPE text COLLATE "C"`);
    await sql`ALTER TABLE ${sql.id(table_name)} ${sql.join(changes)}`.execute(transaction);
  }
}

async function activate(transaction: ViewsTransaction, number: number): Promise<void> {
  const change = control(transaction).updateTable('nachweis_control.generation');
  await change.set({ state: 'retired' }).where('state', '=', 'active').execute();
  await change.set({ state: 'active' }).where('number', '=', number).execute();
}

/** Without statistics the first readers of a generation just filled would wait for plans made for empty tables. */
async function countTables(transaction: ViewsTransaction, number: number): Promise<void> {
  await inGeneration(transaction, number);
  const { rows } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'`.execute(transaction);
  for (const { name } of rows) await sql`ANALYZE ${sql.id(name)}`.execute(transaction);
}

async function heldBy(transaction: ViewsTransaction, { number, versions }: Generation): Promise<number> {
  await inGeneration(transaction, number);
  return leavesHeld(transaction, Object.keys(versions));
}

function known(generations: readonly Generation[], number: number): Generation {
  const found = generations.find((one) => one.number === number);
  if (found === undefined) throw new GenerationRefused('unknown');
  return found;
}

const control = (database: ViewsDatabase): Kysely<ControlTables> => database.withTables<ControlTables>();
