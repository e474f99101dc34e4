import { leafIndex, type AgencyId } from '#kernel';
import { sql } from 'kysely';
import { EntryOpener } from '../entry-opener.js';
import { ProjectionFold } from '../projection-fold.js';
import type { Projection } from '../projection.js';
import { RegistryFollower } from '../registry/registry-follower.js';
import { disclosures } from '../projections/disclosures.js';
import { findDisclosures } from '../queries/find-disclosures.js';
import { flows } from '../queries/flows.js';
import { PostgresDatabase, testOrigin } from '../testing/databases.js';
import { everyProjection } from '../every-projection.js';
import { rebuiltElsewhere } from '../testing/projected.js';
import { clinic, exchangeOf, hoursAfter, police, RecordedLog, school } from '../testing/recorded-log.js';
import { disclosed, story } from '../testing/stories.js';
import { tableDigest } from '../table-digest.js';
import type { Views } from '../views.js';
import { compareGenerations } from './compare-generations.js';
import {
  activeGeneration,
  createGeneration,
  dropGeneration,
  isBuiltBy,
  listGenerations,
  rollback,
  switchTo,
  takeUp,
} from './generations.js';
import { migrateViews } from './migrate-views.js';

const postgres = new PostgresDatabase();
beforeAll(() => postgres.start());
afterAll(() => postgres.stop());

let name: string;
let owner: Views;
let opened: Views[];
beforeEach(async () => {
  name = await postgres.create();
  owner = await postgres.as('owner', name);
  opened = [owner];
});
afterEach(async () => {
  for (const { database } of opened) await database.destroy();
});

async function as(role: 'projector' | 'reader', generation = 0): Promise<Views> {
  const views = await postgres.as(role, name, generation);
  opened.push(views);
  return views;
}

/** Folds what is new in the log into a generation, with the rights of a projector. */
async function foldInto(
  generation: number,
  log: RecordedLog,
  projections: readonly Projection[] = everyProjection,
): Promise<void> {
  const views = await as('projector', generation);
  const records = await log.store.read('entries', leafIndex(0), 400);
  for (const projection of projections) {
    const fold = new ProjectionFold(projection, views, new EntryOpener(log.vault), new RegistryFollower(log.store));
    await fold.fold([records], await fold.position());
  }
}

const create = async (projections = everyProjection): Promise<number> =>
  (await createGeneration(owner.database, projections, 1)).number;

const found = async (reader: Views, agency: AgencyId): Promise<readonly [number, number]> => {
  const scope = { kind: 'agency', agency } as const;
  const { rows, completeUpTo } = await findDisclosures(reader.database, scope, hoursAfter(1_000), {}, { limit: 100 });
  return [rows.length, completeUpTo];
};

const states = async (): Promise<readonly string[]> =>
  (await listGenerations(owner.database)).map(({ number, state }) => `${number} ${state}`);

describe('a generation of views', () => {
  it('is read at once when it is the first, and beside the one that is read when it is not', async () => {
    expect(await create()).toBe(2);
    expect(await states()).toEqual(['1 active', '2 building']);
    const projector = await as('projector', 2);
    const [first] = await listGenerations(projector.database);
    expect(first?.versions).toEqual(Object.fromEntries(everyProjection.map((one) => [one.name, one.version])));
    expect(await activeGeneration(projector.database)).toEqual(first);
  });

  it('is for the versions it was made for, and no others', async () => {
    const generation = await activeGeneration(owner.database);
    if (generation === null) throw new RangeError('no generation');
    expect(isBuiltBy(generation, everyProjection)).toBe(true);
    expect(isBuiltBy(generation, everyProjection.slice(1))).toBe(false);
    expect(isBuiltBy(generation, [...everyProjection, { name: 'toString', version: 1 }])).toBe(false);
    const next = { ...disclosures, version: disclosures.version + 1 };
    expect(isBuiltBy(generation, [next, ...everyProjection.slice(1)])).toBe(false);
    // Folding another version means dropping the rows of this one, and a projector may not.
    await expect(foldInto(1, new RecordedLog(), [next])).rejects.toMatchObject({ code: '42501' });
  });

  it('folded by a projector holds the same as every other database', async () => {
    const log = new RecordedLog();
    await log.record(...story);
    await foldInto(1, log);
    const digests = await rebuiltElsewhere(log);
    const { database } = await as('projector', 1);
    for (const { name: view, tables } of everyProjection) {
      const found = await Promise.all(tables.map((table) => tableDigest(database, table)));
      expect(found.join('.')).toBe(digests[view]);
    }
  });

  it('has a number of its own, also where several are made at once, and for ever', async () => {
    const numbers = await Promise.all([create(), create(), create()]);
    expect(new Set(numbers)).toEqual(new Set([2, 3, 4]));
    await dropGeneration(owner.database, 4);
    expect(await create()).toBe(5);
  });

  it('is not made where somebody else’s schema is in its place', async () => {
    await postgres.server.run(name, 'CREATE SCHEMA views_2');
    await expect(create()).rejects.toMatchObject({ name: 'GenerationRefused', reason: 'in-the-way' });
    expect(await states()).toEqual(['1 active']);
  });
});

