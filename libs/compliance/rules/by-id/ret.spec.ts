import { Case, exit, opened } from '../testing/case.js';
import { federal, Office } from '../testing/office.js';
import { Story } from '../testing/story.js';
import { ret01 } from './ret-01.js';
import { ret02 } from './ret-02.js';
import { ret03 } from './ret-03.js';
import { ret04 } from './ret-04.js';

type Data = Readonly<Record<string, unknown>>;
const missing = { missing: 'unknown' };
const police = 'police.example';
const host = 'host.example';

describe('RET-01: logs are deleted at the end of the year after they were recorded', () => {
  const recorded = '2026-03-05T08:00:00.000Z';

  it.each([
    ['2027-12-31T22:59:59.999Z', 'kept'],
    ['2027-12-31T23:00:00.000Z', 'broken'],
  ])('of a federal body, erased at %s: %s', (at, expected) => {
    expect(new Office().consulted(recorded).erased(at).states()).toEqual([expected]);
  });

  it.each([
    ['on the first day of a year', '2026-01-01T08:00:00.000Z', '2027-12-31T22:59:59.999Z'],
    ['on a leap day', '2028-02-29T08:00:00.000Z', '2029-12-31T22:59:59.999Z'],
    ['late on the last evening', '2026-12-31T22:30:00.000Z', '2027-12-31T22:59:59.999Z'],
    ['when the new year had begun in Berlin', '2026-12-31T23:30:00.000Z', '2028-12-31T22:59:59.999Z'],
  ])('recorded %s', (_, at, due) => {
    expect(new Office().consulted(at).judgements(ret01, federal)[0]?.verdict).toEqual({ is: 'pending', due });
  });

  it('raises without any new entry when nothing was ever erased', () => {
    const story = new Office().consulted(recorded);
    expect(story.states('2027-12-31T22:59:59.999Z')).toEqual(['pending']);
    expect(story.states('2027-12-31T23:00:00.000Z')).toEqual(['broken']);
  });

  it.each<[string, Data, string]>([
    ['of its last day', { recorded: { from: '2026-03-05', until: '2026-03-05' } }, 'kept'],
    ['of the days before', { recorded: { from: '2026-03-01', until: '2026-03-04' } }, 'broken'],
    ['of the days after', { recorded: { from: '2026-03-06', until: '2026-12-31' } }, 'broken'],
    ['of everything until then', { recorded: { until: '2026-12-31' } }, 'kept'],
    ['of nobody knows which days', { recorded: missing }, 'broken'],
    ['that begins nobody knows when', { recorded: { from: missing, until: '2026-12-31' } }, 'broken'],
    ['of another class', { retentionClasses: ['record', 'decision'] }, 'broken'],
    ['of nobody knows which class', { retentionClasses: missing }, 'broken'],
    ['of another agency', { agency: 'school.example' }, 'broken'],
    ['that left the keys', { reached: ['rows', 'views'] }, 'broken'],
    ['that reached nobody knows what', { reached: missing }, 'broken'],
  ])('an erasure %s', (_, data, expected) => {
    expect(new Office().consulted(recorded).erased('2027-06-01T02:00:00.000Z', data).states()).toEqual([expected]);
  });

  it('knows the day it was in Berlin, also where clocks change', () => {
    const erased = (at: string) =>
      new Office()
        .consulted(at)
        .erased('2027-06-01T02:00:00.000Z', { recorded: { from: '2026-03-29', until: '2026-03-29' } })
        .states();
    expect(erased('2026-03-28T22:59:59.999Z')).toEqual(['broken']);
    expect(erased('2026-03-28T23:00:00.000Z')).toEqual(['kept']);
    expect(erased('2026-03-29T21:59:59.999Z')).toEqual(['kept']);
    expect(erased('2026-03-29T22:00:00.000Z')).toEqual(['broken']);
  });

  it('is owed for what is kept as a log, and not for what has nothing of it', () => {
    const bare = { actor: undefined, justification: undefined, lateReason: undefined };
    const story = new Office();
    story.tell('CaseClosed', { by: police, at: recorded, data: { ...bare, decidedBy: missing } });
    expect(story.states()).toEqual([]);
  });

  it.each<[string, Data, string]>([
    ['a hold on all of it', {}, 'kept'],
    ['a hold on its days', { recorded: { from: '2026-03-01', until: '2026-03-31' } }, 'kept'],
    ['a hold on other days', { recorded: { from: '2026-04-01', until: '2026-04-30' } }, 'broken'],
    ['a hold on other classes', { retentionClasses: ['decision'] }, 'broken'],
    ['a hold on one exchange', { exchanges: ['0195a6f0-0002-7000-8000-000000000001'] }, 'broken'],
    ['a hold on one case', { case: 'case-7f3a' }, 'broken'],
    ['a hold without an end', { until: missing }, 'broken'],
  ])('is put off by %s', (_, data, expected) => {
    const story = new Office().consulted(recorded).held('2027-11-02T08:00:00.000Z', data);
    expect(story.erased('2028-03-31T23:00:00.000Z').states()).toEqual([expected]);
  });

  it('goes on by the day after a hold ends, with its last day or when it is released', () => {
    const story = new Office().consulted(recorded).held('2027-11-02T08:00:00.000Z');
    const due = () => story.judgements(ret01, federal)[0]?.verdict;
    expect(due()).toEqual({ is: 'pending', due: '2028-04-03T21:59:59.999Z' });
    const data = { legalHold: story.matter.entries[1]?.id };
    story.tell('LegalHoldReleased', { by: police, at: '2028-02-01T08:00:00.000Z', data });
    expect(due()).toEqual({ is: 'pending', due: '2028-02-02T22:59:59.999Z' });
  });

  it('is not owed yet where a hold lasts until the last day there is', () => {
    const story = new Office().consulted(recorded).held('2027-11-02T08:00:00.000Z', { until: '9999-12-31' });
    expect(story.states('2030-01-01T00:00:00.000Z')).toEqual(['pending']);
    expect(story.judgements(ret01, federal)[0]?.verdict).toEqual({ is: 'pending', due: '9999-12-31T23:59:59.999Z' });
  });

  it('is broken for good where the hold came too late', () => {
    const story = new Office().consulted(recorded).held('2028-01-02T08:00:00.000Z');
    expect(story.states()).toEqual(['broken']);
  });

  it('is three years by policy for others', () => {
    const [judged] = new Office().consulted(recorded, { regime: 'GDPR', pack: 'EU-GDPR' }).judgements(ret01, federal);
    expect(judged?.verdict).toEqual({ is: 'pending', due: '2029-03-05T22:59:59.999Z' });
    expect(judged?.settings.basis).toBe('policy');
  });

  it('cannot be said where the erasure may itself be erased', () => {
    const story = new Office().consulted(recorded).erased('2027-06-01T02:00:00.000Z');
    expect(story.erase(story.matter.entries[1]?.id as never).states()).toEqual(['not-decidable']);
  });
});

