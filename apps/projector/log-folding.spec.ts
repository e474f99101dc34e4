import { setImmediate } from 'node:timers/promises';
import type { Views } from '#compliance';
import { RegistryFollower } from '#compliance/registry';
import { judgements } from '#compliance/judging';
import { breakable } from '../../libs/compliance/testing/breakable.js';
import { rebuiltElsewhere } from '../../libs/compliance/testing/projected.js';
import { RecordedLog } from '../../libs/compliance/testing/recorded-log.js';
import { story } from '../../libs/compliance/testing/stories.js';
import { digestsOf, emptyViews, until } from '../../libs/compliance/testing/streamed.js';
import { readPositions, type Projection } from '#compliance';
import { LogFolding, type WhileAlone } from './log-folding.js';

/** One turn for all, as a lock of the database gives it. */
class Turn {
  #holder: AbortController | null = null;
  isAway = false;

  readonly alone: WhileAlone = async (_views, signal, work) => {
    if (this.isAway) throw new Error('the database is away');
    if (this.#holder !== null) return false;
    const lost = new AbortController();
    this.#holder = lost;
    try {
      await work(AbortSignal.any([signal, lost.signal]));
    } finally {
      if (this.#holder === lost) this.#holder = null;
    }
    return true;
  };

  /** The session of who holds it ends; another one may have it before that is known. */
  lose(): void {
    this.#holder?.abort();
  }
}

const foldings: LogFolding[] = [];
afterEach(async () => {
  for (const folding of foldings.splice(0)) await folding.stop();
});

function folding(log: RecordedLog, views: Views, turn: Turn, projections: readonly Projection[] = [judgements]) {
  const given = new RegistryFollower(log.store);
  const { store, vault } = log;
  const started = new LogFolding(projections, {
    store,
    vault,
    given,
    views,
    alone: turn.alone,
    pause: () => setImmediate(),
  });
  foldings.push(started);
  started.start();
  return started;
}

const positionIn = async ({ database }: Views, name: string): Promise<number> =>
  (await readPositions(database, [name]))[0]?.position ?? 0;

describe('what needs the order of the whole log', () => {
  it('is folded by one process alone, and by another one from there on when that is gone', async () => {
    const [log, views, turn] = [new RecordedLog(), await emptyViews(), new Turn()];
    await log.record(...story);
    const first = folding(log, views, turn);
    await until(async () => (await positionIn(views, 'judgements')) === story.length);
    const second = folding(log, views, turn);
    for (let turns = 0; turns < 20; turns += 1) await setImmediate();
    await first.stop();
    await log.record(...story.slice(0, 2));
    await until(async () => (await positionIn(views, 'judgements')) === story.length + 2);
    expect(second.states()).toEqual([{ name: 'judgements', status: 'running', failure: null, stuck: [] }]);
    expect(await digestsOf(views, [judgements])).toEqual(await rebuiltElsewhere(log, [judgements]));
  });

  it('goes on after the session that held the turn was lost', async () => {
    const [log, views, turn] = [new RecordedLog(), await emptyViews(), new Turn()];
    folding(log, views, turn);
    folding(log, views, turn);
    await log.record(...story);
    await until(async () => (await positionIn(views, 'judgements')) === story.length);
    turn.lose();
    await log.record(...story);
    await until(async () => (await positionIn(views, 'judgements')) === 2 * story.length);
    expect(await digestsOf(views, [judgements])).toEqual(await rebuiltElsewhere(log, [judgements]));
  });

  it('is said to be tried again while the database is away', async () => {
    const [log, views, turn] = [new RecordedLog(), await emptyViews(), new Turn()];
    turn.isAway = true;
    const one = folding(log, views, turn);
    await until(() => one.states()[0]?.status === 'retrying');
    turn.isAway = false;
    await log.record(...story);
    await until(async () => (await positionIn(views, 'judgements')) === story.length);
    expect(one.states()[0]).toMatchObject({ status: 'running', failure: null });
  });

  it('stops at what cannot be folded, says so, and goes on when it is told to', async () => {
    const { projection, fail } = breakable('fragile');
    const fragile: Projection = { ...projection, order: 'log' };
    const [log, views, turn] = [new RecordedLog(), await emptyViews([fragile]), new Turn()];
    fail(1);
    const one = folding(log, views, turn, [fragile]);
    await log.record(...story);
    await until(() => one.states()[0]?.status === 'stopped');
    expect(one.states()[0]).toMatchObject({ stuck: [0] });
    fail(null);
    await one.resume();
    await until(async () => (await positionIn(views, 'fragile')) === story.length);
    expect(one.states()[0]).toMatchObject({ status: 'running', stuck: [] });
  });
});
