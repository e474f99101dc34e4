import fc from 'fast-check';
import { sql } from 'kysely';
import { agencyId, type AgencyId, type EntryId } from '#kernel';
import { judgements } from '../judging/judgements.js';
import { PostgresDatabase, sqliteDatabase } from '../testing/databases.js';
import { insertRows } from '../insert-rows.js';
import { projected, type Projected } from '../testing/projected.js';
import { clinic, police, uuidOf } from '../testing/recorded-log.js';
import type { AnsweredRow, Condition, Place } from './asked.js';
import { column } from './columns.js';
import { pageOf } from './page-of.js';
import { orderingOf } from './sorted.js';
import { ask, competentFor, own } from './testing/ask.js';
import type { Cell, RowsView } from './view.js';

const seed = 20261122;
const projections = [judgements];

/** A view with a column of every form, whose rows are put there by hand. */
const sample: RowsView = {
  id: 'V99',
  name: 'sample',
  title: { en: 'sample', de: 'Beispiel' },
  question: { en: 'What is there?', de: 'Was ist da?' },
  columns: {
    at: column('instant', ['at', 'am'], 'filter', 'sort'),
    day: column('date', ['day', 'Tag'], 'filter', 'sort'),
    word: column('text', ['word', 'Wort'], 'filter', 'sort'),
    number: column('number', ['number', 'Zahl'], 'filter', 'sort'),
    flag: column('flag', ['flag', 'Ja oder nein'], 'filter', 'sort'),
    list: column('references', ['list', 'Liste'], 'filter'),
  },
  order: { by: 'at', direction: 'descending' },
  about: 'exchange',
  reads: [],
  rows: () => [],
};

const word = fc.constantFrom('', 'a', 'A', 'Z', 'ä', 'b', 'a"b', 'a\\', '%', '_', '10', '9');
const orNull = (arbitrary: fc.Arbitrary<Cell>): fc.Arbitrary<Cell> => fc.option(arbitrary, { nil: null, freq: 5 });
const cells = fc.record<Record<string, Cell>>({
  at: orNull(fc.constantFrom('2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z', '2026-04-01T00:00:00.000Z')),
  day: orNull(fc.constantFrom('2026-02-28', '2026-03-01', '2026-03-31')),
  word: orNull(word),
  number: orNull(fc.constantFrom(-23, -1, 0, 1, 2, 9, 10, 100_000)),
  flag: orNull(fc.boolean()),
  list: fc.array(word, { maxLength: 3 }),
});

const condition = fc.oneof<fc.Arbitrary<Condition>[]>(
  fc.constantFrom<Condition>(
    { column: 'at', is: 'from', value: '2026-03-02T00:00:00.000Z' },
    { column: 'at', is: 'before', value: '2026-03-02T00:00:00.000Z' },
    { column: 'day', is: 'upTo', value: '2026-03-01' },
    { column: 'number', is: 'equal', value: 9 },
    { column: 'flag', is: 'equal', value: true },
    { column: 'flag', is: 'equal', value: false },
  ),
  word.filter(Boolean).map((value) => ({ column: 'word', is: 'equal', value })),
  word.filter(Boolean).map((value) => ({ column: 'list', is: 'equal', value })),
);

const rowOf = (agency: AgencyId, values: Readonly<Record<string, Cell>>, place: number): AnsweredRow => ({
  agency,
  key: `key ${String(place).padStart(6, '0')}`,
  entry: uuidOf(`row ${place}`) as EntryId,
  cells: values,
});

async function put({ views }: Projected, rows: readonly AnsweredRow[]): Promise<void> {
  await views.database.transaction().execute(async (transaction) => {
    await insertRows(
      transaction,
      'view_row',
      rows.map(({ agency, key, entry, cells: values }, place) => ({
        view: sample.name,
        id: `${agency} ${key}`,
        agency: String(agency),
        key,
        matter: 'matter',
        kind: 'exchange',
        entry_id: String(entry),
        entry_index: place,
        shown_from: '',
        shown_until: null,
        ordering: orderingOf('instant', values['at'] ?? null),
        cells: JSON.stringify(values),
      })),
    );
  });
}