describe('RET-02: the data of a case are reviewed by the day that was set', () => {
  it.each([
    ['2026-07-13T21:59:59.999Z', 'kept'],
    ['2026-07-13T22:00:00.000Z', 'broken'],
  ])('reviewed at %s: %s', (at, expected) => {
    expect(new Case().told('CaseReviewed', at, { nextReview: '2099-01-01' }).verdicts(ret02)[0]).toBe(expected);
  });

  it('is pending until the day is over', () => {
    expect(new Case().verdicts(ret02, '2026-07-13T21:59:59.999Z')).toEqual(['pending']);
    expect(new Case().verdicts(ret02, '2026-07-13T22:00:00.000Z')).toEqual(['broken']);
  });

  it('needs a day: one that is missing is broken at once', () => {
    expect(new Case({ reviewDue: missing }).verdicts(ret02, opened)).toEqual(['broken']);
    const reviewed = (data: Data) => new Case().told('CaseReviewed', '2026-07-01T08:00:00.000Z', data).verdicts(ret02);
    expect(reviewed({ nextReview: missing, outcome: 'continue' })).toEqual(['kept', 'broken']);
    expect(reviewed({ nextReview: missing, outcome: 'close' })).toHaveLength(2);
  });

  it('states no time of its own but for the reviews of a closed case', () => {
    const story = new Case().told('CaseClosed', '2026-02-01T08:00:00.000Z', { keptUntil: missing });
    const stated = story.judgements(ret02).map(({ part, deadline }) => [part, deadline]);
    expect(stated).toEqual([
      [null, null],
      ['after-6-months', undefined],
      ['after-12-months', undefined],
    ]);
  });

  it('goes from review to review, until the case is closed', () => {
    const story = new Case()
      .told('CaseReviewed', '2026-07-01T08:00:00.000Z', { nextReview: '2027-01-04' })
      .told('CaseReviewed', '2027-01-05T08:00:00.000Z', { nextReview: '2027-07-05' })
      .told('CaseClosed', '2027-02-01T08:00:00.000Z', { keptUntil: '2027-03-01' });
    expect(story.verdicts(ret02)).toEqual(['kept', 'broken', 'kept']);
  });

  it('is done by who leads the case or opened it, and not by others', () => {
    const reviewed = (by: string) =>
      new Case({ leadAgency: 'youth.example' })
        .told('CaseReviewed', '2026-07-01T08:00:00.000Z', { nextReview: '2099-01-01' }, by)
        .verdicts(ret02, '2027-01-01T00:00:00.000Z')[0];
    expect([reviewed(exit), reviewed('youth.example'), reviewed(police)]).toEqual(['kept', 'kept', 'broken']);
  });

  it('is the duty of who leads it', () => {
    expect(new Case({ leadAgency: 'youth.example' }).judgements(ret02)[0]?.side.agency).toBe('youth.example');
  });

  it('a review of some disclosures is followed by one of the same, or of the whole case', () => {
    const reviewed = (disclosures: unknown) =>
      new Case({ reviewDue: '2099-01-01' })
        .told('RetentionReviewed', '2026-02-02T08:00:00.000Z', {
          outcome: 'keep',
          nextReview: '2026-08-03',
          disclosures: ['0195a6f0-0003-7000-8000-000000000001'],
        })
        .told('RetentionReviewed', '2026-08-03T08:00:00.000Z', { outcome: 'erase', nextReview: undefined, disclosures })
        .verdicts(ret02, '2027-01-01T00:00:00.000Z')[1];
    expect(reviewed(['0195a6f0-0003-7000-8000-000000000001'])).toBe('kept');
    expect(reviewed(undefined)).toBe('kept');
    expect(reviewed(['0195a6f0-0003-7000-8000-000000000002'])).toBe('broken');
    expect(reviewed(missing)).toBe('broken');
  });

  it('something that is kept needs a next review, something erased does not', () => {
    const reviewed = (outcome: unknown) =>
      new Case()
        .told('RetentionReviewed', '2026-02-02T08:00:00.000Z', {
          outcome,
          nextReview: undefined,
          disclosures: undefined,
        })
        .verdicts(ret02);
    expect(reviewed('keep')).toEqual(['kept', 'broken']);
    expect(reviewed(missing)).toEqual(['kept', 'broken']);
    expect(reviewed('erase')).toEqual(['kept']);
  });

  describe('a closed case', () => {
    const closed = (data: Data = {}) =>
      new Case().told('CaseClosed', '2026-01-30T15:00:00.000Z', { keptUntil: '2029-01-30', ...data });
    const after = (story: Case, now?: string) => story.verdicts(ret02, now).slice(1);

    it.each([
      ['2026-08-31T21:59:59.999Z', 'kept'],
      ['2026-08-31T22:00:00.000Z', 'broken'],
    ])('is looked at after six months, and a month for it: %s is %s', (at, expected) => {
      expect(after(closed().told('PostClosureReviewed', at, { review: 'after-6-months' }))[0]).toBe(expected);
    });

    it('is looked at again after twelve', () => {
      const story = closed().told('PostClosureReviewed', '2026-08-03T08:00:00.000Z', { review: 'after-6-months' });
      expect(after(story, '2027-03-01T22:59:59.999Z')).toEqual(['kept', 'pending']);
      expect(after(story, '2027-03-01T23:00:00.000Z')).toEqual(['kept', 'broken']);
      expect(after(story.told('PostClosureReviewed', '2027-02-01T08:00:00.000Z', { review: missing }))).toEqual([
        'kept',
        'broken',
      ]);
    });

    it('is not looked at when nothing is left of it or it is opened again', () => {
      expect(after(closed({ keptUntil: '2026-07-29' }))).toEqual([]);
      expect(after(closed({ keptUntil: '2026-12-31' }))).toHaveLength(1);
      expect(after(closed({ keptUntil: missing }))).toHaveLength(2);
      const again = { review: 'after-6-months', outcome: 'reopen' };
      const story = closed().told('PostClosureReviewed', '2026-08-03T08:00:00.000Z', again);
      expect(after(story, '2026-08-03T08:00:00.000Z')).toEqual(['pending', 'kept', 'kept']);
    });
  });

  it('cannot be said where the review may be erased', () => {
    const story = new Case().told('CaseReviewed', '2026-07-01T08:00:00.000Z', { nextReview: '2099-01-01' });
    expect(story.erase(story.matter.entries[1]?.id as never).verdicts(ret02)).toEqual([
      'not-decidable',
      'not-decidable',
    ]);
  });
});

