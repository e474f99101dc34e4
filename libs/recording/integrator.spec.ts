import { DatabaseSync } from 'node:sqlite';
import { Memory, MemoryEventStore } from '#event-store/memory';
import { leafIndex, treeSize } from '#kernel';
import {
  consistencyProof,
  formatTreeHead,
  leafHash,
  openCheckpoint,
  parseTreeHead,
  verifierKey,
  verifyConsistency,
  verifyTlogProof,
  type NoteSigner,
} from '#transparency';
import { FaultPlan } from '../../test/support/fault-plan.js';
import { FaultyDatabase } from '../../test/support/faulty-database.js';
import { FaultyEventStore } from '../../test/support/faulty-event-store.js';
import { NaiveTree } from '../transparency/testing/naive-tree.js';
import { Integrator } from './integrator.js';
import { LogDamaged } from './log-damaged.js';
import { signerOf } from './testing/write-side.js';
import { TreeStore } from './tree-store.js';

const signer = signerOf('entries');
const key = verifierKey(signer.vkey);

/** A log in memory, where a test can reach behind every promise. */
class Bench {
  readonly memory = new Memory();
  readonly plan = new FaultPlan();
  readonly store = new FaultyEventStore(new MemoryEventStore(this.memory), this.plan);
  treeDatabase: DatabaseSync = new FaultyDatabase(':memory:', 'tree', this.plan);

  get leaves(): Buffer[] {
    return this.memory.stream('entries');
  }

  get heads(): readonly ReturnType<typeof parseTreeHead>[] {
    return this.memory.stream('entries.checkpoints').map((bytes) => parseTreeHead(bytes.toString()));
  }

  /** Records arrive; nobody has integrated them yet. */
  grow(count: number): void {
    const from = this.leaves.length;
    for (let i = from; i < from + count; i++) this.leaves.push(Buffer.from(`leaf ${i}`));
  }

  start(by: NoteSigner = signer, treeDatabase = this.treeDatabase): Promise<Integrator> {
    const tree = new TreeStore(treeDatabase, 'entries');
    return Integrator.start({ log: 'entries', store: this.store, tree, signer: by });
  }

  /** Every head ever persisted has the root of its leaves and continues the one before. */
  checkHeads(): void {
    const naive = new NaiveTree(this.leaves);
    const heads = this.heads;
    heads.forEach((head, place) => {
      expect(head.root.equals(naive.root(0, head.size))).toBe(true);
      const before = heads[place - 1];
      if (before === undefined) return;
      expect(head.size).toBeGreaterThan(before.size);
      const proof = consistencyProof(before.size, head.size, naive);
      verifyConsistency(before.size, head.size, before.root, head.root, proof);
    });
  }
}

const publishedSize = ({ published }: Integrator): number =>
  published === null ? -1 : openCheckpoint(published.checkpoint, [key], signer.name).size;

