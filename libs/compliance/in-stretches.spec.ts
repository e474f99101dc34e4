import { setImmediate } from 'node:timers/promises';
import { largestBatch, type StoredRecord } from '#event-store';
import { leafIndex } from '#kernel';
import { inStretches } from './in-stretches.js';

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

/** Long enough for what is there at once. */
async function briefly(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** How many records each stretch has, after it is checked that none is left out or doubled. */
async function sizesOf(subscription: AsyncIterable<readonly StoredRecord[]>, most: () => number) {
  const sizes: number[] = [];
  let next = 0;
  for await (const stretch of inStretches(subscription, most, briefly)) {
    const before = next;
    for await (const batch of stretch) for (const { index } of batch) expect(index).toBe(next++);
    sizes.push(next - before);
  }
  return sizes;
}

describe('a subscription in stretches', () => {
  it('gives full batches that are there at once together, up to as many records as asked for', async () => {
    const sizes = await sizesOf(after(full, full, full, full, full, 7), () => 3 * full);
    expect(sizes).toEqual([3 * full, 2 * full + 7]);
  });

  it('gives no more than asked for, also of one batch, and changes that from one stretch to the next', async () => {
    expect(await sizesOf(after(full, 7), () => full - 1)).toEqual([full - 1, 1, 7]);
    expect(await sizesOf(after(3, 2), () => 1)).toEqual([1, 1, 1, 1, 1]);
    let most = 1;
    expect(await sizesOf(after(full, full), () => (most *= 100))).toEqual([100, full - 100, full]);
  });

  it('ends a stretch with a batch that is not full: nobody waits for more', async () => {
    expect(await sizesOf(after(full, 3, full, 5), () => 10 * full)).toEqual([full + 3, full + 5]);
  });

  it('ends a stretch where the next batch is not there yet, which is not lost', async () => {
    expect(await sizesOf(after(full, 'wait', full, 2), () => 10 * full)).toEqual([full, full + 2]);
  });

  it('fails where the subscription does, after what came before', async () => {
    const stretches = inStretches(after(full, 'wait', 'fail'), () => 10 * full, briefly);
    const { value: stretch } = await stretches.next();
    const sizes: number[] = [];
    for await (const batch of stretch ?? []) sizes.push(batch.length);
    expect(sizes).toEqual([full]);
    await setImmediate();
    await expect(stretches.next()).rejects.toThrow('away');
  });

  it('ends the subscription when nobody wants more, whether or not a batch is awaited', async () => {
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
    for (const most of [full, 10 * full]) {
      for await (const stretch of inStretches(endless(), () => most, briefly)) {
        for await (const batch of stretch) expect(batch).toHaveLength(full);
        break;
      }
    }
    await setImmediate();
    await setImmediate();
    expect(ended).toBe(2);
  });
});
