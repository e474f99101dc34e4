import { treeSize, type Instant } from '#kernel';
import { clinic } from '../../testing/recorded-log.js';
import { x10 } from './x10.js';

const material = {
  language: 'en',
  at: '2026-05-01T12:00:00.000Z' as Instant,
  completeUpTo: treeSize(100),
  agencies: [clinic],
  regime: null,
  entries: [],
  agencyNames: new Map(),
  leakTest: null,
} as const;

describe('How far sharing kept to an agreement', () => {
  it('is told by rule: what departed from it, what is still owed, and what nobody can decide any more', () => {
    const judged = [
      { rule: 'LOG-04', verdict: 'pending', count: 3 },
      { rule: 'LOG-04', verdict: 'broken', count: 2 },
      { rule: 'LOG-01', verdict: 'not-decidable', count: 4 },
    ] as const;
    const parts = x10.documents?.({ ...material, judged }).get('conformity')?.parts ?? [];
    const [table] = parts.filter((part) => part.part === 'table');
    expect(table?.head.slice(2)).toEqual(['Departures', 'Pending', 'Cannot be decided']);
    expect(table?.rows.map(([rule, , ...counts]) => [rule, ...counts])).toEqual(
      expect.arrayContaining([
        ['LOG-01', '0', '0', '4'],
        ['LOG-04', '2', '3', '0'],
      ]),
    );
    expect(table?.rows).toHaveLength(2);
  });
});
