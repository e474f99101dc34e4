import { leafIndex, type EntryId } from '#kernel';
import type { StoredRecord } from '#event-store';
import { disclose } from '#statement';
import { VaultDamaged, type OpenedBlock, type Vault } from '#vault';
import { EntryOpener, UnreadableEntry } from './entry-opener.js';
import { everyProjection } from './every-projection.js';
import { projected } from './testing/projected.js';
import { beginning, clinic, exchangeOf, police, RecordedLog } from './testing/recorded-log.js';
import { disclosed, feedbackGiven, looked, requested } from './testing/stories.js';

const first = exchangeOf('first');
const story = [
  requested(police, clinic, first),
  disclosed(clinic, [police], first),
  feedbackGiven(police, first),
  looked(police, clinic, false),
];

/** Gives every block, but whoever reads one that is not `terms` fails. */
const guarded = (vault: Pick<Vault, 'open' | 'exchangesOf'>): Pick<Vault, 'open' | 'exchangesOf'> => ({
  async open(ids) {
    const opened = await vault.open(ids);
    return new Map([...opened].map(([id, blocks]) => [id, blocks.map(sealedUnlessTerms)]));
  },
  exchangesOf: (ids) => vault.exchangesOf(ids),
});

const sealedUnlessTerms = (one: OpenedBlock): OpenedBlock =>
  one.block === 'terms'
    ? one
    : {
        ...one,
        get encoded(): string {
          throw new VaultDamaged('' as EntryId, one.block);
        },
      };

/** The vault of a ledger that raced another one for the same ids and lost. */
const withRival = (vault: Pick<Vault, 'open' | 'exchangesOf'>): Pick<Vault, 'open' | 'exchangesOf'> => ({
  async open(ids) {
    const opened = await vault.open(ids);
    const { encoded, digest } = disclose('terms', { type: 'InformationRequested', rival: true }, Buffer.alloc(16, 7));
    const rival: OpenedBlock = { block: 'terms', retention: 'record', digest, encoded };
    return new Map([...opened].map(([id, blocks]) => [id, [rival, ...blocks]]));
  },
  exchangesOf: (ids) => vault.exchangesOf(ids),
});

const allOf = (log: RecordedLog): Promise<readonly StoredRecord[]> => log.store.read('entries', leafIndex(0), 100);

describe('what views learn of entries', () => {
  it('is in block terms alone: no other block is ever read', async () => {
    const log = new RecordedLog();
    await log.record(...story);
    await using world = await projected({ log, vault: guarded(log.vault) });
    await world.caughtUp();
    for (const { name } of everyProjection) {
      expect(world.projector.states().find((state) => state.name === name)).toMatchObject({
        status: 'running',
        position: 4,
      });
    }
  });

  it('leaves no trace of other blocks in any row', async () => {
    await using world = await projected();
    await world.tell(...story);
    for (const table of everyProjection.flatMap(({ tables }) => tables)) {
      const rows = JSON.stringify(await world.views.database.selectFrom(table).selectAll().execute());
      expect(rows).not.toMatch(/case-e01b|person-a770|case worker/);
    }
  });

  it('is what the leaf names, not what somebody else stored under the same id', async () => {
    const log = new RecordedLog();
    await log.record(...story);
    const entries = await new EntryOpener(withRival(log.vault)).open(await allOf(log));
    expect(entries.map(({ said }) => said?.terms['rival'])).toEqual([undefined, undefined, undefined, undefined]);
    expect(entries.map(({ said }) => said?.type)).toEqual(story.map(({ type }) => type));
  });

  it('is nothing but its place and its exchange once the terms are erased', async () => {
    const log = new RecordedLog();
    const [entry] = await log.record(...story);
    if (entry === undefined) throw new RangeError('no entry');
    await log.vault.destroy({ entry, blocks: ['terms'] });
    const [erased] = await new EntryOpener(log.vault).open(await allOf(log));
    expect(erased).toEqual({
      index: 0,
      id: entry,
      issuer: police,
      recordedAt: beginning,
      registry: 0,
      exchange: first,
      said: null,
    });
  });

  it('is not told of an entry whose terms the vault does not have: that is a fault, not an erasure', async () => {
    const log = new RecordedLog();
    await log.record(...story);
    const records = await allOf(log);
    const withoutTerms: Pick<Vault, 'open' | 'exchangesOf'> = {
      async open(ids) {
        const opened = await log.vault.open(ids);
        return new Map([...opened].map(([id, blocks]) => [id, blocks.filter(({ block }) => block !== 'terms')]));
      },
      exchangesOf: (ids) => log.vault.exchangesOf(ids),
    };
    for (const vault of [{ ...withoutTerms, open: async () => new Map() }, withoutTerms]) {
      await expect(new EntryOpener(vault).open(records)).rejects.toThrow(UnreadableEntry);
    }
  });

  it('is opened once for projections that follow each other, and again after forgetting', async () => {
    const log = new RecordedLog();
    await log.record(...story);
    const asked: number[] = [];
    const counting: Pick<Vault, 'open' | 'exchangesOf'> = {
      open(ids) {
        asked.push(ids.length);
        return log.vault.open(ids);
      },
      exchangesOf: (ids) => log.vault.exchangesOf(ids),
    };
    const opener = new EntryOpener(counting, { readers: 3, capacity: 3 });
    const records = await allOf(log);
    const opened = async (...some: readonly StoredRecord[]): Promise<number> => {
      const before = asked.length;
      expect((await opener.open(some)).map(({ index }) => index)).toEqual(some.map(({ index }) => index));
      return asked.slice(before).reduce((sum, count) => sum + count, 0);
    };
    expect(await opened(...records.slice(0, 3))).toBe(3);
    expect(await opened(...records.slice(0, 3))).toBe(0);
    opener.forget();
    expect(await opened(...records.slice(0, 3))).toBe(3);
    // There is room for three: the first one makes way.
    expect(await opened(...records)).toBe(1);
    expect(await opened(...records)).toBe(1);
    // Of the others two were given to three by now: nobody else is waited for.
    expect(await opened(...records)).toBe(2);
  });
});
