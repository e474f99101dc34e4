import { DatabaseSync } from 'node:sqlite';
import type { DomainError, EntryId, ExchangeId, LogName } from '#kernel';
import { VaultDamaged } from '#vault';
import { alone, type Coordination } from './coordination.js';
import { catchUpWithAll } from './fold.js';
import { Follower } from './follower.js';
import { Register } from './register.js';
import { admission, clinic, operation, police, request, youthOffice } from './testing/entries.js';
import { Scratch } from './testing/scratch.js';
import { openWriteSide, type Wrapping, type WriteSide } from './testing/write-side.js';

/** What two ledgers agree on, in the memory of the test. */
class Agreement implements Coordination {
  readonly #logs = new Map<EntryId, LogName>();
  #last: unknown = null;
  #turn: Promise<unknown> = Promise.resolve();

  of(ledger: string): Coordination {
    return {
      close: async () => {},
      claim: (log, ids) => this.claim(log, ids),
      inTurn: (_log, work) => {
        const next = this.#turn.then(() => {
          const moved = this.#last !== ledger;
          this.#last = ledger;
          return work(moved);
        });
        this.#turn = next.catch(() => {});
        return next;
      },
    };
  }

  inTurn: Coordination['inTurn'] = (_log, work) => work(true);

  async claim(log: LogName, ids: readonly EntryId[]): Promise<ReadonlySet<EntryId>> {
    for (const id of ids) if (!this.#logs.has(id)) this.#logs.set(id, log);
    return new Set(ids.filter((id) => this.#logs.get(id) !== log));
  }

  async close(): Promise<void> {}
}

const coded = (code: DomainError['code']) => expect.objectContaining({ code });

describe('several ledgers on one log', () => {
  let scratch: Scratch;
  const sides: WriteSide[] = [];
  const opened = async (ledger: string, wrapping: Wrapping = {}): Promise<WriteSide> => {
    const side = await openWriteSide(scratch, { ...wrapping, ledger });
    sides.push(side);
    return side;
  };

  beforeEach(() => {
    scratch = new Scratch();
  });
  afterEach(async () => {
    for (const side of sides.splice(0)) await side.drop();
    scratch.remove();
  });

  it('know at once of an agency that another one admitted', async () => {
    const [one, two] = [await opened('one'), await opened('two')];
    await one.recorder.record([admission(1, police)]);
    expect(await two.recorder.record([operation(2)])).toMatchObject([{ index: 0 }]);
  });

  it('let an agency go on in an exchange that it joined by an entry in another one', async () => {
    const [one, two] = [await opened('one'), await opened('two')];
    await one.recorder.record([police, youthOffice, clinic].map((agency, i) => admission(i, agency)));
    await one.recorder.record([request(10, 1, { data: { addressee: youthOffice } })]);
    await expect(two.recorder.record([operation(11, { by: clinic, exchange: 1 })])).rejects.toEqual(coded('not-found'));
    expect(await two.recorder.record([operation(12, { by: youthOffice, exchange: 1 })])).toMatchObject([{ index: 1 }]);
  });

  it('append in turns without losing a race', async () => {
    const agreement = new Agreement();
    const appends: string[] = [];
    const watched = (ledger: string): Wrapping => ({
      coordination: agreement.of(ledger),
      store: (store) => {
        const append = store.append.bind(store);
        store.append = async (...given) => {
          await append(...given).catch((error: Error) => {
            appends.push(error.name);
            throw error;
          });
          appends.push(ledger);
        };
        return store;
      },
    });
    const [one, two] = [await opened('one', watched('one')), await opened('two', watched('two'))];
    await one.recorder.record([admission(1, police)]);
    await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? one : two).recorder.record([operation(n + 10)])));
    expect(new Set(appends)).toEqual(new Set(['one', 'two']));
    expect(await one.store.size('entries')).toBe(40);
  });

  it('never give one id a place in both logs', async () => {
    const agreement = new Agreement();
    // No turns: each looks the id up before the other has stored it. Only what is claimed stands between them.
    const coordination: Coordination = { ...alone, claim: (log, ids) => agreement.claim(log, ids) };
    const one = await opened('one', { coordination });
    const two = await opened('two', { coordination });
    await one.recorder.record([admission(1, police)]);
    await two.recorder.record([operation(2)]);
    const outcomes = await Promise.allSettled([
      one.recorder.record([admission(7, clinic)]),
      two.recorder.record([operation(7), operation(8)]),
      two.recorder.record([operation(9)]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: coded('id-taken') });
    expect(await one.store.size('entries')).toBe(2);
  });

  it('append nothing while it cannot be known to which log an id belongs', async () => {
    const claim = (): Promise<never> => Promise.reject(new Error('the database is away'));
    const coordination: Coordination = { ...alone, claim };
    const one = await opened('one', { coordination });
    await expect(one.recorder.record([admission(1, police)])).rejects.toEqual(coded('store-unavailable'));
    expect(await one.store.size('registry')).toBe(0);
  });

  it('find by themselves what another one recorded, also after trouble with the store', async () => {
    const one = await opened('one');
    let broken = true;
    const two = await opened('two', {
      store: (store) => {
        const subscribe = store.subscribe.bind(store);
        store.subscribe = (...given) => {
          if (broken) throw new Error('the store is away');
          return subscribe(...given);
        };
        return store;
      },
    });
    const troubles: unknown[] = [];
    const follower = new Follower({
      ...two,
      troubled: (error) => troubles.push(error),
      pause: async () => {
        await new Promise(setImmediate);
        broken = troubles.length < 4;
      },
    });
    await one.recorder.record([admission(1, police)]);
    await one.recorder.record([operation(2), operation(3)]);
    while (two.register.size('entries') < 2) await new Promise(setImmediate);
    expect(troubles.length).toBeGreaterThanOrEqual(4);
    await follower.stop();
    await one.recorder.record([operation(4)]);
    expect(await follower.refresh()).toBe(true);
    expect([two.register.size('entries'), await follower.refresh()]).toEqual([3, false]);
  });

  it('look for others once, however many ask while somebody looks', async () => {
    const one = await opened('one');
    await one.recorder.record([admission(1, police)]);
    let reads = 0;
    const two = await opened('two', {
      store: (store) => {
        const read = store.read.bind(store);
        store.read = (...given) => {
          reads += 1;
          return read(...given);
        };
        return store;
      },
    });
    const troubled = (error: unknown): never => {
      throw error;
    };
    const follower = new Follower({ ...two, troubled, pause: () => new Promise(setImmediate) });
    reads = 0;
    const found = await Promise.all(Array.from({ length: 50 }, () => follower.refresh()));
    expect([new Set(found), reads]).toEqual([new Set([false]), 2]);
    await follower.stop();
  });

  it('go on past a block that cannot be opened, and say so: it must keep nobody from recording', async () => {
    const one = await opened('one');
    await one.recorder.record([admission(1, police)]);
    const entries = [operation(10), request(11, 1, { data: { addressee: youthOffice } }), operation(12)];
    await one.recorder.record(entries);
    const broken = entries[0]?.id as EntryId;
    const vault = {
      open: async (ids: readonly EntryId[], only?: Parameters<WriteSide['vault']['open']>[1]) => {
        if (ids.includes(broken)) throw new VaultDamaged(broken, 'terms');
        return one.vault.open(ids, only);
      },
    };
    const database = new DatabaseSync(':memory:');
    const register = new Register(database);
    const damages: EntryId[] = [];
    const parts = { store: one.store, vault: Object.assign(Object.create(one.vault), vault) as WriteSide['vault'] };
    await catchUpWithAll({ ...parts, register, damaged: ({ entry }) => void damages.push(entry) });
    expect([register.size('entries'), damages]).toEqual([3, [broken]]);
    expect(register.placeOf(broken)).toEqual({ log: 'entries', index: 0 });
    const [time] = register.timesOf(entries[1]?.exchange as ExchangeId) ?? [];
    expect(time?.standing.open?.parties).toContain(youthOffice);
    database.close();
  });

  it('know a checkpoint that another one has just signed', async () => {
    const [one, two] = [await opened('one'), await opened('two')];
    await one.recorder.record([admission(1, police)]);
    await two.advance();
    await one.recorder.record([admission(2, youthOffice)]);
    await one.advance();
    expect(two.integrators.registry.published?.head.size).toBe(1);
    expect((await two.integrators.registry.reaching(2))?.checkpoint).toBe(
      one.integrators.registry.published?.checkpoint,
    );
    // Only what is signed counts: nobody makes this one sign by naming a size.
    await one.recorder.record([admission(3, clinic)]);
    expect((await two.integrators.registry.reaching(99))?.head.size).toBe(2);
  });
});
