import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.js';

/** F13: views are built anew under load, read from the moment they agree, and given back again. */
export const rebuiltViews: Scenario = {
  name: 'F13',
  title: 'a rebuild under load with a switch and a way back',
  rounds: { short: 1, long: 6 },
  run: async ({ stage, rounds, isShort, random }) => {
    const { cli } = { cli: (...args: string[]) => stage.cluster.cli('postgres', ['rebuild', ...args]) };
    const before = (await stage.views()).generation;
    await stage.settle();
    for (let round = 0; round < rounds; round++) {
      await stage.underLoad(async () => {
        stage.doing = 'building views under load';
        await cli('start');
        await sleep(isShort ? 500 : 10_000);
        if (random.chance(0.5)) await stage.restart('projector-one');
      });
      // Digests are compared at one place of the log: there has to be a moment's rest.
      stage.doing = 'switching to the new views';
      await cli('switch', '--wait', '60');
      const { generation } = await stage.views();
      if (generation === before) throw new Error('the old generation is still read');
      await stage.underLoad(async () => sleep(300));
      await stage.settle();
      await stage.check();
      stage.doing = 'going back';
      await cli('rollback');
      await stage.underLoad(async () => sleep(300));
      await stage.settle();
      await stage.check();
      stage.doing = 'going forward again';
      await cli('switch', String(generation), '--accept', 'other-place', '--wait', '60');
    }
    const took = await stage.settle();
    const { generation } = await stage.views();
    return `generation ${before} before, ${generation} after; ${took}`;
  },
};
