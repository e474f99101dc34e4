import type { EntryId } from '#kernel';
import { emptyRegistry, Story } from '../testing/story.js';
import { fbk01 } from './fbk-01.js';

type Data = Readonly<Record<string, unknown>>;

const sent = '2026-11-02T10:00:00.000Z';
const inTime = '2026-11-20T10:00:00.000Z';
const youth = 'youth.example';
const police = 'police.example';
const school = 'school.example';
const disclosureId = '0195a6f0-0003-7000-8000-0000000000f1';
const missing = { missing: 'unknown' };

const disclosed = (data: Data = {}, at = sent, registry = emptyRegistry): Story => {
  const story = new Story('exchange', registry);
  story.tell('InformationDisclosed', { by: youth, at, data: { disclosureId, recipients: [police], ...data } });
  return story;
};

const answered = (data: Data = {}, { by = police, at = inTime, type = 'FeedbackGiven' } = {}): Story => {
  const story = disclosed();
  story.tell(type, { by, at, data: { disclosureId, disclosedBy: youth, ...data } });
  return story;
};

describe('FBK-01: who received information says within thirty days what became of it', () => {
  it.each([
    ['2026-12-02T22:59:59.999Z', 'kept', 'pending'],
    ['2026-12-02T23:00:00.000Z', 'broken', 'broken'],
  ])('at %s feedback is %s, and none is %s', (at, given, none) => {
    expect(answered({}, { at }).verdicts(fbk01)).toEqual([given]);
    expect(disclosed().verdicts(fbk01, at)).toEqual([none]);
  });

  it.each([
    ['over the turn of the year and a Sunday', '2026-12-04T10:00:00.000Z', '2027-01-04T22:59:59.999Z'],
    ['over the leap day', '2028-01-31T10:00:00.000Z', '2028-03-01T22:59:59.999Z'],
    ['into summer time and over Easter', '2026-03-05T10:00:00.000Z', '2026-04-07T21:59:59.999Z'],
  ])('%s', (_, at, last) => {
    expect(disclosed({}, at).judgements(fbk01)[0]?.verdict).toEqual({ is: 'pending', due: last });
  });

  it.each<[string, Data, { by?: string; type?: string }, string]>([
    ['its code', {}, {}, 'kept'],
    ['no code', { feedback: missing }, {}, 'broken'],
    ['about another disclosure', { disclosureId: '0195a6f0-0003-7000-8000-0000000000f9' }, {}, 'broken'],
    ['about none', { disclosureId: missing }, {}, 'broken'],
    ['of another body', {}, { by: school }, 'broken'],
    ['not owed for what its sender took back', {}, { by: youth, type: 'DisclosureInvalidated' }, 'kept'],
    ['owed for what a third body calls invalid', {}, { by: school, type: 'DisclosureInvalidated' }, 'broken'],
  ])('feedback with %s', (_, data, told, expected) => {
    expect(answered(data, told).verdicts(fbk01)).toEqual([expected]);
  });

  it('each recipient owes its own', () => {
    const story = disclosed({ recipients: [police, school] });
    story.tell('FeedbackGiven', { by: school, at: inTime, data: { disclosureId } });
    expect(story.judgements(fbk01).map(({ side, part }) => [side.agency, part])).toEqual([
      [police, police],
      [school, school],
    ]);
    expect(story.verdicts(fbk01)).toEqual(['broken', 'kept']);
  });

  it.each<[Data, readonly string[]]>([
    [{ recipients: missing }, []],
    [{ disclosureId: missing }, ['broken']],
  ])('of a disclosure with %j: %j', (data, expected) => {
    expect(disclosed(data).verdicts(fbk01)).toEqual(expected);
  });

  it('an erased entry may have been the feedback', () => {
    const story = answered();
    story.erase(story.matter.entries[1]?.id as EntryId);
    expect(story.verdicts(fbk01)).toEqual(['not-decidable', 'not-decidable']);
  });

  it('parties may agree on another time', () => {
    const clause = {
      id: 'progress',
      from: [youth],
      to: [police],
      purposes: ['exit-support'],
      specialCategories: true,
      dataCategories: ['exit-progress'],
      timeLimits: { feedback: { amount: 2, unit: 'working-days' } },
    };
    const registry = {
      ...emptyRegistry,
      agreementsInForce: () => [{ agreement: 'exit', version: 2, clauses: [clause] }],
    };
    const items = [{ dataCategory: 'exit-progress' }];
    expect(disclosed({ items, purpose: 'exit-support' }, sent, registry).judgements(fbk01)).toMatchObject([
      { verdict: { is: 'pending', due: '2026-11-04T22:59:59.999Z' }, clause: 'exit@2#progress' },
    ]);
  });
});
