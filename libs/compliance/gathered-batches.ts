import { largestBatch, type StoredRecord } from '#event-store';

/**
 * Joins batches of a subscription that are there at once, so that a fold that has fallen behind has more in one
 * transaction. A batch that is not full is the last for now and goes on by itself.
 *
 * @param most about how many records to join
 * @param pause how long the next batch may take to be there
 */
export async function* gatheredBatches(
  subscription: AsyncIterable<readonly StoredRecord[]>,
  most: number,
  pause: () => Promise<unknown>,
): AsyncGenerator<readonly StoredRecord[], void, undefined> {
  const batches = subscription[Symbol.asyncIterator]();
  let awaited: ReturnType<typeof batches.next> | null = null;
  try {
    for (;;) {
      const first = await (awaited ?? batches.next());
      awaited = null;
      if (first.done === true) return;
      const joined = [...first.value];
      for (let isFull = first.value.length >= largestBatch; isFull && joined.length < most;) {
        awaited = handled(batches.next());
        const next = await Promise.race([awaited, pause().then(() => null)]);
        if (next === null || next.done === true) break;
        awaited = null;
        joined.push(...next.value);
        isFull = next.value.length >= largestBatch;
      }
      yield joined;
    }
  } finally {
    // What is awaited may never come: the subscription ends once it does.
    const ended = handled(Promise.resolve(batches.return?.()));
    if (awaited === null) await ended;
  }
}

/** A failure is met where the next batch is asked for, which may be later. */
function handled<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}
