import fc from 'fast-check';
import { Projector, type Views } from '#compliance';
import { judgements, judgementsWithoutNote } from '#compliance/judging';
import { RegistryFollower } from '#compliance/registry';
import { openSqliteViews } from '#compliance/sqlite';
import type { EventStore } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { leafIndex, treeSize } from '#kernel';
import { parseLeaf, readDisclosure, type JsonObject } from '#statement';
import { admission, police, prepared, youthOffice } from '../../../libs/recording/testing/entries.js';
import { Scratch } from '../../../libs/recording/testing/scratch.js';
import { openWriteSide, SetClock, type WriteSide } from '../../../libs/recording/testing/write-side.js';
import { FaultPlan, type Failure } from '../../../test/support/fault-plan.js';
import { FaultyEventStore } from '../../../test/support/faulty-event-store.js';
import { FaultyVault } from '../../../test/support/faulty-vault.js';
import { NoteRaiser } from './note-raiser.js';
import { randomRuns } from '../../../test/support/random-runs.js';

const seed = 20261122;
const hour = 3_600_000;
const ledgers = ['one', 'other'] as const;
const until = new AbortController().signal;

/** Two ledgers on one log, whose calls fail as planned, and the views of it. */
class World {
  readonly scratch = new Scratch();
  readonly plan = new FaultPlan();
  readonly clock = new SetClock();
  views: Views = openSqliteViews(':memory:');
  readonly sides = new Map<string, WriteSide>();
  #recorded = 0;

  async open(ledger: string): Promise<WriteSide> {
    const known = this.sides.get(ledger);
    if (known !== undefined) return known;
    const side = await openWriteSide(this.scratch, {
      ledger,
      clock: this.clock,
      store: (store) => new FaultyEventStore(store, this.plan),
      vault: (vault) => new FaultyVault(vault, this.plan),
    });
    this.sides.set(ledger, side);
    return side;
  }

  /** As when the process is killed: nothing is finished, and the next start finds what is in the files. */
  async kill(ledger: string): Promise<void> {
    const side = this.sides.get(ledger);
    this.sides.delete(ledger);
    await side?.drop();
  }

  async record(ledger: string, missing: boolean): Promise<void> {
    const number = (this.#recorded += 1);
    const data = {
      recipients: [youthOffice],
      disclosureId: crypto.randomUUID(),
      ...(missing && { justification: { missing: 'not-given' } }),
    };
    const side = await this.open(ledger);
    await side.recorder.record([prepared('InformationDisclosed', number, { exchange: number, data })]);
  }

  /** Has the judgements follow the log to its end, or begin anew and come as far as that. */
  async project(anewTo?: number): Promise<void> {
    const { store: whole, vault } = await this.open('one');
    const store = anewTo === undefined ? whole : await copyOf(whole, anewTo);
    if (anewTo !== undefined) this.views = openSqliteViews(':memory:');
    const projector = new Projector([judgements], {
      store,
      vault,
      views: this.views,
      given: new RegistryFollower(store),
    });
    await projector.start();
    await projector.reached(await store.size('entries'), AbortSignal.timeout(20_000));
    await projector.stop();
  }

  /** milliseconds */
  settling = 0;

  async raise(ledger: string): Promise<number> {
    return (await (await this.raiser(ledger)).raiseOwed(until)).owed;
  }

  async raiser(ledger: string, unfit: (error: Error) => void = () => {}): Promise<NoteRaiser> {
    const { store, register, recorder, sequencers } = await this.open(ledger);
    return new NoteRaiser({
      store,
      register,
      recorder,
      sequencers,
      clock: this.clock,
      views: async () => this.views.database,
      pause: async () => {},
      raised: () => {},
      unfit,
      registry: new RegistryFollower(store),
      settling: this.settling,
    });
  }

  /** Whose rule and about what, of every check note in the log. */
  async notes(): Promise<readonly string[]> {
    const { store, vault } = await this.open('one');
    const records = await store.read('entries', leafIndex(0), 10_000);
    const ids = records.map(({ bytes }) => parseLeaf(bytes).statement.jti);
    const opened = await vault.open(ids, ['terms']);
    const terms = ids.map((id): JsonObject => {
      const [block] = opened.get(id) ?? [];
      return block && 'encoded' in block ? readDisclosure(block.encoded).value : {};
    });
    return terms.flatMap(({ type, rule, agency, fact }) =>
      type === 'CheckNoteRaised' ? [JSON.stringify([rule, agency, fact])] : [],
    );
  }

  async close(): Promise<void> {
    for (const ledger of ledgers) await this.kill(ledger);
    await this.views.database.destroy();
    this.scratch.remove();
  }
}

/** A log as it was. */
async function copyOf(store: EventStore, size: number): Promise<EventStore> {
  const copy = new MemoryEventStore();
  for (const [log, to] of [
    ['registry', await store.size('registry')],
    ['entries', size],
  ] as const) {
    const records = await store.read(log, leafIndex(0), to);
    await copy.append(
      log,
      treeSize(0),
      records.map(({ bytes }) => bytes),
    );
  }
  return copy;
}

type Step =
  | { readonly does: 'record'; readonly ledger: string; readonly missing: boolean }
  | { readonly does: 'wait'; readonly hours: number }
  | { readonly does: 'project' }
  | { readonly does: 'kill'; readonly ledger: string }
  | { readonly does: 'raise'; readonly ledger: string; readonly fault: Fault | null };

interface Fault {
  readonly operation: string;
  readonly failure: Failure;
  readonly skip: number;
}

const ledger = fc.constantFrom(...ledgers);
const fault: fc.Arbitrary<Fault> = fc.record({
  operation: fc.constantFrom('append entries', 'vault store', 'read entries', 'vault open'),
  failure: fc.constantFrom<Failure>('not done', 'done'),
  skip: fc.nat(2),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant('record' as const), ledger, missing: fc.boolean() }),
  fc.record({ does: fc.constant('wait' as const), hours: fc.nat(200) }),
  fc.constant({ does: 'project' as const }),
  fc.record({ does: fc.constant('kill' as const), ledger }),
  fc.record({ does: fc.constant('raise' as const), ledger, fault: fc.option(fault) }),
);

