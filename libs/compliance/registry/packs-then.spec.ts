import { entryTypes } from '#catalogue';
import { entryId, treeSize, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { everyRule } from '../rules/every-rule.js';
import { clinic, police, uuidOf } from '../testing/recorded-log.js';
import { RegistryHistory } from './registry-history.js';

const [log04, log03] = ['LOG-04', 'LOG-03'].map((id) => everyRule.find((rule) => rule.id === id));
const example = entryTypes.get('RulePackPublished')?.example.data ?? {};
const at = (moment: string): Instant => moment as Instant;

/** The registry after packs were published on 5 January 2026. */
function after(...packs: readonly JsonObject[]) {
  const history = new RegistryHistory();
  history.add(
    packs.map((data, place) => ({
      id: entryId(uuidOf(`pack ${place}`)),
      issuer: police,
      recordedAt: at('2026-01-05T09:00:00.000Z'),
      type: 'RulePackPublished',
      data: { ...example, ...data },
    })),
  );
  return history.at(treeSize(packs.length));
}

const rule = (id: string, severity: string) => ({ overrides: [{ rule: id, severity, source: 'a decision' }] });
const side = (pack: string, regime: string | null = null) => ({ agency: clinic, regime, pack });

function severity(then: ReturnType<typeof after>, pack: string, moment = '2026-02-01T10:00:00.000Z', of = log04) {
  if (of === undefined) throw new RangeError('no rule');
  return then.settingsAt(at(moment)).of(of, side(pack)).severity;
}

describe('a pack is valid', () => {
  const then = after(
    { ...rule('LOG-04', 'high'), version: 1001, validFrom: '2026-03-01' },
    { ...rule('LOG-04', 'urgent'), version: 1002, validFrom: '2026-06-01' },
  );

  it.each([
    ['2026-02-28T22:59:59.999Z', 'medium'],
    ['2026-02-28T23:00:00.000Z', 'high'],
    ['2026-05-31T21:59:59.999Z', 'high'],
    ['2026-05-31T22:00:00.000Z', 'urgent'],
  ])('from the beginning of its day on, there: %s is %s', (moment, expected) => {
    expect(severity(then, 'DE-SGB', moment)).toBe(expected);
  });

  it('from when it was published, where it names no day', () => {
    const unsaid = after({ ...rule('LOG-04', 'low'), validFrom: { missing: 'unknown' } });
    expect(severity(unsaid, 'DE-SGB', '1999-01-01T00:00:00.000Z')).toBe('low');
  });

  it('from its day on, also where another was published after it for the time until then', () => {
    const meanwhile = after(
      { ...rule('LOG-04', 'high'), version: 1001, validFrom: '2027-01-01' },
      { ...rule('LOG-04', 'low'), version: 1002, validFrom: '2026-09-01' },
    );
    const on = (day: string) => severity(meanwhile, 'DE-SGB', `${day}T10:00:00.000Z`);
    expect([on('2026-08-31'), on('2026-09-01'), on('2027-01-01')]).toEqual(['medium', 'low', 'high']);
  });

  it('from when it was published, where that is after the day of another', () => {
    const corrected = after(
      { ...rule('LOG-04', 'high'), version: 1002, validFrom: { missing: 'unknown' } },
      { ...rule('LOG-04', 'low'), version: 1003, validFrom: '2026-01-01' },
      { ...rule('LOG-04', 'urgent'), version: 1004, validFrom: '2026-01-06' },
    );
    expect(severity(corrected, 'DE-SGB', '2026-01-05T10:00:00.000Z')).toBe('high');
    expect(severity(corrected, 'DE-SGB', '2026-01-06T10:00:00.000Z')).toBe('urgent');
  });

  it('as its latest version, where several begin on one day', () => {
    const together = after(
      { ...rule('LOG-04', 'high'), version: 1002, validFrom: '2026-01-20' },
      { ...rule('LOG-04', 'low'), version: 1001, validFrom: '2026-01-20' },
    );
    expect(severity(together, 'DE-SGB')).toBe('high');
  });
});

describe('a pack that builds on others', () => {
  it('binds with what they say, in their order, and with its own before all', () => {
    const then = after(
      { pack: 'DE-NW', extends: [], ...rule('LOG-04', 'low') },
      { pack: 'EU-LED', extends: [], overrides: ['LOG-03', 'LOG-04'].map((id) => ({ rule: id, severity: 'high' })) },
      { pack: 'DE-BDSG3', extends: ['DE-NW', 'EU-LED'], overrides: [] },
      { pack: 'DE-SGB', extends: ['DE-NW', 'EU-LED'], ...rule('LOG-04', 'urgent') },
    );
    expect(severity(then, 'DE-BDSG3')).toBe('high');
    expect(severity(then, 'DE-SGB')).toBe('urgent');
    expect(severity(then, 'DE-SGB', undefined, log03)).toBe('high');
    expect(severity(then, 'DE-NW', undefined, log03)).not.toBe('high');
  });

  it('also where they build on each other in a circle, or are not there', () => {
    const then = after(
      { pack: 'DE-SGB', extends: ['DE-NW', 'UK-P2'], overrides: [] },
      { pack: 'DE-NW', extends: ['DE-SGB', 'DE-NW'], ...rule('LOG-04', 'low') },
    );
    expect(severity(then, 'DE-SGB')).toBe('low');
    expect(severity(then, 'DE-NW')).toBe('low');
  });
});
