import type { Pause } from '#kernel';
import { TestClock, until } from '../../test/support/running-ledger.js';
import { tidyRegularly } from './tidy-regularly.js';

const hour = 60 * 60 * 1000;

describe('What is past its days', () => {
  const begun = (tidy: (over: string) => Promise<void>, pause?: Pause) => {
    const clock = new TestClock();
    const troubles: unknown[] = [];
    const troubled = (_: string, error: unknown): void => void troubles.push(error);
    return { clock, troubles, stop: tidyRegularly({ clock, pause: pause ?? clock.pause, tidy, troubled }) };
  };

  it('is destroyed every hour, an hour after it is over', async () => {
    const seen: string[] = [];
    const { clock, stop } = begun(async (over) => void seen.push(over));
    expect(seen).toEqual([]);
    for (const times of [1, 2]) {
      clock.tick(hour);
      await until(() => seen.length === times);
    }
    expect(seen).toEqual(['2026-11-22T10:00:00.000Z', '2026-11-22T11:00:00.000Z']);
    await stop();
  });

  it('is tried again where it could not be destroyed, and somebody is told', async () => {
    let times = 0;
    const { clock, troubles, stop } = begun(() => Promise.reject(new Error(`no disk ${++times}`)));
    for (const told of [1, 2]) {
      clock.tick(hour);
      await until(() => troubles.length === told);
    }
    expect(troubles).toMatchObject([{ message: 'no disk 1' }, { message: 'no disk 2' }]);
    await stop();
  });

  it('is left alone once the ledger stops, after what was begun', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const steps: string[] = [];
    const { clock, stop } = begun(async () => {
      steps.push('begun');
      await promise;
      steps.push('done');
    });
    clock.tick(hour);
    await until(() => steps.length === 1);
    const stopped = stop().then(() => steps.push('stopped'));
    resolve();
    await stopped;
    clock.tick(hour);
    expect(steps).toEqual(['begun', 'done', 'stopped']);
  });
});