describe('publishing', () => {
  it('starts with the checkpoint of an empty log and follows its growth', async () => {
    const bench = new Bench();
    const integrator = await bench.start();
    expect(publishedSize(integrator)).toBe(0);
    for (const step of [1, 1, 254, 1, 400, 401, 3]) {
      bench.grow(step);
      await integrator.advance();
      expect(publishedSize(integrator)).toBe(bench.leaves.length);
    }
    bench.checkHeads();
    expect(bench.heads.map(({ size }) => size)).toEqual([0, 1, 2, 256, 257, 657, 1058, 1061]);
  });

  it('signs nothing new while the log does not grow, whoever asks and however often it starts', async () => {
    const bench = new Bench();
    bench.grow(10);
    const first = await bench.start();
    await Promise.all([first.advance(), first.advance(), first.advance()]);
    const second = await bench.start();
    expect(second.published?.checkpoint).toBe(first.published?.checkpoint);
    expect(bench.heads).toHaveLength(1);
  });

  it('persists a head before it serves it', async () => {
    const bench = new Bench();
    const integrator = await bench.start();
    bench.grow(5);
    bench.plan.fail('append entries.checkpoints', 'not done', 1);
    await expect(integrator.advance()).rejects.toThrow('append entries.checkpoints');
    expect(publishedSize(integrator)).toBe(0);
    expect(bench.heads).toHaveLength(1);
    await integrator.advance();
    expect(publishedSize(integrator)).toBe(5);
    bench.checkHeads();
  });

  it('keeps a head that was persisted while nobody learned of it', async () => {
    const bench = new Bench();
    const integrator = await bench.start();
    bench.grow(5);
    bench.plan.fail('append entries.checkpoints', 'done', 1);
    await expect(integrator.advance()).rejects.toThrow('append entries.checkpoints');
    expect(publishedSize(integrator)).toBe(0);
    bench.grow(2);
    await integrator.advance();
    expect(bench.heads.map(({ size }) => size)).toEqual([0, 5, 7]);
    bench.checkHeads();
  });

  it.each(['not done', 'done'] as const)('survives a tree that could not be written (%s)', async (failure) => {
    const bench = new Bench();
    const integrator = await bench.start();
    bench.grow(900);
    bench.plan.fail('tree commit', failure, 1, 1);
    await expect(integrator.advance()).rejects.toThrow('tree commit');
    await integrator.advance();
    expect(publishedSize(integrator)).toBe(900);
    bench.checkHeads();
  });

  it('gives two ledgers on one log one chain of heads, never two for a size', async () => {
    const bench = new Bench();
    const [one, two] = await Promise.all([bench.start(), bench.start(signer, new DatabaseSync(':memory:'))]);
    for (let step = 0; step < 60; step++) {
      bench.grow((step * 7) % 5);
      const attempts = [one, two, one].slice(step % 2).map((integrator) => integrator.advance());
      bench.grow(step % 3);
      await Promise.all(attempts);
    }
    await Promise.all([one.advance(), two.advance()]);
    expect(publishedSize(one)).toBe(bench.leaves.length);
    expect(one.published?.checkpoint).toBe(two.published?.checkpoint);
    bench.checkHeads();
  });

  it('does not take the log for damaged when another ledger signs more of it meanwhile', async () => {
    const bench = new Bench();
    const one = await bench.start();
    const two = await bench.start(signer, new DatabaseSync(':memory:'));
    const size = bench.store.size.bind(bench.store);
    const meanwhile = [
      async () => {
        bench.grow(5);
        await two.advance();
      },
    ];
    bench.grow(5);
    bench.store.size = async (stream) => {
      const answer = await size(stream);
      if (stream === 'entries') await meanwhile.pop()?.();
      return answer;
    };
    await one.advance();
    expect(publishedSize(one)).toBe(10);
    expect(bench.heads.map(({ size: signed }) => signed)).toEqual([0, 10]);
    bench.checkHeads();
  });

  it('builds its tree again when that was deleted, and goes on with the same chain', async () => {
    const bench = new Bench();
    bench.grow(700);
    const first = await bench.start();
    bench.grow(30);
    const second = await bench.start(signer, new DatabaseSync(':memory:'));
    expect(publishedSize(second)).toBe(730);
    expect(second.tree.root(treeSize(700)).equals(first.tree.root())).toBe(true);
    bench.checkHeads();
  });
});

