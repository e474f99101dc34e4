import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { leafIndex, savedPosition } from '#kernel';
import type { ReceivedLeaf } from '#messaging';
import { disagree, inOrder, LeafContradiction, sortOut } from './leaf-chain.js';

const seed = 20261122;

const leaf = (index: number, previous: number | null, content = ''): ReceivedLeaf => ({
  index: leafIndex(index),
  previous: previous === null ? null : leafIndex(previous),
  bytes: Buffer.from(`${index}${content}`),
  leafHash: createHash('sha256').update(`${index}${content}`).digest(),
});

/** Leaves of one partition, each naming the one before it. */
const chain = (...indexes: readonly number[]): readonly ReceivedLeaf[] =>
  indexes.map((index, place) => leaf(index, indexes[place - 1] ?? null));

const at = savedPosition;
const indexesOf = (leaves: readonly ReceivedLeaf[]): readonly number[] => leaves.map(({ index }) => index);

describe('the chain of a partition', () => {
  it('goes on where the rows stand', () => {
    const leaves = chain(2, 5, 9, 11);
    expect(sortOut(leaves, at(6))).toEqual({
      fresh: leaves.slice(2),
      repeated: 2,
      contradicting: 0,
      awaited: null,
    });
  });

  it('is found whatever the order and however often each leaf came', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(10_000), { minLength: 1, maxLength: 60 }),
        fc.array(fc.nat(1_000), { maxLength: 80 }),
        fc.nat(),
        fc.infiniteStream(fc.nat(1_000)),
        (numbers, again, cut, noise) => {
          const leaves = chain(...numbers.toSorted((a, b) => a - b));
          const folded = cut % (leaves.length + 1);
          const position = at((leaves[folded - 1]?.index ?? -1) + 1);
          const copies = again.flatMap((number) => leaves[number % leaves.length] ?? []);
          const mixed = [...leaves, ...copies]
            .map((one) => ({ one, by: noise.next().value }))
            .toSorted((a, b) => a.by - b.by)
            .map(({ one }) => one);
          const sorted = sortOut(inOrder(mixed), position);
          expect(indexesOf(sorted.fresh)).toEqual(indexesOf(leaves.slice(folded)));
          expect(sorted.repeated).toBe(folded + copies.length);
          expect(sorted).toMatchObject({ contradicting: 0, awaited: null });
        },
      ),
      { seed, numRuns: 300 },
    );
  });

  it('never goes over a leaf that is missing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500), { minLength: 2, maxLength: 40 }), fc.nat(), (numbers, which) => {
        const leaves = chain(...numbers.toSorted((a, b) => a - b));
        const missing = which % (leaves.length - 1);
        const sorted = sortOut(leaves.toSpliced(missing, 1), at(0));
        expect(sorted.fresh).toEqual(leaves.slice(0, missing));
        expect(sorted.awaited).toBe(leaves[missing]?.index);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('begins with a leaf that has none before it', () => {
    expect(sortOut([leaf(3, null)], at(0))).toMatchObject({ awaited: null, fresh: { length: 1 } });
    expect(sortOut([leaf(3, 1)], at(0))).toMatchObject({ awaited: 1, fresh: [] });
    expect(sortOut([leaf(7, null)], at(4))).toMatchObject({ awaited: null, fresh: [], contradicting: 1 });
  });
});

describe('a record that lies about its place', () => {
  it('is left out when the chain goes on without it', () => {
    const leaves = chain(2, 5, 9);
    for (const liar of [leaf(7, null), leaf(20, 2), leaf(8, 6), leaf(6, 1)]) {
      const sorted = sortOut(inOrder([...leaves, liar]), at(3));
      expect(indexesOf(sorted.fresh)).toEqual([5, 9]);
      expect(sorted).toMatchObject({ contradicting: 1, awaited: null });
    }
  });

  it('is not believed where it says that leaves came before it that have not', () => {
    expect(sortOut([leaf(6, 4)], at(3))).toMatchObject({ fresh: [], awaited: 4 });
  });

  it('is found when it says something else of the same leaf', () => {
    expect(() => sortOut(inOrder([...chain(2, 5), leaf(5, 2, 'forged')]), at(3))).toThrow(LeafContradiction);
    expect(() => disagree(leaf(5, 2), leaf(5, 2, 'forged'))).toThrow(LeafContradiction);
  });

  it('is found when a leaf comes from where it said there was none', () => {
    expect(() => disagree(leaf(99, 5), leaf(7, 5))).toThrow(LeafContradiction);
    for (const other of [leaf(5, 2), leaf(99, 5), leaf(100, 99)]) {
      expect(() => disagree(leaf(99, 5), other)).not.toThrow();
    }
    expect(() => disagree(undefined, leaf(7, 5))).not.toThrow();
  });
});
