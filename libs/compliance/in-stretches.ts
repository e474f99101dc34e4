import { largestBatch, type StoredRecord } from '#event-store';

type Batch = readonly StoredRecord[];

/**
 * Takes a subscription in stretches. One goes on while more is there at once, so that a fold that has fallen behind has
 * much in one transaction; a batch that is not full is the last for now. Each is to be read before the next is asked for.
 *
 * @param most records of the next stretch, at most
 * @param pause how long the next batch may take to be there
 */
export async function* inStretches(
  subscription: AsyncIterable<Batch>,
  most: () => number,
  pause: () => Promise<unknown>,
): AsyncGenerator<AsyncIterable<Batch>, void, undefined> {
  const batches = subscription[Symbol.asyncIterator]();
  let awaited: Promise<IteratorResult<Batch>> | null = null;
  let isLast = false;

  /** The next batch; null where it is not there yet, and none is once it is over. */
  async function next(isUrgent: boolean): Promise<Batch | null> {
    awaited ??= handled(batches.next());
    const result = await (isUrgent ? Promise.race([awaited, pause().then(() => null)]) : awaited);
    if (result === null) return null;
    awaited = null;
    isLast = result.done === true;
    return result.done === true ? null : result.value;
  }

  let rest: Batch = [];
  async function* stretch(): AsyncGenerator<Batch, void, undefined> {
    for (let left = most(); ;) {
      const batch = rest;
      yield batch.slice(0, left);
      rest = batch.slice(left);
      left -= batch.length;
      if (left <= 0 || batch.length < largestBatch) return;
      rest = (await next(true)) ?? [];
      if (rest.length === 0) return;
    }
  }

  try {
    while (!isLast) {
      if (rest.length === 0) rest = (await next(false)) ?? [];
      if (rest.length > 0) yield stretch();
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
