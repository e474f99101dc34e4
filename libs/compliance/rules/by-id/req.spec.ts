import type { EntryId } from '#kernel';
import type { RulePack } from '../packs/pack.js';
import { emptyRegistry, Story } from '../testing/story.js';
import { req01 } from './req-01.js';
import { req02 } from './req-02.js';

type Data = Readonly<Record<string, unknown>>;

const monday = '2026-11-16T10:00:00.000Z';
const youth = 'youth.example';
const police = 'police.example';

/** The police asks the youth office. */
class Asked extends Story {
  readonly request: EntryId;

  constructor(data: Data = {}, at = monday, registry = emptyRegistry) {
    super('exchange', registry);
    this.request = this.tell('InformationRequested', { by: police, at, data: { addressee: youth, ...data } });
  }

  follows(type: string, at: string, data: Data = {}, by = youth): this {
    this.tell(type, { by, at, data: { request: this.request, ...data } });
    return this;
  }
}

/** An agreement by which the youth office has its own time to answer the police. */
const agreed = (timeLimits: Data): typeof emptyRegistry => ({
  ...emptyRegistry,
  agreementsInForce: () => [
    { agreement: 'city', version: 1, clauses: [{ id: 'none' }] },
    {
      agreement: 'exit',
      version: 2,
      clauses: [
        {
          id: 'progress',
          from: [youth],
          to: [police],
          purposes: ['exit-support'],
          dataCategories: ['exit-progress'],
          specialCategories: false,
          timeLimits: timeLimits as never,
        },
      ],
    },
  ],
});

const pack = (rules: RulePack['rules']): RulePack => ({ code: 'DE-SGB', version: 7, rules });
const ofYouth = { ...emptyRegistry, regimeOf: () => 'GDPR', packOf: () => 'DE-SGB' };

describe('REQ-01: a request is acknowledged within two working days', () => {
  it.each([
    ['2026-11-18T22:59:59.999Z', 'kept'],
    ['2026-11-18T23:00:00.000Z', 'broken'],
  ])('acknowledged at %s: %s', (at, expected) => {
    expect(new Asked().follows('RequestAcknowledged', at).verdicts(req01)).toEqual([expected]);
  });

  it.each([
    ['2026-11-18T22:59:59.999Z', 'pending'],
    ['2026-11-18T23:00:00.000Z', 'broken'],
  ])('without any word at %s: %s', (now, expected) => {
    expect(new Asked().verdicts(req01, now)).toEqual([expected]);
  });

  it.each([
    ['over Christmas', '2026-12-23T10:00:00.000Z', '2026-12-28T22:59:59.999Z'],
    ['over the leap day', '2028-02-28T10:00:00.000Z', '2028-03-01T22:59:59.999Z'],
    ['over the end of summer time', '2026-10-23T10:00:00.000Z', '2026-10-27T22:59:59.999Z'],
  ])('%s the last moment moves along', (_, asked, last) => {
    expect(new Asked({}, asked).verdicts(req01, last)).toEqual(['pending']);
    expect(new Asked({}, asked).follows('RequestAcknowledged', last).verdicts(req01)).toEqual(['kept']);
  });

  it.each(['ClarificationAsked', 'RequestDecided', 'InformationDisclosed', 'OnwardSharingRefused'])(
    'who records %s has the request',
    (type) => {
      const story = new Asked().follows(type, '2026-11-17T10:00:00.000Z', { spontaneous: false });
      expect(story.verdicts(req01)).toEqual(['kept']);
    },
  );

  it('once it is withdrawn nobody waits', () => {
    const story = new Asked().follows('RequestWithdrawn', '2026-11-17T10:00:00.000Z', { addressee: youth }, police);
    expect(story.verdicts(req01)).toEqual(['kept']);
  });

  it.each<[string, string, Data, string]>([
    ['about another request', 'RequestAcknowledged', { request: '0195a6f0-0001-7000-8000-000000000999' }, youth],
    ['of somebody else', 'RequestAcknowledged', {}, 'school.example'],
    ['that answers no request', 'OnwardSharingRefused', { request: undefined }, youth],
    ['without being asked', 'InformationDisclosed', { request: undefined, spontaneous: true }, youth],
  ])('an entry %s is no acknowledgement', (_, type, data, by) => {
    expect(new Asked().follows(type, '2026-11-17T10:00:00.000Z', data, by).verdicts(req01)).toEqual(['broken']);
  });

  it('what names no request is about the one that was there', () => {
    const story = new Asked().follows('RequestAcknowledged', '2026-11-17T10:00:00.000Z', { request: undefined });
    expect(story.verdicts(req01)).toEqual(['kept']);
    story.tell('InformationRequested', { by: police, at: '2026-11-17T11:00:00.000Z', data: { addressee: youth } });
    expect(story.verdicts(req01)).toEqual(['kept', 'broken']);
  });

  it('owed is it by the addressee; where none is named, by nobody', () => {
    expect(new Asked().judgements(req01).map(({ side }) => side.agency)).toEqual([youth]);
    expect(new Asked({ addressee: { missing: 'unknown' } }).verdicts(req01)).toEqual([]);
  });

  it('what is erased may have acknowledged it in time', () => {
    const late = new Asked().follows('RequestAcknowledged', '2026-11-17T10:00:00.000Z');
    late.follows('RequestAcknowledged', '2026-11-24T10:00:00.000Z').erase(late.matter.entries[1]?.id as EntryId);
    expect(late.verdicts(req01)).toEqual(['not-decidable', 'not-decidable']);
  });

  it('parties may agree on another time, and the note cites the clause', () => {
    const registry = agreed({ acknowledge: { amount: 1, unit: 'working-days' } });
    const story = new Asked({}, monday, registry).follows('RequestAcknowledged', '2026-11-18T10:00:00.000Z');
    expect(story.judgements(req01)).toMatchObject([
      { verdict: { is: 'broken', since: '2026-11-17T22:59:59.999Z' }, clause: 'exit@2#progress' },
    ]);
  });

  it.each<[Data]>([[{}], [{ acknowledge: { missing: 'unknown' } }], [{ acknowledge: { amount: -1, unit: 'days' } }]])(
    'where they agreed on nothing that counts (%j), the rule’s time applies and no clause is cited',
    (limits) => {
      const story = new Asked({}, monday, agreed(limits)).follows('RequestAcknowledged', '2026-11-18T10:00:00.000Z');
      expect(story.verdicts(req01)).toEqual(['kept']);
      expect(story.judgements(req01)[0]).not.toHaveProperty('clause');
    },
  );
});

