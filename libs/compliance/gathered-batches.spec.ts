import { setImmediate } from 'node:timers/promises';
import { largestBatch, type StoredRecord } from '#event-store';
import { leafIndex } from '#kernel';
import { gatheredBatches } from './gathered-batches.js';

const batchOf = (size: number, from = 0): readonly StoredRecord[] =>
  Array.from({ length: size }, (_, place) => ({ index: leafIndex(from + place), bytes: Buffer.alloc(0) }));

const full = largestBatch;

async function* after(...steps: readonly (number | 'wait' | 'fail')[]) {
  let from = 0;
  for (const step of steps) {
    if (step === 'wait') await setImmediate();
    else if (step === 'fail') throw new Error('away');
    else {
      yield batchOf(step, from);
      from += step;
    }
  }
}

async function sizesOf(subscription: AsyncIterable<readonly StoredRecord[]>, most: number, turns = 0) {
  const sizes: number[] = [];
  let next = 0;
  const pause = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    for (let turn = 0; turn < turns; turn += 1) await setImmediate();
  };
  for await (const batch of gatheredBatches(subscription, most, pause)) {
    for (const { index } of batch) expect(index).toBe(next++);
    sizes.push(batch.length);
  }
  return sizes;
}

describe('batches that are gathered', () => {
  it('are full ones that are there at once, up to about as many as asked for', async () => {
    expect(await sizesOf(after(full, full, full, full, full, 7), 3 * full)).toEqual([3 * full, 2 * full + 7]);
  });

  it('are left as they come where none are asked for', async () => {
    expect(await sizesOf(after(full, full, 7), 1)).toEqual([full, full, 7]);
  });

  it('end with one that is not full: nobody waits for more', async () => {
    expect(await sizesOf(after(full, 3, full, 5), 10 * full)).toEqual([full + 3, full + 5]);
  });

  it('end where the next one is not there yet, which is not lost', async () => {
    expect(await sizesOf(after(full, 'wait', full, 2), 10 * full)).toEqual([full, full + 2]);
  });

  it('fail where the subscription does, after what came before', async () => {
    const batches = gatheredBatches(after(full, 'wait', 'fail'), 10 * full, async () => {});
    expect((await batches.next()).value).toHaveLength(full);
    await setImmediate();
    await expect(batches.next()).rejects.toThrow('away');
  });

  it('end the subscription when nobody wants more, whether or not one is awaited', async () => {
    let ended = 0;
    async function* endless() {
      try {
        yield batchOf(full);
        await setImmediate();
        yield batchOf(1, full);
      } finally {
        ended += 1;
      }
    }
    for (const most of [1, 10 * full]) {
      for await (const batch of gatheredBatches(endless(), most, async () => {})) {
        expect(batch).toHaveLength(full);
        break;
      }
    }
    await setImmediate();
    await setImmediate();
    expect(ended).toBe(2);
  });
});
