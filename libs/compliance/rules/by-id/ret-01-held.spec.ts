import { standing } from '../rule.js';
import { federal, Office } from '../testing/office.js';
import { ret01 } from './ret-01.js';

type Data = Readonly<Record<string, unknown>>;
const missing = { missing: 'unknown' };
const police = 'police.example';
const recorded = '2026-03-05T08:00:00.000Z';
const forever = '9999-12-31T00:00:00.000Z';

describe('RET-01: what a hold on one exchange kept of a day that is erased', () => {
  const day = { recorded: { from: '2026-03-05', until: '2026-03-05' } };
  const narrow = { exchanges: ['0195a6f0-0002-7000-8000-000000000001'], until: '2028-06-28' };
  const left = (hold: Data = narrow): Office =>
    new Office()
      .consulted(recorded)
      .held('2027-11-02T08:00:00.000Z', hold)
      .erased('2027-12-20T02:00:00.000Z', { ...day, entriesHeld: 12 });
  const held = (story: Office) => story.judgements(ret01, federal).filter(({ part }) => part === '/entriesHeld');
  const verdicts = (story: Office) => held(story).map(({ verdict }) => standing(verdict, forever as never).is);

  it('is owed by the day after the hold ends, as a duty of the agency whose entries they are', () => {
    const story = left();
    expect(story.states()).toEqual(['kept']);
    expect(held(story)).toMatchObject([
      {
        side: { agency: police },
        entry: story.matter.entries[2]?.id,
        verdict: { is: 'pending', due: '2028-06-29T21:59:59.999Z' },
        deadline: null,
        settings: { basis: 'law' },
      },
    ]);
  });

  it('is owed earlier where the hold is released, later where another one follows', () => {
    const story = left();
    const data = { legalHold: story.matter.entries[1]?.id };
    story.tell('LegalHoldReleased', { by: police, at: '2028-02-01T08:00:00.000Z', data });
    expect(held(story)[0]?.verdict).toEqual({ is: 'pending', due: '2028-02-02T22:59:59.999Z' });
    const again = left().held('2028-06-01T08:00:00.000Z', { ...narrow, until: '2028-09-14' });
    expect(held(again)[0]?.verdict).toEqual({ is: 'pending', due: '2028-09-15T21:59:59.999Z' });
  });

  it('is not owed before the time itself is over', () => {
    const story = left({ ...narrow, until: '2027-12-23' });
    expect(held(story)[0]?.verdict).toEqual({ is: 'pending', due: '2027-12-31T22:59:59.999Z' });
  });

  it.each<[string, Data, string]>([
    ['of other days', { recorded: { from: '2026-04-01', until: '2026-04-30' } }, 'broken'],
    ['of other classes', { retentionClasses: ['decision'] }, 'broken'],
    ['of another agency', {}, 'broken'],
  ])('is put off by no hold %s', (whose, data, expected) => {
    const story = new Office().consulted(recorded);
    const by = whose === 'of another agency' ? 'school.example' : police;
    const all = { case: undefined, recorded: undefined, retentionClasses: undefined, ...narrow, ...data };
    story.tell('LegalHoldPlaced', { by, at: '2027-11-02T08:00:00.000Z', data: all });
    story.erased('2028-01-20T02:00:00.000Z', { ...day, entriesHeld: 12 });
    expect(held(story).map(({ verdict }) => standing(verdict, '2028-01-21T00:00:00.000Z' as never).is)).toEqual([
      expected,
    ]);
  });

  it.each<[string, Data, readonly string[]]>([
    ['leaves nothing', { entriesHeld: 0 }, ['kept']],
    ['says of nothing that is left', {}, ['kept']],
    ['is of more days', { recorded: { until: '2026-12-31' } }, ['kept']],
    ['is of other days', { recorded: { from: '2026-03-06', until: '2026-03-31' } }, ['broken']],
    ['does not know what is left', { entriesHeld: missing }, ['broken']],
    ['leaves the keys', { reached: ['rows'] }, ['broken']],
    ['is of another agency', { agency: 'school.example' }, ['broken']],
    ['leaves some again, which it then owes itself', { entriesHeld: 3 }, ['kept', 'broken']],
  ])('is done by an erasure in time that %s', (_, data, expected) => {
    expect(verdicts(left().erased('2028-06-29T02:00:00.000Z', { ...day, ...data }))).toEqual(expected);
  });

  it('is done by what completes the erasure, and not by the backups that follow', () => {
    const completed = (reached: readonly string[]) => {
      const story = left();
      const completes = story.matter.entries[2]?.id;
      return verdicts(story.erased('2028-06-29T02:00:00.000Z', { ...day, completes, reached }));
    };
    expect(completed(['rows', 'keys', 'backups'])).toEqual(['kept']);
    expect(completed(['backups'])).toEqual(['broken']);
  });

  it.each<[string, Data, string]>([
    ['says nothing of what is held', {}, 'broken'],
    ['does not know what is held', { entriesHeld: missing }, 'broken'],
    ['says that nothing is held any more', { entriesHeld: 0 }, 'kept'],
  ])('is done, while the hold stands, by what completes the erasure and %s', (_, data, expected) => {
    const story = left();
    const tombstone = { completes: story.matter.entries[2]?.id, reached: ['rows', 'keys', 'views', 'backups'] };
    expect(verdicts(story.erased('2028-01-20T02:00:00.000Z', { ...day, ...tombstone, ...data }))).toEqual([expected]);
  });

  it('is not done by an erasure that is silent where nobody says what the hold was', () => {
    const story = new Office().consulted(recorded).erased('2027-12-20T02:00:00.000Z', { ...day, entriesHeld: 12 });
    expect(verdicts(story.erased('2027-12-27T02:00:00.000Z', day))).toEqual(['broken']);
  });

  describe('of a year', () => {
    const ofYear = (): Office =>
      new Office()
        .consulted(recorded)
        .held('2027-11-02T08:00:00.000Z', narrow)
        .erased('2027-12-20T02:00:00.000Z', { entriesHeld: 12 });
    const then = (...pieces: readonly Data[]): readonly string[] =>
      verdicts(pieces.reduce<Office>((story, data) => story.erased('2028-06-29T02:00:00.000Z', data), ofYear()));

    it.each<[string, Data, string]>([
      ['as many entries as were kept', { entriesAffected: 12 }, 'kept'],
      ['one entry less', { entriesAffected: 11 }, 'broken'],
      ['nobody knows how many', { entriesAffected: missing }, 'broken'],
      ['it does not say how many', {}, 'broken'],
      [
        'as many of other years, too',
        { entriesAffected: 12, recorded: { from: '2025-12-31', until: '2026-03-05' } },
        'broken',
      ],
      ['as many of other classes, too', { entriesAffected: 12, retentionClasses: ['log', 'record'] }, 'broken'],
      ['as many of another agency', { entriesAffected: 12, agency: 'school.example' }, 'broken'],
    ])('is done by an erasure of single days of %s: %j is %s', (_, data, expected) => {
      expect(then({ ...day, entriesHeld: 0, ...data })).toEqual([expected]);
    });

    it('is done when pieces have as many entries together', () => {
      const march = { ...day, entriesAffected: 8 };
      const july = { recorded: { from: '2026-07-01', until: '2026-07-09' }, entriesAffected: 4 };
      expect(then(march, july)).toEqual(['kept']);
      expect(then(july)).toEqual(['broken']);
    });

    it.each<[string, Data, string]>([
      ['the day after', { from: '2026-03-29', until: '2026-12-31' }, 'kept'],
      ['a day within', { from: '2026-02-01', until: '2027-02-01' }, 'kept'],
      ['a day later', { from: '2026-03-30', until: '2026-12-31' }, 'broken'],
      ['the day after, but ends a day earlier', { from: '2026-03-29', until: '2026-12-30' }, 'broken'],
    ])('is done when its days are erased in two pieces, of which the second begins %s', (_, rest, expected) => {
      // Clocks change on 29 March.
      const begin = { recorded: { until: '2026-03-28' } };
      expect(then({ recorded: rest }, begin)).toEqual([expected]);
    });

    it('is broken where the last piece comes a day too late', () => {
      const story = ofYear().erased('2028-06-29T02:00:00.000Z', { ...day, entriesAffected: 8 });
      expect(verdicts(story.erased('2028-06-30T02:00:00.000Z', { ...day, entriesAffected: 4 }))).toEqual(['broken']);
    });
  });

  it('is broken where it is erased a day too late', () => {
    expect(verdicts(left().erased('2028-06-30T02:00:00.000Z', day))).toEqual(['broken']);
  });

  it('is nothing where an erasure says that nothing was held, or not how much', () => {
    expect(held(new Office().erased('2027-12-20T02:00:00.000Z', { ...day, entriesHeld: 0 }))).toEqual([]);
    expect(held(new Office().erased('2027-12-20T02:00:00.000Z', { ...day, entriesHeld: missing }))).toEqual([]);
  });

  it('cannot be said where the later erasure may itself be erased', () => {
    const story = left().erased('2028-06-29T02:00:00.000Z', day);
    expect(verdicts(story.erase(story.matter.entries[3]?.id as never))).toEqual(['not-decidable']);
  });
});
