import { getEventListeners } from 'node:events';
import { realPause } from '#kernel';

const anHour = 3_600_000;
const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('a pause', () => {
  it('ends by itself', async () => {
    await expect(realPause(1, new AbortController().signal)).resolves.toBeUndefined();
  });

  it('ends at once, and without a failure, when somebody aborts it', async () => {
    const before = timers();
    const stop = new AbortController();
    const pause = realPause(anHour, stop.signal);
    stop.abort(new Error('enough'));
    await expect(pause).resolves.toBeUndefined();
    expect(timers()).toBe(before);
  });

  it('does not begin where it was aborted before', async () => {
    await expect(realPause(anHour, AbortSignal.abort())).resolves.toBeUndefined();
  });

  it('leaves nothing behind on a signal that lives on', async () => {
    const { signal } = new AbortController();
    for (let i = 0; i < 20; i++) await realPause(0, signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
