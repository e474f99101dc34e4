import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { leafIndex, treeSize } from '#kernel';
import { Frontier, inclusionProof, tileContent, tilesBetween, verifyInclusion } from '#transparency';
import { FaultPlan } from '../../test/support/fault-plan.js';
import { FaultyDatabase } from '../../test/support/faulty-database.js';
import { NaiveTree } from '../transparency/testing/naive-tree.js';
import { TreeStore } from './tree-store.js';

const largest = 65_800;
const naive = new NaiveTree(Array.from({ length: largest }, (_, i) => Buffer.from(`leaf ${i}`)));
const hashes = (from: number, to: number): readonly Buffer[] => naive.leafHashes.slice(from, to);

/** Sizes around every edge: of a pair, of a tile, of two tiles, of the first tile of level 1. */
const sizes = [1, 2, 3, 7, 8, 9, 255, 256, 257, 300, 511, 512, 513, 1_000, 65_535, 65_536, 65_537, largest];

function grown(size: number, step: (at: number) => number, database = new DatabaseSync(':memory:')): TreeStore {
  const tree = new TreeStore(database, 'entries');
  while (tree.size < size) tree.append(hashes(tree.size, Math.min(size, tree.size + step(tree.size))));
  return tree;
}

/** Steps from 1 to 400 that look random and are the same in every run. */
const uneven = (at: number): number => 1 + (createHash('sha256').update(String(at)).digest().readUInt16BE() % 400);

describe('the tree in tiles', () => {
  it('has the root of the leaves at every size up to 600, however it grew', () => {
    const oneByOne = grown(600, () => 1);
    const inSteps = grown(600, uneven);
    const frontier = Frontier.empty();
    for (let size = 0; size <= 600; size++) {
      const expected = naive.root(0, size);
      expect(oneByOne.root(treeSize(size)).equals(expected)).toBe(true);
      expect(inSteps.root(treeSize(size)).equals(expected)).toBe(true);
      expect(frontier.root().equals(expected)).toBe(true);
      const next = naive.leafHashes[size];
      if (next) frontier.append(next);
    }
  });

  it('has it at each edge of its tiles while it grows, and after it was opened again', () => {
    const database = new DatabaseSync(':memory:');
    const tree = new TreeStore(database, 'entries');
    for (const size of sizes) {
      while (tree.size < size) tree.append(hashes(tree.size, Math.min(size, tree.size + 400)));
      const again = new TreeStore(database, 'entries');
      expect(again.size).toBe(size);
      for (const one of [tree, again]) expect(one.root().equals(naive.root(0, size))).toBe(true);
    }
    for (const older of sizes) expect(tree.root(treeSize(older)).equals(naive.root(0, older))).toBe(true);
  });

  it('keeps exactly the tiles that C2SP asks for', () => {
    for (const size of [257, 513, largest]) {
      const tree = grown(size, uneven);
      for (const tile of tilesBetween(treeSize(0), treeSize(size))) {
        const kept = tree.tile(tile.level, tile.index);
        expect(kept.length).toBe(tile.width * 32);
        if (tile.index % 97 === 0) expect(kept.equals(tileContent(tile, naive))).toBe(true);
      }
      expect(tree.tile(0, Math.ceil(size / 256)).length).toBe(0);
    }
  });

  it('proves its leaves, those at the edges included', () => {
    const tree = grown(largest, () => 400);
    for (const size of sizes) {
      for (const index of new Set([0, Math.floor(size / 2), size - 1])) {
        const proof = inclusionProof(leafIndex(index), treeSize(size), tree.nodes);
        const leaf = naive.leafHashes[index] as Buffer;
        verifyInclusion(leafIndex(index), treeSize(size), leaf, proof, naive.root(0, size));
      }
    }
  });

  it('keeps two logs apart in one file', () => {
    const database = new DatabaseSync(':memory:');
    const [entries, registry] = [new TreeStore(database, 'entries'), new TreeStore(database, 'registry')];
    entries.append(hashes(0, 300));
    registry.append(hashes(1000, 1003));
    expect([entries.size, registry.size]).toEqual([300, 3]);
    expect(entries.root().equals(naive.root(0, 300))).toBe(true);
    expect(registry.root().equals(naive.root(1000, 1003))).toBe(true);
  });

  it.each(['not done', 'done'] as const)('goes on correctly after a commit that failed and was %s', (failure) => {
    const plan = new FaultPlan();
    const tree = grown(250, () => 50, new FaultyDatabase(':memory:', 'tree', plan));
    plan.fail('tree commit', failure, 1);
    expect(() => tree.append(hashes(250, 270))).toThrow('tree commit');
    expect(tree.size).toBe(failure === 'done' ? 270 : 250);
    expect(tree.tile(0, 0).length).toBe(32 * Math.min(tree.size, 256));
    expect(tree.root().equals(naive.root(0, tree.size))).toBe(true);
    tree.append(hashes(tree.size, 600));
    expect(tree.root().equals(naive.root(0, 600))).toBe(true);
  });
});
