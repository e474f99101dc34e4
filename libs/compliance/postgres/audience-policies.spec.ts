import fc from 'fast-check';
import { sql } from 'kysely';
import { headFor, openSince, type Standing } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import type { SaidTerms } from '../projection.js';
import { enterScope } from '../queries/enter-scope.js';
import type { Scope } from '../scope.js';
import type { Shown } from '../shown.js';
import { PostgresDatabase, testOrigin } from '../testing/databases.js';
import { everyProjection } from '../every-projection.js';
import { projected, type Projected } from '../testing/projected.js';
import { interleaved, moments, randomExchanges } from '../testing/random-log.js';
import { clinic, entryTold, exchangeOf, hoursAfter, police, school, youthOffice } from '../testing/recorded-log.js';
import { corrected, disclosed, looked, received, requested, story } from '../testing/stories.js';
import type { ViewName, ViewsDatabase, ViewTables } from '../views.js';
import { migrateViews } from './migrate-views.js';
import { openPostgresViews } from './postgres-views.js';
import { randomRuns } from '../../../test/support/random-runs.js';

const seed = 20261122;
const now = hoursAfter(1_000);
const first = exchangeOf('first');
const agencies = [police, youthOffice, clinic, school];
const own = (agency: AgencyId): Scope => ({ kind: 'agency', agency });
const competent = (...bodies: AgencyId[]): Scope => ({ kind: 'competent', agencies: bodies });
const scopes = [...agencies.map(own), competent(), competent(clinic), competent(police, youthOffice)];
const projections = everyProjection;
const tables = projections.flatMap((projection) => projection.tables);

const postgres = new PostgresDatabase(projections);
beforeAll(() => postgres.start());
afterAll(() => postgres.stop());

type Everything = { readonly [Table in ViewName]: readonly ViewTables[Table][] };

const rowsOf = async <Table extends ViewName>(database: ViewsDatabase, table: Table) =>
  (await sql<ViewTables[Table]>`SELECT * FROM ${sql.table(table)}`.execute(database)).rows;

const everything = async (database: ViewsDatabase): Promise<Everything> => ({
  access: await rowsOf(database, 'access'),
  access_party: await rowsOf(database, 'access_party'),
  connection: await rowsOf(database, 'connection'),
  correction_party: await rowsOf(database, 'correction_party'),
  disclosure: await rowsOf(database, 'disclosure'),
  disclosure_response: await rowsOf(database, 'disclosure_response'),
  exchange: await rowsOf(database, 'exchange'),
  fact: await rowsOf(database, 'fact'),
  judgement: await rowsOf(database, 'judgement'),
  matter: await rowsOf(database, 'matter'),
  matter_party: await rowsOf(database, 'matter_party'),
  note: await rowsOf(database, 'note'),
  recorded_entry: await rowsOf(database, 'recorded_entry'),
  turn: await rowsOf(database, 'turn'),
  view_row: await rowsOf(database, 'view_row'),
});

/** Every row of every table, asked for without any condition, by somebody who has entered this scope. */
const seenIn = async ({ reader }: Projected, scope: Scope, at = now): Promise<Everything> =>
  reader.database.transaction().execute(async (transaction) => {
    await enterScope(transaction, scope, at);
    return everything(transaction);
  });