describe('a damaged log is noticed before anything is signed:', () => {
  const flipped = (bytes: Buffer | undefined): Buffer => {
    if (bytes === undefined) throw new Error('nothing to flip');
    const copy = Buffer.from(bytes);
    copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
    return copy;
  };

  async function publishedBench(size: number): Promise<Bench> {
    const bench = new Bench();
    bench.grow(size);
    await bench.start();
    return bench;
  }

  async function expectDamaged(bench: Bench, by: NoteSigner = signer): Promise<void> {
    const heads = bench.heads.length;
    await expect(bench.start(by)).rejects.toThrow(LogDamaged);
    expect(bench.heads).toHaveLength(heads);
  }

  function editTile(bench: Bench, level: number, index: number, edit: (hashes: Buffer) => Buffer | null): void {
    const where = 'WHERE level = ? AND idx = ?';
    const row = bench.treeDatabase.prepare(`SELECT hashes FROM tile ${where}`).get(level, index);
    const edited = edit(Buffer.from(row?.['hashes'] as Uint8Array));
    if (edited === null) bench.treeDatabase.prepare(`DELETE FROM tile ${where}`).run(level, index);
    else bench.treeDatabase.prepare(`UPDATE tile SET hashes = ? ${where}`).run(edited, level, index);
  }

  /** A ledger integrated more leaves and died before it signed them. */
  async function withUnsignedLeaves(bench: Bench, count: number): Promise<void> {
    bench.grow(count);
    bench.plan.fail('append entries.checkpoints', 'not done');
    await expect(bench.start()).rejects.toThrow('append entries.checkpoints');
    bench.plan.mend();
    expect(new TreeStore(bench.treeDatabase, 'entries').size).toBe(bench.leaves.length);
  }

  it('it lost leaves that were under a head', async () => {
    const bench = await publishedBench(20);
    bench.leaves.length = 19;
    await expectDamaged(bench);
  });

  it('it lost leaves, and the tree was deleted with them', async () => {
    const bench = await publishedBench(20);
    bench.leaves.length = 19;
    bench.treeDatabase = new DatabaseSync(':memory:');
    await expectDamaged(bench);
  });

  it('it lost leaves that were integrated but not signed', async () => {
    const bench = await publishedBench(20);
    await withUnsignedLeaves(bench, 5);
    bench.leaves.length = 22;
    await expectDamaged(bench);
  });

  it('it lost leaves while the ledger runs; the last good checkpoint stays', async () => {
    const bench = await publishedBench(20);
    const integrator = await bench.start();
    bench.leaves.length = 19;
    await expect(integrator.advance()).rejects.toThrow(LogDamaged);
    expect(publishedSize(integrator)).toBe(20);
  });

  it('it has a gap', async () => {
    const bench = await publishedBench(20);
    bench.grow(3);
    const read = bench.store.read.bind(bench.store);
    bench.store.read = async (stream, from, limit) =>
      (await read(stream, from, limit)).filter(({ index }) => index !== 21);
    await expectDamaged(bench);
  });

  it.each([0, 255, 256, 699])('leaf %i below a signed head was changed and the tree is built again', async (index) => {
    const bench = await publishedBench(700);
    bench.leaves[index] = flipped(bench.leaves[index]);
    bench.treeDatabase = new DatabaseSync(':memory:');
    await expectDamaged(bench);
  });

  it('a leaf was changed after it was integrated and before it was signed', async () => {
    const bench = await publishedBench(20);
    await withUnsignedLeaves(bench, 5);
    bench.leaves[23] = flipped(bench.leaves[23]);
    await expectDamaged(bench);
  });

  it.each([
    ['a hash below the head', 20, 0, 0, 3],
    ['the last hash below the head', 300, 0, 1, 43],
    ['the hash of a full tile', 300, 1, 0, 0],
  ])('%s was changed in the tiles', async (_, size, level, index, place) => {
    const bench = await publishedBench(size);
    editTile(bench, level, index, (hashes) => {
      hashes.set(leafHash(Buffer.from('another')), place * 32);
      return hashes;
    });
    await expectDamaged(bench);
  });

  it('a hash was changed in the tiles before it was signed', async () => {
    const bench = await publishedBench(20);
    await withUnsignedLeaves(bench, 5);
    editTile(bench, 0, 0, (hashes) => {
      hashes.set(leafHash(Buffer.from('another')), 22 * 32);
      return hashes;
    });
    await expectDamaged(bench);
  });

  it.each([
    ['shorter', (hashes: Buffer) => hashes.subarray(0, hashes.length - 32)],
    ['cut inside a hash', (hashes: Buffer) => hashes.subarray(0, hashes.length - 1)],
    ['gone', () => null],
  ])('a tile is %s', async (_, edit) => {
    const bench = await publishedBench(20);
    editTile(bench, 0, 0, edit);
    await expectDamaged(bench);
  });

  it('the last head has another root', async () => {
    const bench = await publishedBench(20);
    const [head] = bench.heads;
    const heads = bench.memory.stream('entries.checkpoints');
    heads[0] = Buffer.from(formatTreeHead({ origin: signer.name, size: treeSize(20), root: leafHash(Buffer.of(1)) }));
    expect(head?.size).toBe(20);
    await expectDamaged(bench);
  });

  it('the heads are of another ledger', async () => {
    await expectDamaged(await publishedBench(20), signerOf('registry'));
  });
});

describe('an entry under a checkpoint', () => {
  it('has a proof that verifies offline, and none before', async () => {
    const bench = new Bench();
    const integrator = await bench.start();
    bench.grow(300);
    expect(() => integrator.proof(leafIndex(299))).toThrow(expect.objectContaining({ code: 'not-integrated' }));
    await integrator.advance();
    bench.grow(40);
    await integrator.advance();
    for (const index of [0, 255, 256, 299, 339]) {
      const text = integrator.proof(leafIndex(index));
      const proven = verifyTlogProof(text, leafHash(bench.leaves[index] as Buffer), [key], signer.name);
      expect(proven.index).toBe(index);
      expect(proven.head.size).toBe(340);
    }
  });

  it('is waited for until a checkpoint covers it, or until the patience ends', async () => {
    const bench = new Bench();
    const integrator = await bench.start();
    const patience = new AbortController();
    const covered = integrator.covering(leafIndex(1), new AbortController().signal);
    const given = integrator.covering(leafIndex(2), patience.signal);
    bench.grow(1);
    await integrator.advance();
    bench.grow(1);
    await integrator.advance();
    expect((await covered)?.head.size).toBe(2);
    patience.abort();
    expect(await given).toBeNull();
    expect(await integrator.covering(leafIndex(2), AbortSignal.abort())).toBeNull();
    expect((await integrator.covering(leafIndex(0), AbortSignal.abort()))?.head.size).toBe(2);
  });

  it('is put under one at once for who needs it now; what is not recorded is under none', async () => {
    const bench = new Bench();
    const integrator = await bench.start();
    bench.grow(3);
    expect((await integrator.over(2)).head.size).toBe(3);
    bench.grow(1);
    expect((await integrator.over(3)).head.size).toBe(3);
    expect((await integrator.over(4)).head.size).toBe(4);
    await expect(integrator.over(5)).rejects.toThrow(RangeError);
  });
});