describe('RET-03: a legal hold has a basis, an end, and a review within three months', () => {
  const placed = (data: Data = {}): Story => {
    const story = new Story('legal-hold');
    story.tell('LegalHoldPlaced', { by: police, at: '2026-05-05T08:00:00.000Z', data });
    return story;
  };

  it.each<[Data, readonly string[]]>([
    [{}, ['kept', 'pending']],
    [{ reviewDue: '2026-08-05' }, ['kept', 'pending']],
    [{ reviewDue: '2026-08-06' }, ['kept', 'broken']],
    [{ reviewDue: missing }, ['kept', 'broken']],
    [{ reviewDue: undefined }, ['kept', 'broken']],
    [{ reviewDue: undefined, until: '2026-08-05' }, ['kept', 'kept']],
    [{ reviewDue: undefined, until: '2026-08-06' }, ['kept', 'broken']],
    [{ reviewDue: '2026-07-01', until: '2026-07-01' }, ['kept', 'kept']],
    [{ reviewDue: '2026-08-06', until: '2026-07-01' }, ['kept', 'kept']],
    [{ ground: missing }, ['broken', 'pending']],
    [{ provision: missing }, ['broken', 'pending']],
    [{ until: missing }, ['broken', 'pending']],
  ])('placed with %j', (data, expected) => {
    expect(placed(data).verdicts(ret03, '2026-05-05T08:00:00.000Z')).toEqual(expected);
  });

  describe('that lasts for years', () => {
    const long = () => placed({ until: '2031-05-05', reviewDue: '2026-08-05' });
    const reviewed = (story: Story) => story.verdicts(ret03)[1];
    const anew = (at: string, data: Data = {}, by = police): Story => {
      const other = new Story('legal-hold');
      // Ids go by place: the new one is not the first.
      other.tell('LegalHoldReleased', { at, data: { legalHold: missing } });
      other.tell('LegalHoldPlaced', { by, at, data: { causedBy: long().matter.entries[0]?.id, ...data } });
      const story = long();
      return story.link(story.matter.entries[0]?.id as string, other);
    };

    it('is reviewed by the day that it says', () => {
      expect(long().verdicts(ret03, '2026-08-05T21:59:59.999Z')).toEqual(['kept', 'pending']);
      expect(long().verdicts(ret03, '2026-08-05T22:00:00.000Z')).toEqual(['kept', 'broken']);
    });

    it.each([
      ['2026-08-05T21:59:59.999Z', 'kept'],
      ['2026-08-05T22:00:00.000Z', 'broken'],
    ])('released at %s: %s', (at, expected) => {
      const released = (by: string) => {
        const story = long();
        story.tell('LegalHoldReleased', { by, at, data: { legalHold: story.matter.entries[0]?.id } });
        return reviewed(story);
      };
      expect(released(police)).toBe(expected);
      expect(released('school.example')).toBe('broken');
    });

    it('goes on as a new hold that follows from it', () => {
      expect(reviewed(anew('2026-08-05T08:00:00.000Z'))).toBe('kept');
      expect(reviewed(anew('2026-08-06T08:00:00.000Z'))).toBe('broken');
      expect(reviewed(anew('2026-08-05T08:00:00.000Z', { causedBy: undefined }))).toBe('broken');
      expect(reviewed(anew('2026-08-05T08:00:00.000Z', {}, 'school.example'))).toBe('broken');
    });

    it('cannot be said to be reviewed late where its release may be erased', () => {
      const story = long();
      const data = { legalHold: story.matter.entries[0]?.id };
      story.erase(story.tell('LegalHoldReleased', { by: police, at: '2026-06-01T08:00:00.000Z', data }));
      expect(reviewed(story)).toBe('not-decidable');
    });
  });

  it('states no time: a day of review has to be said at once, and is then the day', () => {
    const stated = (data: Data) =>
      placed(data)
        .judgements(ret03)
        .map(({ deadline }) => deadline);
    expect(stated({ reviewDue: missing })).toEqual(['at-once', 'at-once']);
    expect(stated({})).toEqual(['at-once', null]);
  });

  it('cannot be said of a hold that is erased', () => {
    const story = new Story('legal-hold');
    story.erase(story.tell('LegalHoldPlaced', { by: police, at: '2026-05-05T08:00:00.000Z' }));
    expect(story.verdicts(ret03)).toEqual(['not-decidable']);
  });
});