/** The rule of the queries, told once more: which rows somebody may see, out of all there are. */
function allowed(all: Everything, scope: Scope, at: Instant): Everything {
  const isOwn = (agency: string): boolean => scope.kind === 'agency' && agency === scope.agency;
  const isUnder = (agency: string): boolean =>
    scope.kind === 'competent' && (scope.agencies as readonly string[]).includes(agency);
  const isParty = (standing: string): boolean =>
    scope.kind === 'agency' &&
    headFor(JSON.parse(standing) as Standing, scope.agency)?.parties.includes(scope.agency) === true;
  const isShown = (row: Shown): boolean => row.shown_from <= at && (row.shown_until === null || row.shown_until > at);
  const exchange = all.exchange.filter((row) => isShown(row) && isParty(row.standing));
  const disclosure = all.disclosure.filter(
    (row) => isOwn(row.issuer) || isUnder(row.issuer) || (row.open_since <= at && isOwn(row.recipient)),
  );
  const party = all.matter_party.filter((row) => (isOwn(row.agency) || isUnder(row.agency)) && row.shown_from <= at);
  const isKnown = ({ matter, kind }: Readonly<Record<'matter' | 'kind', string>>): boolean =>
    party.some((one) => one.matter === matter && one.kind === kind);
  const correctionParty = all.correction_party.filter(
    (row) => (isOwn(row.agency) || isUnder(row.agency)) && row.shown_from <= at,
  );
  const isToldOf = (row: { readonly entry_index: number }): boolean =>
    correctionParty.some(({ entry_index }) => entry_index === row.entry_index);
  const matter = all.matter.filter(
    (row) => isKnown(row) || isToldOf(row) || (row.kind === 'erased' && (isOwn(row.matter) || isUnder(row.matter))),
  );
  const isOpen = ({ said }: Everything['fact'][number]): boolean =>
    said === null || openSince({ said: JSON.parse(said) as SaidTerms }) <= at;
  const isCorrection = ({ said }: Everything['fact'][number]): boolean =>
    said !== null && (JSON.parse(said) as SaidTerms).type === 'EntryCorrected';
  return {
    access: all.access.filter(({ accessor, owners, hidden }) => {
      const whose = JSON.parse(owners) as readonly string[];
      return isOwn(accessor) || (hidden === 0 && whose.some(isOwn)) || [accessor, ...whose].some(isUnder);
    }),
    access_party: all.access_party.filter(({ agency, hidden }) => (hidden === 0 && isOwn(agency)) || isUnder(agency)),
    connection: all.connection.filter((row) => isKnown(row) || isToldOf(row)),
    correction_party: correctionParty,
    disclosure,
    disclosure_response: all.disclosure_response.filter(
      (row) =>
        (row.open_since <= at || isOwn(row.issuer) || isUnder(row.issuer)) &&
        disclosure.some((one) => one.exchange === row.exchange),
    ),
    exchange,
    fact: all.fact.filter(
      (row) =>
        isOwn(row.issuer) ||
        isUnder(row.issuer) ||
        isToldOf(row) ||
        (isOpen(row) && !isCorrection(row) && matter.some(({ entry_index }) => entry_index === row.entry_index)),
    ),
    judgement: all.judgement.filter((row) => (isOwn(row.agency) || isUnder(row.agency)) && row.shown_from <= at),
    matter,
    matter_party: party,
    note: all.note.filter(({ agency }) => isOwn(agency) || isUnder(agency)),
    recorded_entry: all.recorded_entry.filter(
      (row) =>
        isOwn(row.issuer) ||
        isUnder(row.issuer) ||
        (row.open_since <= at && exchange.some((one) => one.exchange === row.exchange)),
    ),
    turn: all.turn.filter((row) => isOwn(row.agency) && isShown(row)),
    view_row: all.view_row.filter((row) => (isOwn(row.agency) || isUnder(row.agency)) && isShown(row)),
  };
}

const sorted = (rows: Everything): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(tables.map((table) => [table, rows[table].map((row) => JSON.stringify(row)).sort()]));