describe.each([
  { database: sqliteDatabase, runs: 60 },
  { database: new PostgresDatabase(projections), runs: 15 },
])('a view on $database.name', ({ database, runs }) => {
  beforeAll(() => database.start());
  afterAll(() => database.stop());
  const opened = async () => projected({ ...(await database.open()), projections });

  it('is filtered, sorted and paged as its rows would be in memory', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cells, { maxLength: 25 }),
        fc.array(condition, { maxLength: 2 }),
        fc.constantFrom('at', 'day', 'word', 'number', 'flag'),
        fc.constantFrom<('ascending' | 'descending')[]>('ascending', 'descending'),
        fc.integer({ min: 1, max: 7 }),
        async (values, filter, by, direction, limit) => {
          await using world = await opened();
          const rows = values.map((one, place) => rowOf(place % 3 === 0 ? clinic : police, one, place));
          await put(world, rows);
          for (const [scope, agencies] of [
            [own(police), [police]],
            [competentFor(police, clinic), [police, clinic]],
          ] as const) {
            const mine = rows.filter(({ agency }) => agencies.some((one) => one === agency));
            const sort = { by, direction };
            const seen: AnsweredRow[] = [];
            for (let after: Place | null = null; ;) {
              const page = await ask(world.reader, sample, scope, { filter, sort, limit, after });
              expect(page.rows.length).toBeLessThanOrEqual(limit);
              seen.push(...page.rows);
              if (page.next === null) break;
              after = page.next;
            }
            expect(seen).toEqual(pageOf(sample, mine, { filter, sort, limit: 1_000, after: null }).rows);
          }
        },
      ),
      { seed, numRuns: runs },
    );
  });

  it('takes what nobody said neither for yes nor for no', async () => {
    await using world = await opened();
    const said = [true, false, null].map((flag, place) => rowOf(police, { flag, list: [] }, place));
    await put(world, said);
    for (const [place, value] of [true, false].entries()) {
      const filter = [{ column: 'flag', is: 'equal', value } as const];
      const { rows } = await ask(world.reader, sample, own(police), { filter });
      expect(rows.map(({ key }) => key)).toEqual([said[place]?.key]);
      expect(pageOf(sample, said, { filter, sort: sample.order, limit: 10, after: null }).rows).toEqual([said[place]]);
    }
  });

  it('puts a number that is missing before all that are there, days that are over among them', async () => {
    await using world = await opened();
    const days = [7, null, -23].map((number, place) => rowOf(police, { number, list: [] }, place));
    await put(world, days);
    const sort = { by: 'number', direction: 'ascending' } as const;
    for (const { rows } of [
      await ask(world.reader, sample, own(police), { sort }),
      pageOf(sample, days, { filter: [], sort, limit: 10, after: null }),
    ]) {
      expect(rows.map(({ cells: { number } }) => number)).toEqual([null, -23, 7]);
    }
  });

  it('shows a supervisor the rows of its agencies', async () => {
    await using world = await opened();
    const rows = [0, 1].map((place) => rowOf(police, { at: null, list: [] }, place));
    await put(world, rows);
    expect((await ask(world.reader, sample, own(police))).rows).toHaveLength(2);
    expect((await ask(world.reader, sample, competentFor(police))).rows).toHaveLength(2);
    expect((await ask(world.reader, sample, competentFor(clinic))).rows).toEqual([]);
    expect((await ask(world.reader, sample, competentFor())).rows).toEqual([]);
  });

  it.each([[0], [1_001], [1.5], [Number.NaN]])('has no pages of %p rows', async (limit) => {
    await using world = await opened();
    await expect(ask(world.reader, sample, own(police), { limit })).rejects.toMatchObject({ code: 'invalid-query' });
  });

  it('answers a first page of 100,000 rows without reading them all, also of a period that is long over', async () => {
    await using world = await opened();
    const many = Array.from({ length: 100_000 }, (_, place) =>
      rowOf(agencyId(place % 4 === 0 ? 'clinic.example' : 'police.example'), { at: `2026-${place}`, list: [] }, place),
    );
    for (let at = 0; at < many.length; at += 20_000) await put(world, many.slice(at, at + 20_000));
    // As the server does by itself some time after so many rows came.
    await sql`ANALYZE view_row`.execute(world.views.database);
    const times: number[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      const begun = performance.now();
      const scope = turn % 2 === 0 ? own(police) : competentFor(police, clinic);
      await ask(world.reader, sample, scope);
      await ask(world.reader, sample, scope, { filter: [{ column: 'at', is: 'before', value: '2026-10001' }] });
      times.push(performance.now() - begun);
    }
    process.stdout.write(
      `first page of 100,000 rows on ${database.name}: ${Math.max(...times.slice(2)).toFixed(1)} ms\n`,
    );
    expect(times.toSorted((one, other) => one - other)[15]).toBeLessThan(50);
  });
});
