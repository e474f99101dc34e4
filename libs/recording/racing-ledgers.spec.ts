import fc from 'fast-check';
import { WrongExpectedRevision, type EventStore } from '#event-store';
import type { LogName } from '#kernel';
import { checkLedger, type Acknowledged } from '../../test/support/check-ledger.js';
import type { PreparedEntry } from './entry.js';
import type { Recorded } from './recorder.js';
import { admission, clinic, operation, police, request, youthOffice } from './testing/entries.js';
import { Scratch } from './testing/scratch.js';
import { openWriteSide, SetClock, signerOf, type Wrapping, type WriteSide } from './testing/write-side.js';

const seed = 20_261_122;

/** One call of one of two ledgers: which entries it carries, and how long the event loop turns before it. */
interface Call {
  readonly ledger: 0 | 1;
  readonly ids: readonly number[];
  readonly turns: number;
  readonly jump: number;
}

const calls: fc.Arbitrary<Call[]> = fc.array(
  fc.record({
    ledger: fc.constantFrom(0 as const, 1 as const),
    ids: fc.uniqueArray(fc.nat(40), { minLength: 1, maxLength: 6 }),
    turns: fc.nat(3),
    jump: fc.integer({ min: -3_000, max: 3_000 }),
  }),
  { minLength: 20, maxLength: 80 },
);

const turn = (): Promise<void> => new Promise(setImmediate);

/** Appends that came second. Without any, the test would have shown nothing. */
let lost = 0;

/** Answers later than asked, by a few turns of the event loop: so that the other ledger gets in between. */
function late(inner: EventStore): EventStore {
  const [append, read] = [inner.append.bind(inner), inner.read.bind(inner)];
  let called = 0;
  const wait = async (): Promise<void> => {
    for (let turns = (called += 1) % 3; turns > 0; turns--) await turn();
  };
  inner.append = async (...given) => {
    await wait();
    await append(...given).catch((error: unknown) => {
      if (error instanceof WrongExpectedRevision) lost += 1;
      throw error;
    });
    await wait();
  };
  inner.read = async (...given) => {
    await wait();
    return read(...given);
  };
  return inner;
}

/** Always the same content for an id, sealed with fresh salts at each call as each ledger would. */
function entryOf(id: number): PreparedEntry {
  if (id % 3 === 0) return operation(id, { by: [police, youthOffice, clinic][id % 2] ?? police });
  return request(id, id % 4, { data: { addressee: youthOffice } });
}

const checkpointsOf = (sides: readonly WriteSide[], log: LogName): string[] =>
  sides.flatMap(({ integrators }) => integrators[log].published?.checkpoint ?? []);

async function race(
  open: (wrapping: Wrapping) => Promise<WriteSide>,
  story: readonly Call[],
  blockFile: string,
): Promise<void> {
  const clocks = [new SetClock(), new SetClock()] as const;
  const first = await open({ clock: clocks[0], ledger: 'one', store: late });
  await first.recorder.record([police, youthOffice, clinic].map((agency, i) => admission(9_000_000 + i, agency)));
  const second = await open({ clock: clocks[1], ledger: 'two', store: late });
  const sides = [first, second] as const;
  const answers: Promise<readonly Recorded[]>[] = [];
  const advances: Promise<void>[] = [];
  const noticed: unknown[] = [];
  for (const { ledger, ids, turns, jump } of story) {
    for (let i = 0; i < turns; i++) await turn();
    clocks[ledger].move(jump);
    const recording = sides[ledger].recorder.record(ids.map(entryOf));
    answers.push(recording.catch((error: unknown) => (noticed.push(error), [])));
    if (turns === 1) advances.push(sides[ledger].advance().catch((error: unknown) => void noticed.push(error)));
  }
  const acknowledged = (await Promise.all(answers)).flat();
  await Promise.all(advances);
  expect(noticed).toEqual([]);
  for (const side of sides) await side.advance();
  await first.sequencers.entries.submit([operation(1_000)]);
  await second.sequencers.entries.submit([operation(1_001)]);
  await first.sequencers.entries.submit([operation(1_002)]);

  const receipts = new Map<string, Set<string>>();
  for (const { id, receipt } of acknowledged) receipts.set(id, (receipts.get(id) ?? new Set()).add(receipt));
  for (const of of receipts.values()) expect(of.size).toBe(1);
  expect(await first.store.size('entries')).toBe(receipts.size + 3);

  await first.sweep();
  const history = {
    acknowledged: acknowledged.map((one): Acknowledged => ({ ...one, leafHash: one.leafHash.toString('base64') })),
    checkpoints: { entries: checkpointsOf(sides, 'entries'), registry: checkpointsOf(sides, 'registry') },
  };
  for (const { store, vault, registerDatabase, receipts: signer } of sides) {
    const keys = {
      entries: signerOf('entries').vkey,
      registry: signerOf('registry').vkey,
      receipt: signer.verifierKey,
    };
    await checkLedger({ store, vault, registerDatabase, blockFile, keys, swept: true }, history);
  }
}

describe('two ledgers on one log', () => {
  it('give it one gapless history; each id is recorded once and no sender notices the race', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (story) => {
        const scratch = new Scratch();
        const sides: WriteSide[] = [];
        const open = async (wrapping: Wrapping): Promise<WriteSide> => {
          const side = await openWriteSide(scratch, wrapping);
          sides.push(side);
          return side;
        };
        try {
          await race(open, story, scratch.file('vault.sqlite'));
        } finally {
          for (const side of sides) await side.drop();
          scratch.remove();
        }
      }),
      { seed, numRuns: 16 },
    );

    expect(lost).toBeGreaterThan(60);
  });
});
