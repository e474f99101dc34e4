import type { AgencyId, EntryId, Instant } from '#kernel';
import { emptyRegistry, Story } from '../testing/story.js';
import { acc01 } from './acc-01.js';
import { acc02 } from './acc-02.js';

type Data = Readonly<Record<string, unknown>>;

const looked = '2026-07-09T10:00:00.000Z';
const youth = 'youth.example';
const school = 'school.example';
const missing = { missing: 'unknown' };

describe('ACC-01: a consultation belongs to a case and finds no masses', () => {
  it.each<[Data, readonly string[]]>([
    [{ matches: 1 }, ['kept', 'kept']],
    [{ matches: 100 }, ['kept', 'kept']],
    [{ matches: 101 }, ['kept', 'broken']],
    [{ matches: missing }, ['kept']],
    [{ matches: undefined }, ['kept']],
    [{ matches: 1, case: missing }, ['broken', 'kept']],
    [{ matches: 5_000, case: undefined }, ['broken', 'broken']],
  ])('%j: %j', (data, expected) => {
    const story = new Story();
    story.tell('InformationConsulted', { by: school, at: looked, data });
    expect(story.verdicts(acc01)).toEqual(expected);
  });

  it('says which of the two it was', () => {
    const story = new Story();
    story.tell('InformationConsulted', { by: school, at: looked });
    expect(story.judgements(acc01).map(({ part, side }) => [part, side.agency])).toEqual([
      ['/case', school],
      ['/matches', school],
    ]);
  });

  it('cannot be said of one that is erased', () => {
    const story = new Story();
    story.erase(story.tell('InformationConsulted', { at: looked }));
    expect(story.verdicts(acc01)).toEqual(['not-decidable']);
  });
});

describe('ACC-02: whose part has ended does not look any more', () => {
  const consulted = (told: (story: Story) => void, at = looked, by = school): Story => {
    const story = new Story();
    told(story);
    story.tell('InformationConsulted', { by, at });
    return story;
  };
  const removed =
    (data: Data = {}, at = '2026-07-07T09:00:00.000Z') =>
    (story: Story): void => {
      const plain = { participant: school, accessEnds: '2026-07-07T12:00:00.000Z', persons: undefined };
      story.tell('ParticipantRemoved', { by: youth, at, data: { ...plain, ...data } });
    };
  const added =
    (data: Data = {}, at = '2026-02-03T09:00:00.000Z') =>
    (story: Story): void => {
      story.tell('ParticipantAdded', { by: youth, at, data: { participant: school, until: undefined, ...data } });
    };

  it.each([
    ['2026-07-08T12:00:00.000Z', 'kept'],
    ['2026-07-08T12:01:00.000Z', 'broken'],
  ])('access ended on 7 July at noon, looked at %s: %s', (at, expected) => {
    expect(consulted(removed(), at).verdicts(acc02)).toEqual([expected]);
  });

  it('a day is a day when clocks are put back', () => {
    const ended = removed({ accessEnds: '2026-10-24T12:00:00.000Z' });
    expect(consulted(ended, '2026-10-25T12:00:00.000Z').verdicts(acc02)).toEqual(['kept']);
    expect(consulted(ended, '2026-10-25T12:01:00.000Z').verdicts(acc02)).toEqual(['broken']);
  });

  it.each<[string, (story: Story) => void, string]>([
    ['nobody who was removed', () => undefined, 'kept'],
    ['another body was removed', removed({ participant: youth }), 'kept'],
    ['who was removed is missing', removed({ participant: missing }), 'kept'],
    ['only persons left', removed({ persons: ['school-person-4'] }), 'kept'],
    ['when access ends is missing', removed({ accessEnds: missing }), 'broken'],
    ['access ends later', removed({ accessEnds: '2026-07-31T12:00:00.000Z' }), 'kept'],
    ['removed only afterwards', removed({}, '2026-07-10T10:00:00.000Z'), 'kept'],
    ['its time was up', added({ until: '2026-07-07' }), 'broken'],
    ['its time ends that day', added({ until: '2026-07-08' }), 'kept'],
    ['its time ends with the last day there is', added({ until: '9999-12-31' }), 'kept'],
    ['until when is missing', added({ until: missing }), 'kept'],
    ['until when is no day', added({ until: '2026-02-30' }), 'kept'],
  ])('%s: %s', (_, told, expected) => {
    expect(consulted(told).verdicts(acc02)).toEqual([expected]);
  });

  it('who is taken in again may look, in whatever order it was recorded', () => {
    const again = consulted((story) => {
      added({}, '2026-07-08T08:00:00.000Z')(story);
      removed()(story);
    });
    expect(again.verdicts(acc02)).toEqual(['kept']);
  });

  it('an erased entry may have taken it in again', () => {
    const story = consulted((begun) => {
      removed()(begun);
      added({}, '2026-07-08T08:00:00.000Z')(begun);
    });
    story.erase(story.matter.entries[1]?.id as EntryId);
    expect(story.verdicts(acc02)).toEqual(['not-decidable', 'not-decidable']);
  });

  const suspended = (since: string) => ({
    ...emptyRegistry,
    suspendedSince: (agency: AgencyId): Instant | null => (agency === school ? (since as Instant) : null),
  });

  it.each([
    ['InformationConsulted', '2026-07-08T10:00:00.000Z', 'kept'],
    ['InformationConsulted', '2026-07-08T09:59:00.000Z', 'broken'],
    ['LedgerAccessed', '2026-07-08T10:00:00.000Z', 'kept'],
    ['LedgerAccessed', '2026-07-08T09:59:00.000Z', 'broken'],
  ])('%s of a body that is suspended since %s: %s', (type, since, expected) => {
    const story = new Story('exchange', suspended(since));
    const by = type === 'LedgerAccessed' ? 'ledger' : school;
    story.tell(type, { by, at: looked, data: type === 'LedgerAccessed' ? { agency: school } : {} });
    expect(story.verdicts(acc02)).toEqual([expected]);
    expect(story.judgements(acc02).map(({ side }) => side.agency)).toEqual([school]);
  });

  it('a look that does not say whose it was is the ledger’s', () => {
    const story = new Story('exchange', suspended('2026-01-01T00:00:00.000Z'));
    story.tell('LedgerAccessed', { by: 'ledger', at: looked, data: { agency: missing } });
    expect(story.verdicts(acc02)).toEqual(['kept']);
  });
});
