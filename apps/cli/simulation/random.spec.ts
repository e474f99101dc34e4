import { isUuid } from '#kernel';
import { Random } from './random.js';

const many = Array.from({ length: 20_000 });

describe('seeded chance', () => {
  it('repeats itself for a seed and differs for another', () => {
    const [one, same, other] = ['a', 'a', 'b'].map((seed) => {
      const random = new Random(seed);
      return many.map(() => random.next());
    });
    expect(one).toEqual(same);
    expect(one?.filter((value, place) => value === other?.[place]).length).toBeLessThan(3);
  });

  it('is spread evenly from 0 to below 1', () => {
    const random = new Random('spread');
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const _ of many) {
      const tenth = Math.floor(random.next() * 10);
      tenths[tenth] = (tenths[tenth] ?? Number.NaN) + 1;
    }
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count / many.length - 0.1)).toBeLessThan(0.01);
  });

  it('picks whole numbers including both ends, and by weight', () => {
    const random = new Random('whole');
    expect(new Set(many.map(() => random.whole(3, 6)))).toEqual(new Set([3, 4, 5, 6]));
    const picked = many.map(() => random.weighted({ often: 3, seldom: 1, never: 0 }));
    expect(picked).not.toContain('never');
    expect(Math.abs(picked.filter((name) => name === 'seldom').length / many.length - 0.25)).toBeLessThan(0.02);
  });

  it('picks some in their order, never one twice, never more than there are', () => {
    const random = new Random('some');
    for (const _ of many.slice(0, 500)) {
      const picked = random.some(2, ['a', 'b', 'c']);
      expect(['a b', 'a c', 'b c']).toContain(picked.join(' '));
    }
    expect(random.some(9, ['a', 'b'])).toEqual(['a', 'b']);
    expect(() => random.pick([])).toThrow(RangeError);
  });

  it('makes UUIDs of version 7 that sort by their moment', () => {
    const random = new Random('ids');
    const ids = [0, 1, 1_700_000_000_000, 1_700_000_000_001, 2 ** 48 - 1].map((moment) => random.uuidAt(moment));
    expect(ids.every(isUuid)).toBe(true);
    expect(ids.map((id) => id[14])).toEqual(['7', '7', '7', '7', '7']);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(many.map(() => random.uuidAt(5))).size).toBe(many.length);
  });
});
