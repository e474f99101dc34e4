import { standing } from '../rule.js';
import { Case, exit } from '../testing/case.js';
import { Story } from '../testing/story.js';
import { ret02 } from './ret-02.js';

type Data = Readonly<Record<string, unknown>>;
const missing = { missing: 'unknown' };
const police = 'police.example';
const forever = '9999-12-31T00:00:00.000Z';

describe.each<[string, (more?: Data) => Case]>([
  [
    'that is to be closed',
    (more = {}) => {
      const data = { outcome: 'close', nextReview: missing, ...more };
      return new Case().told('CaseReviewed', '2026-07-01T08:00:00.000Z', data);
    },
  ],
  [
    'that is to be reopened',
    () =>
      new Case()
        .told('CaseClosed', '2026-01-30T15:00:00.000Z', { keptUntil: '2026-07-01' })
        .told('PostClosureReviewed', '2026-07-01T08:00:00.000Z', { outcome: 'reopen' }),
  ],
])('RET-02: a case %s', (_, reviewed) => {
  const announced = (story: Story, now?: string) => {
    const entry = reviewed().matter.entries.at(-1)?.id;
    const found = story.judgements(ret02).filter((one) => one.entry === entry && one.part === null);
    return found.map(({ verdict }) => standing(verdict, (now ?? forever) as never).is);
  };

  it('is so within a month', () => {
    const [judged] = reviewed()
      .judgements(ret02)
      .filter(({ verdict }) => verdict.is === 'pending');
    expect(judged).toMatchObject({ side: { agency: exit }, verdict: { due: '2026-08-03T21:59:59.999Z' } });
    expect(announced(reviewed())).toEqual(['broken']);
  });

  it.each<[string, Data, string, string]>([
    ['CaseClosed', {}, '2026-08-03T21:59:59.999Z', 'kept'],
    ['CaseClosed', {}, '2026-08-03T22:00:00.000Z', 'broken'],
    ['CaseReviewed', { outcome: 'continue', nextReview: '2027-01-04' }, '2026-07-20T08:00:00.000Z', 'kept'],
    ['CaseReviewed', { outcome: 'close', nextReview: '2026-12-01' }, '2026-07-20T08:00:00.000Z', 'kept'],
    ['CaseReviewed', { outcome: 'close', nextReview: missing }, '2026-07-20T08:00:00.000Z', 'broken'],
    ['RetentionReviewed', { outcome: 'erase', disclosures: undefined }, '2026-07-20T08:00:00.000Z', 'kept'],
    ['RetentionReviewed', { outcome: 'keep', disclosures: undefined }, '2026-07-20T08:00:00.000Z', 'broken'],
    ['PostClosureReviewed', { outcome: 'stays-closed' }, '2026-07-20T08:00:00.000Z', 'broken'],
  ])('followed by %s %j at %s: %s', (type, data, at, expected) => {
    expect(announced(reviewed().told(type, at, data))).toEqual([expected]);
  });

  it('is not closed or opened by others', () => {
    const story = reviewed().told('CaseClosed', '2026-07-20T08:00:00.000Z', {}, police);
    expect(announced(story)).toEqual(['broken']);
  });

  it('may go on in a case of its own that follows from it', () => {
    const goesOnIn = (causedBy: unknown) => {
      const another = new Story('case');
      another.tell('CaseOpened', { by: exit, at: '2026-07-20T08:00:00.000Z', data: { causedBy } });
      const story = reviewed();
      return announced(story.link('another', another));
    };
    expect(goesOnIn(reviewed().matter.entries.at(-1)?.id)).toEqual(['kept']);
    expect(goesOnIn(undefined)).toEqual(['broken']);
  });
});

describe('RET-02: a review after which a case is to be closed', () => {
  const toClose = { outcome: 'close', nextReview: missing };
  const owed = (story: Case) =>
    story.judgements(ret02).filter(({ entry, part }) => entry === story.matter.entries.at(-1)?.id && part === null);

  it('asks for nothing where the case was closed just before', () => {
    const closed = new Case().told('CaseClosed', '2026-07-01T08:00:00.000Z');
    expect(owed(closed.told('CaseReviewed', '2026-07-01T08:10:00.000Z', toClose))).toEqual([]);
  });

  it.each<[string, Data]>([
    ['PostClosureReviewed', { outcome: 'reopen' }],
    ['CaseReviewed', { outcome: 'continue', nextReview: '2099-01-01' }],
  ])('asks for it where the case had gone on since: %s %j', (type, data) => {
    const story = new Case()
      .told('CaseClosed', '2026-01-30T15:00:00.000Z')
      .told(type, '2026-06-01T08:00:00.000Z', data)
      .told('CaseReviewed', '2026-07-01T08:10:00.000Z', toClose);
    expect(owed(story)).toMatchObject([{ verdict: { is: 'pending', due: '2026-08-03T21:59:59.999Z' } }]);
  });
});
