import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { everyProjection } from '../every-projection.js';
import { PostgresDatabase } from '../testing/databases.js';
import { until } from '../testing/streamed.js';
import type { Views } from '../views.js';
import { createGeneration } from './generations.js';
import { whileAlone } from './while-alone.js';

const server = new PostgresDatabase();
const opened: Views[] = [];
let name: string;

beforeAll(async () => {
  await server.start();
  name = await server.create();
  const owner = await server.as('owner', name);
  for (let made = 0; made < 2; made += 1) await createGeneration(owner.database, everyProjection, 12);
  await owner.database.destroy();
});
afterAll(async () => {
  for (const { database } of opened) await database.destroy();
  await server.stop();
});

async function projector(generation: number): Promise<Views> {
  const views = await server.as('projector', name, generation);
  opened.push(views);
  return views;
}

const stop = (): AbortController => new AbortController();
const ended = async (signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) await setImmediate();
};
const pause = (): Promise<void> => setImmediate();

describe('what one process at a time does for a generation', () => {
  it('is not done by a second one before the first has ended', async () => {
    const [one, other] = [await projector(1), await projector(1)];
    const first = stop();
    let began = false;
    const doing = whileAlone(
      one,
      first.signal,
      async (lost) => {
        began = true;
        await ended(lost);
      },
      pause,
    );
    await until(() => began);
    expect(await whileAlone(other, stop().signal, async () => {}, pause)).toBe(false);
    first.abort();
    expect(await doing).toBe(true);
    expect(await whileAlone(other, stop().signal, async () => {}, pause)).toBe(true);
  });

  it('is done for each generation by itself', async () => {
    const [one, other] = [await projector(1), await projector(2)];
    const done: number[] = [];
    await whileAlone(
      one,
      stop().signal,
      async () => {
        await whileAlone(other, stop().signal, async () => void done.push(2), pause);
        done.push(1);
      },
      pause,
    );
    expect(done).toEqual([2, 1]);
  });

  it('is given up when its session is gone, and another one has its turn', async () => {
    const [one, other] = [await projector(1), await projector(1)];
    let wasLost = false;
    let began = false;
    const doing = whileAlone(
      one,
      stop().signal,
      async (lost) => {
        began = true;
        await ended(lost);
        wasLost = true;
      },
      pause,
    );
    const outcome = doing.catch((error: unknown) => error);
    await until(() => began);
    await server.server.run(
      name,
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()`,
    );
    expect(await outcome).toBeInstanceOf(Error);
    expect(wasLost).toBe(true);
    await until(() => whileAlone(other, stop().signal, async () => {}, pause));
  });

  it('that fails, fails for who wanted it, and leaves the turn to the next', async () => {
    const one = await projector(1);
    const failing = whileAlone(one, stop().signal, () => Promise.reject(new RangeError('broken')), pause);
    await expect(failing).rejects.toThrow('broken');
    const { rows } = await sql`SELECT FROM pg_locks WHERE locktype = 'advisory'`.execute(one.database);
    expect(rows).toEqual([]);
  });
});