describe('a reader who asks for everything', () => {
  it('is shown, table by table, exactly what the scope holds', async () => {
    await fc.assert(
      fc.asyncProperty(randomExchanges, fc.array(fc.nat(100), { maxLength: 40 }), async (exchanges, order) => {
        await using world = await projected({ ...(await postgres.open()), projections });
        await world.tell(...interleaved(exchanges, order));
        const all = await everything(world.views.database);
        for (const scope of scopes) {
          for (const at of moments) {
            expect(sorted(await seenIn(world, scope, at))).toEqual(sorted(allowed(all, scope, at)));
          }
        }
      }),
      { seed, numRuns: randomRuns(8) },
    );
  });

  it.each([
    ['in the exchange of it', first],
    ['in another exchange of both', exchangeOf('second')],
  ])('is shown the correction of what is hidden once that opens, however openly it is said %s', async (_, where) => {
    await using world = await projected({ ...(await postgres.open()), projections });
    const deferred = { visibility: 'deferred-until', hiddenUntil: '2026-03-08' };
    const [, , hidden = entryTold(0)] = await world.tell(
      requested(police, youthOffice, first),
      requested(police, youthOffice, exchangeOf('second')),
      disclosed(youthOffice, [police], first, deferred),
    );
    const [correction] = await world.tell(corrected(youthOffice, where, hidden));
    const isShown = async (scope: Scope, at: string) =>
      (await seenIn(world, scope, at as Instant)).fact.some(({ entry_id }) => entry_id === correction);
    for (const scope of [own(youthOffice), competent(youthOffice)]) {
      expect(await isShown(scope, '2026-03-08T22:59:59.999Z')).toBe(true);
    }
    for (const scope of [own(police), competent(police)]) {
      expect(await isShown(scope, '2026-03-08T22:59:59.999Z')).toBe(false);
      expect(await isShown(scope, '2026-03-08T23:00:00.000Z')).toBe(true);
    }
    expect(await isShown(own(clinic), '2026-03-08T23:00:00.000Z')).toBe(false);
  });

  it('is shown what corrects an entry it knows, wherever that is recorded, and nothing beside it there', async () => {
    await using world = await projected({ ...(await postgres.open()), projections });
    const elsewhere = exchangeOf('elsewhere');
    const [wrong = entryTold(0)] = await world.tell(
      disclosed(youthOffice, [police], first),
      requested(clinic, youthOffice, elsewhere),
    );
    const [better = entryTold(0)] = await world.tell(corrected(youthOffice, elsewhere, wrong));
    const [best] = await world.tell(corrected(youthOffice, first, better), corrected(clinic, elsewhere, wrong));
    const { fact, matter } = await seenIn(world, own(police));
    expect(fact.map(({ entry_id }) => entry_id)).toEqual([wrong, better, best]);
    expect(new Set(matter.map(({ entry_index }) => entry_index)).size).toBe(3);
    expect((await seenIn(world, own(school))).fact).toEqual([]);
  });

  it('is shown less than everything, whoever it is', async () => {
    await using world = await projected({ ...(await postgres.open()), projections });
    const second = exchangeOf('second');
    await world.tell(
      ...story,
      disclosed(clinic, [school], second),
      received(school, second),
      requested(clinic, school, first, { visibility: 'restricted' }),
      looked(clinic, school, true),
    );
    const all = await everything(world.views.database);
    for (const scope of scopes) {
      const seen = await seenIn(world, scope);
      expect(seen.recorded_entry.length).toBeLessThan(all.recorded_entry.length);
    }
    expect((await seenIn(world, own(police))).judgement.length).toBeGreaterThan(0);
    expect((await seenIn(world, competent(clinic))).judgement.length).toBeGreaterThan(0);
    expect((await seenIn(world, own(police))).disclosure.map(({ exchange }) => exchange)).toEqual([first, first]);
    expect((await seenIn(world, own(school))).access).toEqual([]);
    expect((await seenIn(world, own(clinic))).exchange).toHaveLength(2);
  });

  it('is shown that something of its exchange was erased, and a stranger to it is not', async () => {
    await using world = await projected({ ...(await postgres.open()), projections });
    const [, receipt] = await world.tell(
      disclosed(clinic, [school], exchangeOf('first')),
      received(school, exchangeOf('first')),
    );
    await world.projector.erase(receipt === undefined ? [] : [receipt]);
    const erased = async (agency: AgencyId) =>
      (await seenIn(world, own(agency))).fact.filter(({ said }) => said === null).map(({ entry_id }) => entry_id);
    for (const agency of [clinic, school]) expect(await erased(agency)).toEqual([receipt]);
    expect(await erased(police)).toEqual([]);
  });

  it('is shown the identities an agency resolved for itself alone, as its supervisor and as nobody else', async () => {
    await using world = await projected({ ...(await postgres.open()), projections });
    const resolved = { issuer: clinic, type: 'IdentityResolved', terms: { kind: 'staff', visibility: 'restricted' } };
    await world.tell(resolved, { ...resolved, terms: { kind: 'staff' } });
    const seen = async (scope: Scope) => (await seenIn(world, scope)).access.length;
    for (const scope of [own(clinic), competent(clinic)]) expect(await seen(scope)).toBe(2);
    for (const scope of [own(school), competent(school)]) expect(await seen(scope)).toBe(0);
  });

  it.each([
    ['nobody', own('' as AgencyId)],
    ['a body whose name is a list', own('{police.example,clinic.example}' as AgencyId)],
    ['a name that tries to end the condition', own("' OR true --" as AgencyId)],
    ['a list in a list', competent('police.example","clinic.example' as AgencyId, '{police.example}' as AgencyId)],
    ['an empty name in a list', competent('' as AgencyId, 'NULL' as AgencyId)],
  ])('is shown nothing as %s', async (_, scope) => {
    await using world = await projected({ ...(await postgres.open()), projections });
    await world.tell(...story, disclosed(clinic, [], exchangeOf('second')));
    const nothing = Object.fromEntries(tables.map((table) => [table, []]));
    expect(await seenIn(world, scope)).toEqual(nothing);
  });
});