describe('a switch', () => {
  const log = new RecordedLog();
  beforeAll(() => log.record(...story, disclosed(clinic, [school], exchangeOf('second'))));

  it('is followed by readers that are open, from their next answer on', async () => {
    const reader = await as('reader');
    expect(await found(reader, clinic)).toEqual([0, 0]);
    await create();
    await foldInto(2, log);
    expect(await found(reader, clinic)).toEqual([0, 0]);
    await switchTo(owner.database, 2);
    expect(await found(reader, clinic)).toEqual([2, 6]);
    expect(await states()).toEqual(['1 retired', '2 active']);
  });

  it('does not touch an answer that is being read', async () => {
    await foldInto(1, log);
    await create();
    await foldInto(2, log, everyProjection);
    const reader = await as('reader');
    await reader.database
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (transaction) => {
        await sql`SELECT nachweis_control.enter('clinic.example', NULL)`.execute(transaction);
        await switchTo(owner.database, 2);
        const { rows } = await sql`SELECT current_schema() AS schema`.execute(transaction);
        expect(rows).toEqual([{ schema: 'views_1' }]);
        expect(await transaction.selectFrom('disclosure').selectAll().execute()).toHaveLength(2);
      });
    expect(await found(reader, clinic)).toEqual([2, 6]);
  });

  it('is refused to a generation that holds less, or that is not there', async () => {
    await foldInto(1, log);
    await create();
    await foldInto(2, log, [disclosures]);
    await expect(switchTo(owner.database, 2)).rejects.toMatchObject({ reason: 'behind' });
    await expect(switchTo(owner.database, 3)).rejects.toMatchObject({ reason: 'unknown' });
    expect(await states()).toEqual(['1 active', '2 building']);
    await foldInto(2, log);
    await switchTo(owner.database, 2);
    await switchTo(owner.database, 2);
    expect(await states()).toEqual(['1 retired', '2 active']);
  });

  it('is refused to a nearly empty generation also while a leaf of the one that is read is on its way', async () => {
    for (let more = 0; more < 2; more += 1) await createGeneration(owner.database, everyProjection, 12);
    await switchTo(owner.database, 2);
    const hold = (generation: number, leaves: number): Promise<unknown> =>
      postgres.server.run(
        name,
        `UPDATE views_${generation}.saved_position SET folded = ${leaves}, position = 600 + partition WHERE partition < 11`,
      );
    await hold(2, 50);
    await hold(3, 49);
    await expect(switchTo(owner.database, 3)).rejects.toMatchObject({ reason: 'behind' });
    await hold(3, 50);
    await switchTo(owner.database, 3);
  });

  it('can be taken back, as long as the generation before is kept', async () => {
    await expect(rollback(owner.database)).rejects.toMatchObject({ reason: 'nothing-before' });
    for (const next of [2, 3]) {
      expect(await create()).toBe(next);
      await switchTo(owner.database, next);
    }
    expect(await rollback(owner.database)).toMatchObject({ number: 2, state: 'active' });
    expect(await states()).toEqual(['1 retired', '2 active', '3 retired']);
    expect(await rollback(owner.database)).toMatchObject({ number: 1 });
    await expect(rollback(owner.database)).rejects.toMatchObject({ reason: 'nothing-before' });
    await switchTo(owner.database, 3);
    await expect(dropGeneration(owner.database, 3)).rejects.toMatchObject({ reason: 'active' });
    await dropGeneration(owner.database, 1);
    await expect(rollback(owner.database)).rejects.toMatchObject({ reason: 'nothing-before' });
    const schemas = await postgres.server.run(
      name,
      `SELECT nspname FROM pg_namespace WHERE nspname LIKE 'views%' ORDER BY 1`,
    );
    expect(schemas).toEqual([{ nspname: 'views_2' }, { nspname: 'views_3' }]);
  });

  it('forward again is possible once what was read before is folded further', async () => {
    await create();
    await switchTo(owner.database, 2);
    await rollback(owner.database);
    await foldInto(1, log);
    await expect(switchTo(owner.database, 2)).rejects.toMatchObject({ reason: 'behind' });
    for (const number of [1, 2]) await takeUp(owner.database, number);
    expect(await states()).toEqual(['1 active', '2 building']);
    await foldInto(2, log);
    await switchTo(owner.database, 2);
    expect(await states()).toEqual(['1 retired', '2 active']);
    expect(await rollback(owner.database)).toMatchObject({ number: 1 });
    await expect(takeUp(owner.database, 3)).rejects.toMatchObject({ reason: 'unknown' });
  });

  it('after the other leaves nobody who reads meanwhile without the whole answer', async () => {
    await create();
    for (const generation of [1, 2]) await foldInto(generation, log);
    const reader = await as('reader');
    let isSwitching = true;
    const answers: (readonly [number, number])[] = [];
    const reading = [1, 2, 3].map(async () => {
      while (isSwitching) answers.push(await found(reader, clinic));
    });
    for (let round = 0; round < 20; round += 1) await switchTo(owner.database, (round % 2) + 1);
    isSwitching = false;
    await Promise.all(reading);
    expect(new Set(answers.map(String))).toEqual(new Set(['2,6']));
  });

  it('by several at once leaves one active', async () => {
    for (let more = 0; more < 3; more += 1) await create();
    await Promise.all([2, 3, 4].map((next) => switchTo(owner.database, next)));
    expect((await states()).filter((state) => state.endsWith('active'))).toHaveLength(1);
  });
});

