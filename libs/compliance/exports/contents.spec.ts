import { treeSize, type Instant } from '#kernel';
import { asText } from '../documents/as-text.js';
import { contents } from './contents.js';
import type { LeakTestResult } from './export-profile.js';
import { x05 } from './profiles/x05.js';

const written = (leakTest: LeakTestResult): string =>
  asText(
    contents(x05, {
      language: 'en',
      at: '2026-04-01T08:00:00.000Z' as Instant,
      completeUpTo: treeSize(1),
      agencies: [],
      agencyNames: new Map(),
      regime: null,
      entries: [],
      judged: [],
      leakTest,
    }),
  );

test('what is handed to the person says the same whether or not anything was left out of it', () => {
  const nothing = { removed: 0, masked: 0, forDocuments: [], shortened: [] };
  expect(written({ ...nothing, removed: 3, masked: 2 })).toBe(written(nothing));
  expect(written(nothing)).toContain('Entries may also speak of other persons');
});
