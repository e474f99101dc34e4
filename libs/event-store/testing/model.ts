import { leafIndex, treeSize } from '#kernel';
import fc from 'fast-check';
import { streamNames, type EventStore, type StreamName } from '../event-store.js';
import type { OpenedEventStore } from './contract.js';
import { randomRuns } from '../../../test/support/random-runs.js';

type Step =
  | { readonly do: 'append'; readonly stream: StreamName; readonly behind: number; readonly batch: readonly string[] }
  | { readonly do: 'repeat'; readonly stream: StreamName; readonly from: number; readonly count: number }
  | { readonly do: 'read'; readonly stream: StreamName; readonly from: number; readonly limit: number }
  | { readonly do: 'reopen' };

const anyStream = fc.constantFrom(...streamNames.slice(0, 2));
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      stream: anyStream,
      behind: anyOffset(),
      batch: anyBatch(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('repeat' as const), stream: anyStream, from: fc.nat(8), count: fc.nat(4) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('read' as const), stream: anyStream, from: fc.nat(12), limit: fc.nat(12) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);

/** How far the caller's expectation lies behind the size; mostly not at all. */
function anyOffset(): fc.Arbitrary<number> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -2, max: 4 }) });
}

// Two letters only, so that different batches often overlap with what is stored.
function anyBatch(): fc.Arbitrary<string[]> {
  return fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 });
}

type Model = Map<StreamName, string[]>;

/** Random histories: the store answers whatever arrays of strings would. */
export function modelTest(open: () => Promise<OpenedEventStore>): void {
  it('does what the arrays do, whatever happens in whatever order', async () => {
    const history = fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
      const opened = await open();
      const model: Model = new Map(streamNames.map((stream) => [stream, []]));
      try {
        let store = opened.store;
        for (const step of steps) {
          if (step.do === 'reopen') {
            await store.close();
            store = await opened.reopen();
          } else await applied(step, store, model);
        }
        for (const [stream, texts] of model) await expectRange(store, stream, 0, texts.length + 1, texts);
      } finally {
        await opened.close();
      }
    });
    await fc.assert(history, { seed: 20_261_122, numRuns: randomRuns(60) });
  });
}

async function applied(step: Exclude<Step, { do: 'reopen' }>, store: EventStore, model: Model): Promise<void> {
  const texts = model.get(step.stream) ?? [];
  if (step.do === 'read') {
    await expectRange(store, step.stream, step.from, step.limit, texts);
  } else if (step.do === 'repeat') {
    const from = Math.min(step.from, texts.length);
    await expectAppend(store, step.stream, from, texts.slice(from, from + step.count), texts);
  } else {
    await expectAppend(store, step.stream, Math.max(0, texts.length - step.behind), step.batch, texts);
  }
}

async function expectAppend(
  store: EventStore,
  stream: StreamName,
  expected: number,
  batch: readonly string[],
  texts: string[],
): Promise<void> {
  const attempt = store.append(
    stream,
    treeSize(expected),
    batch.map((text) => Buffer.from(text)),
  );
  const stands = expected <= texts.length && batch.every((text, place) => texts[expected + place] === text);
  if (expected === texts.length) {
    await attempt;
    texts.push(...batch);
  } else if (stands) {
    await attempt;
  } else {
    await expect(attempt).rejects.toMatchObject({ name: 'WrongExpectedRevision', actual: texts.length });
  }
  expect(await store.size(stream)).toBe(texts.length);
}

async function expectRange(
  store: EventStore,
  stream: StreamName,
  from: number,
  limit: number,
  texts: readonly string[],
): Promise<void> {
  const stored = await store.read(stream, leafIndex(from), limit);
  expect(stored.map(({ index, bytes }) => [index, bytes.toString()])).toEqual(
    texts.slice(from, from + limit).map((text, place) => [from + place, text]),
  );
}
