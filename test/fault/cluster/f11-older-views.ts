import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.js';
import { projectors, type Stage } from './stage.js';

/** F11: PostgreSQL's views are restored from an older state, with projectors ended and with projectors running. */
export const olderViews: Scenario = {
  name: 'F11',
  title: 'the views restored from an older state',
  rounds: { short: 2, long: 10 },
  run: async ({ stage, random, rounds }) => {
    let lost = 0;
    for (let round = 0; round < rounds; round++) {
      const isRunning = round % 2 === 1;
      lost += await stage.underLoad(async () => {
        await sleep(random.between(200, 600));
        const restore = await keptViews(stage);
        await sleep(random.between(800, 1_500));
        if (!isRunning) await stage.end(...projectors);
        const leaves = await restore();
        if (!isRunning) for (const projector of projectors) stage.start(projector);
        await sleep(500);
        return leaves;
      });
    }
    const took = await stage.settle();
    return `${rounds} restored, ${lost} leaves behind what they were; ${took}`;
  },
};

/** Keeps the views as they are now. @returns restores them, and says by how many leaves they were further */
async function keptViews(stage: Stage): Promise<() => Promise<number>> {
  stage.doing = 'keeping and restoring views';
  const { postgres, databases } = stage.cluster;
  const run = (statements: string) => postgres.run(databases.views, statements);
  const { generation } = await stage.views();
  const found = (await run(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'views_${generation}'`,
  )) as readonly { name: string }[];
  const tables = found.map(({ name }) => name);
  const atOnce = (statements: readonly string[]): string =>
    ['BEGIN ISOLATION LEVEL REPEATABLE READ', ...statements, 'COMMIT'].join(';');
  await run('DROP SCHEMA IF EXISTS older CASCADE; CREATE SCHEMA older');
  await run(atOnce(tables.map((name) => `CREATE TABLE older.${name} AS TABLE views_${generation}.${name}`)));
  return async () => {
    const folded = async (schema: string): Promise<number> => {
      const [row] = await run(`SELECT sum(folded) AS folded FROM ${schema}.saved_position WHERE name = 'exchanges'`);
      return Number((row as { folded: string }).folded);
    };
    const behind = (await folded(`views_${generation}`)) - (await folded('older'));
    const all = tables.map((name) => `views_${generation}.${name}`).join();
    await run(
      [
        'BEGIN',
        // Whoever is folding finishes first.
        `LOCK TABLE ${all} IN ACCESS EXCLUSIVE MODE`,
        ...tables.flatMap((name) => [
          `DELETE FROM views_${generation}.${name}`,
          `INSERT INTO views_${generation}.${name} SELECT * FROM older.${name}`,
        ]),
        'COMMIT',
      ].join(';'),
    );
    return behind;
  };
}