describe('REQ-02: a request is decided in the time its urgency leaves', () => {
  it.each<[unknown, string, string]>([
    ['normal', '2026-11-30T22:59:59.999Z', '2026-11-30T23:00:00.000Z'],
    ['urgent', '2026-11-17T22:59:59.999Z', '2026-11-17T23:00:00.000Z'],
    ['imminent-danger', '2026-11-16T11:00:00.000Z', '2026-11-16T11:01:00.000Z'],
    [{ missing: 'unknown' }, '2026-11-30T22:59:59.999Z', '2026-11-30T23:00:00.000Z'],
    ['constructor', '2026-11-30T22:59:59.999Z', '2026-11-30T23:00:00.000Z'],
  ])('%j: in time at %s, too late at %s', (urgency, last, tooLate) => {
    const asked = (): Asked => new Asked({ urgency });
    expect(asked().follows('RequestDecided', last).verdicts(req02)).toEqual(['kept']);
    expect(asked().follows('RequestDecided', tooLate).verdicts(req02)).toEqual(['broken']);
    expect(asked().verdicts(req02, last)).toEqual(['pending']);
    expect(asked().verdicts(req02, tooLate)).toEqual(['broken']);
  });

  it.each([
    [
      'an hour is an hour when clocks are put forward',
      'imminent-danger',
      '2026-03-29T00:30:00.000Z',
      '2026-03-29T01:30:00.000Z',
    ],
    [
      'an urgent request of a Friday waits for Monday',
      'urgent',
      '2026-11-20T10:00:00.000Z',
      '2026-11-23T22:59:59.999Z',
    ],
    ['an urgent request may end on a leap day', 'urgent', '2028-02-28T10:00:00.000Z', '2028-02-29T22:59:59.999Z'],
    ['ten days over the end of summer time', 'normal', '2026-10-19T10:00:00.000Z', '2026-11-02T22:59:59.999Z'],
  ])('%s', (_, urgency, at, last) => {
    expect(new Asked({ urgency }, at).verdicts(req02, last)).toEqual(['pending']);
    expect(new Asked({ urgency }, at).follows('RequestDecided', last).verdicts(req02)).toEqual(['kept']);
  });

  it.each<[string, Data, string]>([
    ['RequestDecided', { decision: 'refuse' }, 'kept'],
    ['RequestDecided', { decision: { missing: 'follows' } }, 'broken'],
    ['InformationDisclosed', { spontaneous: false }, 'kept'],
    ['InformationDisclosed', { spontaneous: true }, 'broken'],
    ['OnwardSharingPermitted', {}, 'kept'],
    ['RequestAcknowledged', {}, 'broken'],
  ])('with %s %j it is %s', (type, data, expected) => {
    expect(new Asked().follows(type, '2026-11-20T10:00:00.000Z', data).verdicts(req02)).toEqual([expected]);
  });

  it.each([
    ['RequestWithdrawn', police, 'kept'],
    ['RequestLapsed', police, 'kept'],
    ['RequestLapsed', youth, 'broken'],
  ])('%s by %s: %s', (type, by, expected) => {
    const story = new Asked().follows(type, '2026-11-20T10:00:00.000Z', { addressee: youth }, by);
    expect(story.verdicts(req02)).toEqual([expected]);
  });

  it('who it was escalated to may decide; nobody else', () => {
    const decided = (escalatedTo: string): Asked =>
      new Asked()
        .follows('RequestEscalated', '2026-11-20T10:00:00.000Z', { escalatedTo }, police)
        .follows('RequestDecided', '2026-11-24T10:00:00.000Z', {}, 'ministry.example');
    expect(decided('ministry.example').verdicts(req02)).toEqual(['kept']);
    expect(decided(youth).verdicts(req02)).toEqual(['broken']);
  });

  it.each<[string, string, unknown, string, string]>([
    ['in time to a day, decided on it', '2026-11-20T10:00:00.000Z', '2026-12-11', '2026-12-11T22:59:59.999Z', 'kept'],
    [
      'in time to a day, decided after it',
      '2026-11-20T10:00:00.000Z',
      '2026-12-11',
      '2026-12-11T23:00:00.000Z',
      'broken',
    ],
    ['in time, without a day', '2026-11-20T10:00:00.000Z', undefined, '2026-12-11T10:00:00.000Z', 'broken'],
    ['in time, to no day', '2026-11-20T10:00:00.000Z', '2026-02-30', '2026-12-11T10:00:00.000Z', 'broken'],
    ['in time, to an earlier day', '2026-11-20T10:00:00.000Z', '2026-11-23', '2026-11-30T10:00:00.000Z', 'kept'],
    ['too late', '2026-12-01T10:00:00.000Z', '2026-12-11', '2026-12-11T10:00:00.000Z', 'broken'],
  ])('deferred %s', (_, deferredAt, decisionDue, decidedAt, expected) => {
    const story = new Asked()
      .follows('RequestDecided', deferredAt, { decision: 'defer', decisionDue })
      .follows('RequestDecided', decidedAt, { decision: 'grant-full' });
    expect(story.verdicts(req02)).toEqual([expected]);
  });

  it('an erased entry may have been the decision', () => {
    const story = new Asked().follows('RequestDecided', '2026-11-20T10:00:00.000Z');
    story.erase(story.matter.entries[1]?.id as EntryId);
    expect(story.verdicts(req02)).toEqual(['not-decidable', 'not-decidable']);
  });

  it.each<[string, Data]>([
    ['normal', { decideNormal: { amount: 2, unit: 'days' } }],
    ['urgent', { decideUrgent: { amount: 2, unit: 'days' } }],
    ['imminent-danger', { decideImminent: { amount: 2, unit: 'days' } }],
  ])('parties may agree on another time: %s', (urgency, limits) => {
    const story = new Asked({ urgency }, monday, agreed(limits));
    expect(story.judgements(req02)).toMatchObject([
      { verdict: { is: 'pending', due: '2026-11-18T22:59:59.999Z' }, clause: 'exit@2#progress' },
    ]);
  });

  it('a pack may set other times, one for each urgency', () => {
    const rules = { 'REQ-02': { deadline: { workingDays: 3 }, deadlines: { urgent: { hours: 2 } }, source: 'order' } };
    const due = (urgency: string): unknown =>
      new Asked({ urgency }, monday, ofYouth).judgements(req02, [pack(rules)])[0]?.verdict;
    expect(due('normal')).toEqual({ is: 'pending', due: '2026-11-19T22:59:59.999Z' });
    expect(due('urgent')).toEqual({ is: 'pending', due: '2026-11-16T12:00:00.000Z' });
    // What it does not speak of stays.
    expect(due('imminent-danger')).toEqual({ is: 'pending', due: '2026-11-16T11:00:00.000Z' });
  });

  it('cites the time it gave where that is not the usual one', () => {
    const cited = (urgency: string): unknown => new Asked({ urgency }).judgements(req02)[0]?.deadline;
    expect([cited('normal'), cited('urgent'), cited('imminent-danger')]).toEqual([
      undefined,
      { workingDays: 1 },
      { hours: 1 },
    ]);
  });

  it('cites no time where the decision was put off to a day', () => {
    const deferral = { decision: 'defer', decisionDue: '2026-12-18' };
    const story = new Asked({ urgency: 'urgent' }).follows('RequestDecided', monday, deferral);
    expect(story.judgements(req02)).toMatchObject([{ verdict: { due: '2026-12-18T22:59:59.999Z' }, deadline: null }]);
  });

  it('what a law sets no agreement changes', () => {
    const registry = {
      ...ofYouth,
      agreementsInForce: agreed({ decideNormal: { amount: 90, unit: 'days' } }).agreementsInForce,
    };
    const byLaw = pack({ 'REQ-02': { basis: 'law' } });
    expect(new Asked({}, monday, registry).judgements(req02, [byLaw])).toMatchObject([
      { verdict: { is: 'pending', due: '2026-11-30T22:59:59.999Z' } },
    ]);
  });
});
