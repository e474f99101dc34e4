import { leafIndex, treeSize, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { asText } from '../documents/index.js';
import { clinic, uuidOf } from '../testing/recorded-log.js';
import { quarterNamed } from './calendar-quarter.js';
import type { ExportedEntry } from './export-profile.js';
import { statistics } from './statistics.js';
import { Tally } from './tally.js';

const happened = (times: number, type: string, terms: JsonObject = {}, month = '2026-03'): readonly ExportedEntry[] =>
  Array.from({ length: times }, (_, place) => ({
    index: leafIndex(place),
    id: uuidOf(`${type} ${place}`) as ExportedEntry['id'],
    issuer: clinic,
    recordedAt: '2026-05-01T10:00:00.000Z' as Instant,
    said: { type, occurredAt: `${month}-10T09:00:00.000Z` as Instant, terms },
  }));

const written = (...entries: readonly (readonly ExportedEntry[])[]) =>
  statistics({
    language: 'en',
    at: '2026-05-01T12:00:00.000Z' as Instant,
    completeUpTo: treeSize(100),
    agencies: [clinic],
    quarter: quarterNamed('2026-Q1'),
    regime: null,
    entries: [],
    tally: new Tally().add(entries.flat()),
    judged: [],
    agencyNames: new Map(),
    leakTest: null,
  });

/** Its tables by caption: each row by its first cell. */
function tablesOf(...entries: readonly (readonly ExportedEntry[])[]) {
  const { parts } = written(...entries);
  return new Map(
    parts.flatMap((part) =>
      part.part === 'table'
        ? [[part.caption, new Map(part.rows.map(([name, ...cells]) => [name, cells]))] as const]
        : [],
    ),
  );
}

const inTypes = 'What happened, by month';
const inDecisions = 'Decisions on requests, by month';
const decided = (times: number, decision: JsonObject[string], month?: string) =>
  happened(times, 'RequestDecided', { decision }, month);

describe('Statistics', () => {
  it('do not tell in one table the sum with which a gap in another could be filled', () => {
    const tables = tablesOf(decided(20, 'grant-full'), decided(1, 'refuse'), decided(1, 'defer'));
    expect(tables.get(inDecisions)).toEqual(
      new Map([
        ['deferred', ['·', '·']],
        ['granted in full', ['20', '20']],
        ['refused', ['·', '·']],
        ['Sum', ['·', '·']],
      ]),
    );
    expect(tables.get(inTypes)?.get('Request decided')).toEqual(['·', '·']);
  });

  it('leave no way round it: neither another month nor another type of that month tells the sum', () => {
    const tables = tablesOf(
      decided(20, 'grant-full'),
      decided(2, 'refuse'),
      decided(30, 'grant-full', '2026-04'),
      happened(40, 'CaseOpened'),
      happened(50, 'CaseOpened', {}, '2026-04'),
    );
    expect(tables.get(inTypes)?.get('Request decided')?.[0]).toBe('·');
    expect(tables.get(inTypes)?.get('Request decided')?.at(-1)).toBe('·');
    expect(tables.get(inTypes)?.get('Sum')?.[0]).toBe('·');
  });

  it('count a decision that is missing as one, so that few of them show in no difference', () => {
    const tables = tablesOf(decided(20, 'grant-full'), decided(2, { missing: 'follows' }));
    expect(tables.get(inDecisions)?.get('decision not given')).toEqual(['·', '·']);
    expect(tables.get(inTypes)?.get('Request decided')).toEqual(['·', '·']);
  });

  it('say of which quarter they are, until when it was recorded and open to all, and that numbers are rounded', () => {
    const text = asText(written(decided(20, 'grant-full'))).replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/happened in 2026-Q1[^.]*was recorded, and open to all, before 2026-05-01/);
    expect(text).toMatch(/rounded to multiples of 5/);
  });

  it('end with the day the quarter was closed, and with no entry that was recorded since', () => {
    const text = asText(written(decided(20, 'grant-full'))).replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/Complete as recorded before 2026-05-01; what was never recorded cannot be shown\.\s*$/);
    expect(text).not.toMatch(/up to entry/);
  });

  it('show both where no number is small', () => {
    const tables = tablesOf(decided(20, 'grant-full'), decided(6, 'refuse'));
    expect(tables.get(inTypes)?.get('Request decided')).toEqual(['25', '25']);
    expect(tables.get(inDecisions)?.get('refused')).toEqual(['5', '5']);
  });
});