describe('a reader who has entered no scope', () => {
  const outside = async (database: ViewsDatabase): Promise<number> => {
    const counts = tables.map(async (table) => (await rowsOf(database, `views_1.${table}` as ViewName)).length);
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  };

  it('is shown nothing, not even on a connection where somebody else had just entered one', async () => {
    const name = await postgres.create();
    const [views, reader] = [await postgres.as('owner', name, 1), await postgres.as('reader', name)];
    await using world = await projected({ views, reader, projections });
    await world.tell(...story);
    expect(await outside(reader.database)).toBe(0);
    for (const agency of agencies) {
      await Promise.all([seenIn(world, own(agency)), seenIn(world, competent(agency)), seenIn(world, own(agency))]);
      expect(await outside(reader.database)).toBe(0);
    }
    expect(await outside(views.database)).toBeGreaterThan(0);
  });

  it('does not find the tables by their names', async () => {
    await using world = await projected({ ...(await postgres.open()), projections });
    await expect(rowsOf(world.reader.database, 'disclosure')).rejects.toMatchObject({ code: '42P01' });
  });
});

describe('a database that an earlier version made', () => {
  it('is told when somebody looks, once it is brought to this one', async () => {
    const name = await postgres.create('prepared_empty');
    await postgres.server.run(
      name,
      `DROP FUNCTION nachweis_control.enter(text, text[], text);
       DROP FUNCTION nachweis_control.today;
       DROP FUNCTION nachweis_control.now;
       UPDATE nachweis_control.ledger SET layout = 1`,
    );
    await migrateViews({ ...postgres.address(name, 'owner'), origin: testOrigin });
    const { database } = await postgres.as('reader', name);
    const looked = await database.transaction().execute(async (transaction) => {
      await enterScope(transaction, own(clinic), moments[2] ?? now);
      const said = sql`SELECT nachweis_control.own_agency() AS who, nachweis_control.now() AS at,
        nachweis_control.today() AS today`;
      return (await said.execute(transaction)).rows;
    });
    expect(looked).toEqual([{ who: clinic, at: '2026-03-02T23:00:00.000Z', today: '2026-03-03' }]);
    await database.destroy();
  });
});

describe('the rights of', () => {
  const denied = { code: '42501' };
  let name: string;
  beforeAll(async () => {
    name = await postgres.create();
    await postgres.server.run(
      name,
      `SET ROLE owner; CREATE SCHEMA nachweis_vault; CREATE TABLE nachweis_vault.block (sealed bytea);
       CREATE TABLE nachweis_vault.data_key (wrapped bytea)`,
    );
  });

  const refused = async (database: ViewsDatabase, statements: readonly string[]): Promise<void> => {
    for (const statement of statements) {
      const tried = sql.raw(statement).execute(database);
      const outcome = await tried.then(
        () => 'done',
        (error: unknown) => error,
      );
      expect([statement, outcome]).toEqual([statement, expect.objectContaining(denied)]);
    }
  };

  const toNobody = [
    'SELECT * FROM nachweis_vault.block',
    'SELECT * FROM nachweis_vault.data_key',
    "UPDATE nachweis_control.ledger SET origin = 'mine'",
    'DELETE FROM nachweis_control.generation',
    "UPDATE nachweis_control.generation SET state = 'retired'",
    'CREATE SCHEMA views_2',
    'CREATE TABLE views_1.mine (x text)',
    'CREATE TABLE public.mine (x text)',
    'DROP TABLE views_1.disclosure',
    'ALTER TABLE views_1.disclosure DISABLE ROW LEVEL SECURITY',
    'TRUNCATE views_1.disclosure',
    'CREATE ROLE mine',
    'SET ROLE owner',
    'SET SESSION AUTHORIZATION owner',
    "SELECT pg_read_file('postgresql.conf')",
    'ALTER SYSTEM SET fsync = off',
  ];

  it('a projector end at the rows of the generations', async () => {
    const { database } = await postgres.as('projector', name, 1);
    await refused(database, [...toNobody, "SELECT nachweis_control.enter('police.example', NULL)"]);
    await database.destroy();
  });

  it('a reader end at reading, whatever it sets', async () => {
    const { database } = await postgres.as('reader', name);
    await database.connection().execute(async (connection) => {
      await expect(sql`DELETE FROM views_1.turn`.execute(connection)).rejects.toMatchObject({ code: '25006' });
      await sql`SET default_transaction_read_only = off`.execute(connection);
      const writing = ["INSERT INTO views_1.turn VALUES ('a', 'b', 'c', 'd', 'e')", 'DELETE FROM views_1.turn'];
      await refused(connection, [...toNobody, ...writing, 'SELECT * FROM views_1.quarantined_entry']);
    });
    await database.destroy();
  });

  it('a login role that is the superuser are those of the role it opens the views as', async () => {
    const views = await openPostgresViews({
      ...postgres.address(name, 'postgres'),
      role: 'reader',
      origin: testOrigin,
    });
    const { rows } = await sql<{ who: string }>`SELECT current_user AS who`.execute(views.database);
    expect(rows).toEqual([{ who: 'nachweis_reader' }]);
    await views.database.destroy();
  });
});
