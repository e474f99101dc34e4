import { PostgresDatabase, sqliteDatabase, type TestDatabase } from './databases.js';
import { projected, type Projected, type Setting } from './projected.js';

/** What a test is told of the database it runs on. */
export interface OnDatabase {
  /** Starts projecting, into a fresh database unless views are given. */
  readonly projected: (setting?: Setting) => Promise<Projected>;
  /** how many random runs it is fast enough for */
  readonly runs: number;
}

/**
 * The same tests on each kind of database: both must give the same answers in the same order.
 *
 * @param open a fresh database
 */
export function onEveryDatabase(
  tests: (on: OnDatabase, database: TestDatabase) => void,
  open = (database: TestDatabase): Promise<Setting> => database.open(),
): void {
  describe.each([
    { database: sqliteDatabase, runs: 20 },
    { database: new PostgresDatabase(), runs: 8 },
  ])('on $database.name', ({ database, runs }) => {
    beforeAll(() => database.start());
    afterAll(() => database.stop());
    const fresh = async (setting: Setting): Promise<Setting> => (setting.views ? setting : open(database));
    tests({ runs, projected: async (setting = {}) => projected({ ...(await fresh(setting)), ...setting }) }, database);
  });
}
