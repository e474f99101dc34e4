import { DomainError } from '#kernel';
import type { PreparedEntry, Recorded } from '#recording';
import type { NoteSigner } from '#transparency';
import { admission, operation, police, request, youthOffice } from '../../libs/recording/testing/entries.js';
import { Scratch } from '../../libs/recording/testing/scratch.js';
import { openWriteSide, signerOf, type WriteSide } from '../../libs/recording/testing/write-side.js';
import { checkLedger, type Acknowledged } from '../support/check-ledger.js';
import { FaultPlan, type Failure } from '../support/fault-plan.js';
import { FaultyDatabase } from '../support/faulty-database.js';
import { FaultyEventStore } from '../support/faulty-event-store.js';
import { FaultyVault } from '../support/faulty-vault.js';

/** The steps of an entry's way into a signed tree, in their order. Each is one or two operations that fail together. */
const steps: Readonly<Record<string, readonly string[]>> = {
  'the vault stores the blocks': ['vault store'],
  'the log appends the leaves': ['append entries'],
  'the log appends, and cannot be read back': ['append entries', 'read entries'],
  'the register marks': ['register commit'],
  'the tree takes the leaves': ['tree commit'],
  'the tree head is persisted': ['append entries.checkpoints'],
  'the last tree head is read': ['read entries.checkpoints'],
  'the checkpoint is signed': ['sign'],
};

/** A read or a signature leaves nothing behind, so it only ever fails in one way. */
const leavesNothing = (operation: string): boolean => operation === 'sign' || operation.startsWith('read');

const failuresOf = (operations: readonly string[]): readonly Failure[] =>
  operations.every(leavesNothing) ? ['not done'] : ['not done', 'done'];

interface Case {
  readonly step: string;
  readonly failure: Failure;
  /** how often in a row: once is overcome within the call, always is an outage that somebody has to mend */
  readonly times: number;
  readonly afterwards: 'the client tries again' | 'a new process opens everything';
}

const cases: Case[] = Object.entries(steps).flatMap(([step, operations]) =>
  failuresOf(operations).flatMap((failure) =>
    [1, Number.POSITIVE_INFINITY].flatMap((times) =>
      (['the client tries again', 'a new process opens everything'] as const).map((afterwards) => ({
        step,
        failure,
        times,
        afterwards,
      })),
    ),
  ),
);

let scratch: Scratch;
let plan: FaultPlan;
let side: WriteSide;

const failing = (signer: NoteSigner): NoteSigner => ({
  ...signer,
  sign: (text) => plan.aroundSync('sign', () => signer.sign(text)),
});

async function open(): Promise<void> {
  side = await openWriteSide(scratch, {
    store: (inner) => new FaultyEventStore(inner, plan),
    vault: (inner) => new FaultyVault(inner, plan),
    database: (file, part) => new FaultyDatabase(file, part, plan),
    signer: failing,
  });
}

beforeEach(async () => {
  scratch = new Scratch();
  plan = new FaultPlan();
  await open();
});
afterEach(async () => {
  await side.drop();
  scratch.remove();
});

/** What clients send while something fails: sealed afresh whenever it is sent, as by a client that knows no better. */
const sent: readonly (() => readonly PreparedEntry[])[] = [
  () => [request(10, 1, { data: { addressee: youthOffice } }), operation(11, { exchange: 1 }), operation(12)],
  () => [operation(13, { by: youthOffice })],
  () => [operation(14)],
  () => [request(15, 2), operation(16, { exchange: 2 })],
];

class History {
  readonly acknowledged: Recorded[] = [];
  readonly checkpoints = { entries: new Set<string>(), registry: new Set<string>() };

  /** Sends everything at once. An error may only be the one that says: try again. */
  async send(): Promise<void> {
    for (const outcome of await Promise.allSettled(sent.map((entries) => side.recorder.record(entries())))) {
      if (outcome.status === 'fulfilled') this.acknowledged.push(...outcome.value);
      else expect((outcome.reason as DomainError).code).toBe('store-unavailable');
    }
  }

  async advance(): Promise<boolean> {
    const isAdvanced = await side.advance().then(
      () => true,
      () => false,
    );
    for (const log of ['entries', 'registry'] as const) {
      const { published } = side.integrators[log];
      if (published) this.checkpoints[log].add(published.checkpoint);
    }
    return isAdvanced;
  }

  async check(): Promise<void> {
    const { store, vault, registerDatabase, receipts } = side;
    const keys = {
      entries: signerOf('entries').vkey,
      registry: signerOf('registry').vkey,
      receipt: receipts.verifierKey,
    };
    const blockFile = scratch.file('vault.sqlite');
    await checkLedger(
      { store, vault, registerDatabase, blockFile, keys, swept: true },
      {
        acknowledged: this.acknowledged.map((one): Acknowledged => ({
          ...one,
          leafHash: one.leafHash.toString('base64'),
        })),
        checkpoints: { entries: [...this.checkpoints.entries], registry: [...this.checkpoints.registry] },
      },
    );
  }
}

describe('when a step of the write side fails, every acknowledged entry is kept and none is kept twice:', () => {
  it.each(cases)('$step: $failure, $times times, then $afterwards', async ({ step, failure, times, afterwards }) => {
    const history = new History();
    await side.recorder.record([admission(1, police), admission(2, youthOffice)]);
    history.acknowledged.push(...(await side.recorder.record([operation(3), operation(4)])));
    expect(await history.advance()).toBe(true);

    for (const name of steps[step] ?? []) plan.fail(name, leavesNothing(name) ? 'not done' : failure, times);
    await history.send();
    await history.advance();
    for (const name of steps[step] ?? []) expect(plan.struck(name)).toBeGreaterThan(0);
    plan.mend();

    if (afterwards === 'a new process opens everything') {
      await side.drop();
      await open();
      await side.sweep();
    }
    await history.send();
    const ids = new Set(history.acknowledged.map(({ id }) => id));
    expect(ids.size).toBe(2 + 7);
    expect(new Set(history.acknowledged.map(({ receipt }) => receipt)).size).toBe(ids.size);
    history.acknowledged.push(...(await side.recorder.record([operation(20, { exchange: 2 })])));
    expect(await history.advance()).toBe(true);
    expect(side.integrators.entries.published?.head.size).toBe(2 + 7 + 1);

    // Whoever opens the data next sweeps away what the failure left in the vault.
    await side.drop();
    await open();
    await side.sweep();
    await history.check();
  });
});

describe('a retry inside the call', () => {
  it.each(['not done', 'done'] as const)('overcomes an append that failed once and was %s', async (failure) => {
    await side.recorder.record([admission(1, police)]);
    plan.fail('append entries', failure, 1);
    const [recorded] = await side.recorder.record([operation(2)]);
    expect(recorded).toMatchObject({ index: 0, repeated: null });
    expect(plan.struck('append entries')).toBe(1);
    expect(await side.store.size('entries')).toBe(1);
  });
});