async function take(world: World, one: Step): Promise<void> {
  switch (one.does) {
    case 'record':
      return world.record(one.ledger, one.missing);
    case 'wait':
      return world.clock.move(one.hours * hour);
    case 'project':
      return world.project();
    case 'kill':
      return world.kill(one.ledger);
    case 'raise':
      return raiseUnder(world, one.ledger, one.fault);
  }
}

async function raiseUnder(world: World, by: string, planned: Fault | null): Promise<void> {
  await world.open(by);
  if (planned) world.plan.fail(planned.operation, planned.failure, Number.POSITIVE_INFINITY, planned.skip);
  // What fails is owed still; a ledger whose start or reading fails looks again later.
  await world.raise(by).catch(() => null);
  world.plan.mend();
}

describe('raising check notes', () => {
  it(`gives one for each rule and fact, none missing and none twice, whatever fails and whoever is killed between (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
        const world = new World();
        try {
          const { recorder } = await world.open('one');
          await recorder.record([admission(9_000_000, police), admission(9_000_001, youthOffice)]);
          await world.project();
          for (const one of [...steps, { does: 'record' as const, ledger: 'one', missing: true }])
            await take(world, one);
          await world.project();
          for (const by of ledgers) expect(await world.raise(by)).toBe(0);
          await world.project();
          const notes = await world.notes();
          expect(new Set(notes).size).toBe(notes.length);
          expect(notes.length).toBeGreaterThan(0);
          expect(await judgementsWithoutNote(world.views.database, world.clock.now(), 10)).toEqual([]);
        } finally {
          await world.close();
        }
      }),
      { seed, numRuns: randomRuns(25) },
    );
  });

  it('waits until views that are built anew know what was done in time', async () => {
    const world = new World();
    const { recorder } = await world.open('one');
    await recorder.record([admission(9_000_000, police), admission(9_000_001, youthOffice)]);
    const disclosureId = '0195a6f0-0001-7000-8000-00000000d15c';
    const told = { recipients: [youthOffice], disclosureId };
    await recorder.record([prepared('InformationDisclosed', 1, { exchange: 1, data: told })]);
    const seen = { disclosedBy: police, disclosureId };
    await recorder.record([prepared('DisclosureReceived', 2, { exchange: 1, by: youthOffice, data: seen })]);
    world.clock.move(1_000 * hour);
    await world.project(1);
    const late = await judgementsWithoutNote(world.views.database, world.clock.now(), 10);
    expect(late.map(({ rule }) => rule)).toContain('LOG-04');
    await world.raise('one');
    expect(await world.notes()).toEqual([]);
    await world.project();
    await world.raise('one');
    expect((await world.notes()).filter((key) => key.includes('LOG-04'))).toEqual([]);
    await world.close();
  });

  it('tells once of a note that no entry can say, and raises all others', async () => {
    const world = new World();
    const { recorder } = await world.open('one');
    await recorder.record([admission(9_000_000, police), admission(9_000_001, youthOffice)]);
    for (let entries = 0; entries < 60; entries += 1) await world.record('one', true);
    await world.project();
    const { database } = world.views;
    const owed = (await judgementsWithoutNote(database, world.clock.now(), 1_000)).length;
    await database.updateTable('judgement').set({ severity: 'grave' }).where('rule', '=', 'LOG-01').execute();
    const told: string[] = [];
    const raiser = await world.raiser('one', ({ message }) => told.push(message));
    for (let looks = 0; looks < 2; looks += 1) {
      expect(await raiser.raiseOwed(until)).toMatchObject({ owed: 0, failure: null });
      await world.project();
    }
    const notes = await world.notes();
    expect(notes.filter((key) => key.includes('LOG-01'))).toEqual([]);
    expect(notes).toHaveLength(owed - 60);
    expect(told).toHaveLength(60);
    await world.close();
  });

  it('gives a ledger that was away for weeks everything that became due meanwhile, in batches', async () => {
    const world = new World();
    const { recorder } = await world.open('one');
    await recorder.record([admission(9_000_000, police), admission(9_000_001, youthOffice)]);
    for (let entries = 0; entries < 60; entries += 1) await world.record('one', true);
    world.clock.move(1_000 * hour);
    await world.project();
    await world.raise('one');
    await world.project();
    expect((await world.notes()).filter((key) => key.includes('LOG-04'))).toHaveLength(60);
    expect(await judgementsWithoutNote(world.views.database, world.clock.now(), 10)).toEqual([]);
    await world.close();
  });
});
