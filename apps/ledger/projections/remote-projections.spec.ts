import { setImmediate } from 'node:timers/promises';
import { everyProjection, ofOrder, Projector, type Views, type ViewsDatabase } from '#compliance';
import { RegistryFollower } from '#compliance/registry';
import { treeSize } from '#kernel';
import { Memory } from '#messaging/memory';
import { parseLeaf } from '#statement';
import { rebuiltElsewhere } from '../../../libs/compliance/testing/projected.js';
import { RecordedLog } from '../../../libs/compliance/testing/recorded-log.js';
import { story } from '../../../libs/compliance/testing/stories.js';
import { digestsOf, emptyViews, outgoing, streamed, until } from '../../../libs/compliance/testing/streamed.js';
import { RemoteProjections, UnknownView, type RemoteGeneration, type RemoteGenerations } from './remote-projections.js';

const versions = Object.fromEntries(everyProjection.map(({ name, version }) => [name, version]));
const pause = (): Promise<void> => setImmediate();
const size = treeSize(story.length);

/** Views that stay open when those who opened them close them: they are in memory, and the test looks at them. */
function kept(views: Views): Views {
  const get = (database: object, name: string | symbol): unknown => {
    if (name === 'destroy') return async () => {};
    const member: unknown = Reflect.get(database, name, database);
    return typeof member === 'function' ? (member.bind(database) as unknown) : member;
  };
  return { ...views, database: new Proxy<ViewsDatabase>(views.database, { get }) };
}

const started: RemoteProjections[] = [];
afterEach(async () => {
  for (const remote of started.splice(0)) await remote.stop();
});

async function start({ source, log }: Pick<World, 'source' | 'log'>): Promise<RemoteProjections> {
  const remote = await RemoteProjections.start(everyProjection, source, new RegistryFollower(log.store), pause);
  started.push(remote);
  return remote;
}

interface World {
  readonly log: RecordedLog;
  readonly source: RemoteGenerations;
}

async function generations(...states: readonly RemoteGeneration['state'][]) {
  const log = new RecordedLog();
  await log.record(...story);
  const views = await Promise.all(states.map(() => emptyViews()));
  const list: RemoteGeneration[] = states.map((state, place) => ({ number: place + 1, state, versions }));
  let isAway = false;
  return {
    log,
    views,
    list,
    away: (is: boolean) => (isAway = is),
    source: {
      async list() {
        if (isAway) throw new Error('the database is away');
        return list;
      },
      async open(number: number) {
        const found = views[number - 1];
        if (found === undefined) throw new RangeError('no such generation');
        return kept(found);
      },
    },
    /** Folds the whole log into these views. */
    async fold(into: number) {
      const folded = views[into - 1];
      if (folded === undefined) throw new RangeError('no such generation');
      const world = await streamed({ log, memory: new Memory(), views: folded });
      await world.publishAll();
      await world.projector.stop();
      const given = new RegistryFollower(log.store);
      const inOrder = ofOrder('log', everyProjection);
      const projector = new Projector(inOrder, {
        store: log.store,
        vault: log.vault,
        given,
        views: folded,
        isAlone: false,
      });
      await projector.start();
      await projector.reached(await log.size(), patience());
      await projector.stop();
    },
  };
}

const patience = (): AbortSignal => AbortSignal.timeout(5_000);

describe('projections that run elsewhere', () => {
  it('are waited for until the generation that is read has come so far', async () => {
    const world = await generations('building', 'active');
    const remote = await start(world);
    await world.fold(1);
    const waiting = remote.reached(size, patience());
    const first = await Promise.race([waiting.then(() => 'reached'), setImmediate('waiting')]);
    expect(first).toBe('waiting');
    await world.fold(2);
    await waiting;
    expect(remote.states()).toEqual(
      everyProjection.map(({ name }) => ({ name, status: 'running', position: size, failure: null })),
    );
  });

  it('are not waited for longer than the signal allows, nor after they were stopped', async () => {
    const world = await generations('active');
    const remote = await start(world);
    const stop = new AbortController();
    const waiting = remote.reached(size, stop.signal);
    stop.abort(new Error('too long'));
    await expect(waiting).rejects.toThrow('too long');
    const other = remote.reached(size, patience());
    await Promise.all([expect(other).rejects.toThrow('stopped'), remote.stop()]);
  });

  it('are those of the new generation once it is read', async () => {
    const world = await generations('active', 'building');
    await world.fold(2);
    const remote = await start(world);
    expect(remote.states()[0]).toMatchObject({ position: 0 });
    world.list.splice(0, 2, { number: 1, state: 'retired', versions }, { number: 2, state: 'active', versions });
    await remote.reached(size, patience());
  });

  it('are shown as they were while the database is away, and again when it is back', async () => {
    const world = await generations('active');
    await world.fold(1);
    const remote = await start(world);
    world.away(true);
    await until(() => remote.states().every(({ status }) => status === 'retrying'));
    expect(remote.states()[0]).toMatchObject({ position: size, failure: 'Error' });
    world.away(false);
    await until(() => remote.states().every(({ status }) => status === 'running'));
  });
});

describe('an erasure', () => {
  it('takes the entry out of every generation, read or not', async () => {
    const world = await generations('retired', 'active', 'building');
    for (const number of [1, 2, 3]) await world.fold(number);
    const remote = await start(world);
    const leaves = await outgoing(world.log);
    const entry = parseLeaf(leaves[1]?.record.value ?? Buffer.of()).statement.jti;
    await world.log.vault.destroy({ entry });
    await remote.erase([entry]);
    for (const views of world.views) expect(await digestsOf(views)).toEqual(await rebuiltElsewhere(world.log));
  });

  it('is refused, not half done, where a generation has a view that this program does not know', async () => {
    const world = await generations('active', 'building');
    for (const number of [1, 2]) await world.fold(number);
    world.list[1] = { number: 2, state: 'building', versions: { ...versions, later: 1 } };
    const remote = await start(world);
    const before = await Promise.all(world.views.map((views) => digestsOf(views)));
    const leaves = await outgoing(world.log);
    await expect(remote.erase([parseLeaf(leaves[1]?.record.value ?? Buffer.of()).statement.jti])).rejects.toThrow(
      UnknownView,
    );
    expect(await Promise.all(world.views.map((views) => digestsOf(views)))).toEqual(before);
  });
});