describe('two generations', () => {
  const log = new RecordedLog();
  beforeAll(() => log.record(...story));

  const verdicts = async (projections = everyProjection): Promise<readonly string[]> =>
    (await compareGenerations(owner.database, [1, 2], projections)).map(({ verdict }) => verdict);

  it('are the same when the same log was folded, however far apart that was', async () => {
    await foldInto(1, log);
    await create();
    expect(await verdicts()).toEqual(everyProjection.map(() => 'other-place'));
    await foldInto(2, log);
    expect(await verdicts()).toEqual(everyProjection.map(() => 'same'));
  });

  it('are different in a single cell, and only in that view', async () => {
    for (const generation of [1, 2]) {
      if (generation === 2) await create();
      await foldInto(generation, log);
    }
    await postgres.server.run(name, `UPDATE views_2.disclosure SET items = items + 1 WHERE category = 'family'`);
    expect(await verdicts()).toEqual(['different', ...everyProjection.slice(1).map(() => 'same')]);
  });

  it('are compared by nobody who does not see every row', async () => {
    await create();
    const reader = await as('reader');
    await expect(compareGenerations(reader.database, [1, 2], everyProjection)).rejects.toMatchObject({ code: '42501' });
  });

  it('of other versions are not held against each other', async () => {
    const next: Projection = { ...disclosures, version: disclosures.version + 1, apply: async () => {} };
    const projections = [next, ...everyProjection.slice(1)];
    await foldInto(1, log);
    await create(projections);
    await foldInto(2, log, projections);
    expect(await verdicts(projections)).toEqual(['other-version', ...everyProjection.slice(1).map(() => 'same')]);
    await expect(compareGenerations(owner.database, [1, 3], projections)).rejects.toMatchObject({ reason: 'unknown' });
  });
});

it('text sorts by its bytes, whatever language the database was made for', async () => {
  const german = 'views_in_german';
  await postgres.server.run(
    'postgres',
    `CREATE DATABASE ${german} OWNER owner TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LOCALE 'C'`,
  );
  await migrateViews({ ...postgres.address(german, 'owner'), origin: testOrigin });
  name = german;
  owner = await postgres.as('owner', german);
  opened.push(owner);
  expect(await create()).toBe(1);
  const log = new RecordedLog();
  const categories = ['b', 'B', 'a', 'ä', 'Z', '-'];
  await log.record(
    disclosed(clinic, [police], exchangeOf('first'), { items: categories.map((dataCategory) => ({ dataCategory })) }),
  );
  await foldInto(1, log);
  const { flows: lines } = await flows(
    (await as('reader')).database,
    { kind: 'agency', agency: clinic },
    hoursAfter(1_000),
    {},
  );
  expect(lines.map(({ category }) => category)).toEqual(['-', 'B', 'Z', 'a', 'b', 'ä']);
});