describe('RET-04: an erasure reaches rows, keys, views and backups within thirty days', () => {
  const erased = '2026-10-01T22:30:00.000Z';
  const first = () => new Office().erased(erased);
  const completed = (story: Office, at: string, data: Data = {}): Office =>
    story.erased(at, { completes: story.matter.entries[0]?.id, reached: ['backups'], ...data });

  it.each([
    ['2026-11-02T22:59:59.999Z', 'kept'],
    ['2026-11-02T23:00:00.000Z', 'broken'],
  ])('the backups followed at %s: %s, because the thirtieth day is a Sunday', (at, expected) => {
    expect(completed(first(), at).verdicts(ret04)).toEqual([expected]);
  });

  it('is pending until then', () => {
    expect(first().verdicts(ret04, '2026-11-02T22:59:59.999Z')).toEqual(['pending']);
    expect(first().verdicts(ret04, '2026-11-02T23:00:00.000Z')).toEqual(['broken']);
  });

  it('is at once where everything was reached', () => {
    const reached = ['rows', 'keys', 'views', 'backups'];
    expect(new Office().erased(erased, { reached }).verdicts(ret04, erased)).toEqual(['kept']);
  });

  it('is completed step by step, each naming the first or the one before', () => {
    const story = completed(new Office().erased(erased, { reached: ['rows', 'keys'] }), '2026-10-05T08:00:00.000Z');
    story.erased('2026-10-06T08:00:00.000Z', { completes: story.matter.entries[1]?.id, reached: ['views'] });
    expect(story.verdicts(ret04)).toEqual(['kept']);
  });

  it('is judged for the agency whose entries they were', () => {
    expect(
      first()
        .judgements(ret04)
        .map(({ side }) => side.agency),
    ).toEqual([police]);
    expect(new Office().erased(erased, { agency: missing }).judgements(ret04)[0]?.side.agency).toBe(host);
  });

  it.each<[string, Data]>([
    ['reached nobody knows what', { reached: missing }],
    ['completes nobody knows which', { completes: missing }],
  ])('is not completed by what %s', (_, data) => {
    expect(completed(first(), '2026-10-05T08:00:00.000Z', data).verdicts(ret04)[0]).toBe('broken');
  });

  it('cannot be said where what completes it may be erased', () => {
    const story = completed(first(), '2026-10-05T08:00:00.000Z');
    expect(story.erase(story.matter.entries[1]?.id as never).verdicts(ret04)).toEqual([
      'not-decidable',
      'not-decidable',
    ]);
  });
});
