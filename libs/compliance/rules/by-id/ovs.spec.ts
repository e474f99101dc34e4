import { everyPack } from '../packs/every-pack.js';
import { Story } from '../testing/story.js';
import { ovs01 } from './ovs-01.js';
import { ovs02 } from './ovs-02.js';

type Data = Readonly<Record<string, unknown>>;
const missing = { missing: 'unknown' };
const youth = 'youth.example';

describe('OVS-01: the supervisor has its answer by the date it set', () => {
  const received = '2026-04-28T09:30:00.000Z';
  const asked = (data: Data = {}): Story => {
    const story = new Story('regulator-request');
    const usual = { receivedAt: received, answerDue: '2026-05-12' };
    story.tell('RegulatorRequestReceived', { by: youth, at: received, data: { ...usual, ...data } });
    return story;
  };
  const answered = (story: Story, answeredAt: unknown, data: Data = {}, by = youth): Story => {
    const at = typeof answeredAt === 'string' ? answeredAt : received;
    story.tell('RegulatorRequestAnswered', { by, at, data: { answeredAt, outcome: 'in-full', ...data } });
    return story;
  };

  it.each([
    ['2026-05-12T21:59:59.999Z', 'kept'],
    ['2026-05-12T22:00:00.000Z', 'broken'],
  ])('answered at %s: %s', (at, expected) => {
    expect(answered(asked(), at).verdicts(ovs01)).toEqual([expected]);
  });

  it('is pending until the day is over, also where it is a holiday', () => {
    const story = asked({ answerDue: '2026-05-01' });
    expect(story.verdicts(ovs01, '2026-05-01T21:59:59.999Z')).toEqual(['pending']);
    expect(story.verdicts(ovs01, '2026-05-01T22:00:00.000Z')).toEqual(['broken']);
  });

  it.each([
    [{ answerDue: missing }, '2026-05-28T21:59:59.999Z'],
    [{ answerDue: missing, receivedAt: '2026-05-04T08:00:00.000Z' }, '2026-06-05T21:59:59.999Z'],
    [{ answerDue: missing, receivedAt: missing }, '2026-05-28T21:59:59.999Z'],
  ])('is due within a month where no date is known: %j', (data, due) => {
    const northRhine = { regime: 'LED', pack: 'DE-NW', ...data };
    expect(asked(northRhine).judgements(ovs01)[0]?.verdict).toEqual({ is: 'pending', due });
  });

  it.each<[string, Data, string]>([
    ['refused', { outcome: 'refused' }, 'kept'],
    ['in part', { outcome: 'in-part' }, 'kept'],
    ['in part, the rest later', { outcome: 'in-part', newAnswerDue: '2026-06-12' }, 'broken'],
    ['nobody knows how', { outcome: missing }, 'broken'],
  ])('answered %s', (_, data, expected) => {
    expect(answered(asked(), '2026-05-11T08:00:00.000Z', data).verdicts(ovs01)).toEqual([expected]);
  });

  it('is not answered at nobody knows what time, or by somebody else', () => {
    expect(answered(asked(), missing).verdicts(ovs01)).toEqual(['broken']);
    expect(answered(asked(), received, {}, 'police.example').verdicts(ovs01)).toEqual(['broken']);
  });

  it.each([
    ['2026-05-12T21:59:00.000Z', '2026-06-12', '2026-06-12T21:59:59.999Z'],
    ['2026-05-12T22:00:00.000Z', '2026-06-12', '2026-05-12T21:59:59.999Z'],
    ['2026-05-11T08:00:00.000Z', missing, '2026-05-12T21:59:59.999Z'],
    ['2026-05-11T08:00:00.000Z', '2026-05-10', '2026-05-12T21:59:59.999Z'],
  ])('more time, agreed at %s until %j', (at, newAnswerDue, due) => {
    const story = answered(asked(), at, { outcome: 'extended', newAnswerDue });
    expect(story.judgements(ovs01)[0]?.verdict).toEqual({ is: 'pending', due });
  });

  it('states no time of its own where the authority set the day or agreed on another', () => {
    const stated = (story: Story) => story.judgements(ovs01)[0]?.deadline;
    const later = { outcome: 'extended', newAnswerDue: '2026-06-12' };
    expect(stated(asked())).toBeNull();
    expect(stated(asked({ answerDue: missing }))).toBeUndefined();
    expect(stated(answered(asked({ answerDue: missing }), '2026-05-11T08:00:00.000Z', later))).toBeNull();
  });

  it('more time can be agreed again', () => {
    const story = answered(asked(), '2026-05-11T08:00:00.000Z', { outcome: 'extended', newAnswerDue: '2026-05-20' });
    answered(story, '2026-05-20T08:00:00.000Z', { outcome: 'extended', newAnswerDue: '2026-06-01' });
    expect(answered(story, '2026-06-01T20:00:00.000Z').verdicts(ovs01)).toEqual(['kept']);
  });

  it('cannot be said where the answer may be erased', () => {
    const story = answered(asked(), received);
    expect(story.erase(story.matter.entries[1]?.id as never).verdicts(ovs01)).toEqual([
      'not-decidable',
      'not-decidable',
    ]);
  });
});

describe('OVS-02: audits are performed when due, and what they find is put right', () => {
  const performed = '2026-09-30T14:00:00.000Z';
  const finding = (data: Data = {}) => ({ severity: 'medium', remedyDue: '2026-12-31', description: 'Late.', ...data });

  class Audits extends Story {
    constructor(data: Data = {}) {
      super('agency');
      this.audited(performed, data);
    }
    audited(at: string, data: Data = {}): this {
      const day = at.slice(0, 10);
      const usual = { kind: 'internal', completedOn: day, nextDue: '2099-09-30', findings: [] };
      this.tell('AuditPerformed', { by: youth, at, data: { ...usual, ...data } });
      return this;
    }
    followedUp(at: string, findings: unknown, followsUp: unknown = this.matter.entries[0]?.id): this {
      return this.audited(at, { kind: 'follow-up', followsUp, findings });
    }
    parts(now = '2090-01-01T00:00:00.000Z'): Readonly<Record<string, string>> {
      const states = this.verdicts(ovs02, now);
      return Object.fromEntries(this.judgements(ovs02).map(({ part }, place) => [part ?? '', states[place] ?? '']));
    }
  }
  const next = (story: Audits, now?: string) => story.verdicts(ovs02, now)[0];

  it.each([
    ['2027-09-30', 'kept'],
    ['2027-10-01', 'broken'],
  ])('the next audit completed on %s: %s', (day, expected) => {
    const story = new Audits({ nextDue: '2027-09-30' }).audited('2027-10-05T08:00:00.000Z', { completedOn: day });
    expect(next(story)).toBe(expected);
  });

  it('the next audit is pending until its day is over', () => {
    const story = new Audits({ nextDue: '2027-09-30' });
    expect(next(story, '2027-09-30T21:59:59.999Z')).toBe('pending');
    expect(next(story, '2027-09-30T22:00:00.000Z')).toBe('broken');
  });

  it('is due within a year where no day is known, or by the time of a pack', () => {
    const story = new Audits({ nextDue: missing, regime: 'LED' });
    expect(story.judgements(ovs02)[0]?.verdict).toEqual({ is: 'pending', due: '2027-09-30T21:59:59.999Z' });
    const packs = [...everyPack, { code: 'EU-LED', version: 2, rules: { 'OVS-02': { deadline: { months: 24 } } } }];
    expect(story.judgements(ovs02, packs)[0]?.verdict).toEqual({ is: 'pending', due: '2028-10-02T21:59:59.999Z' });
  });

  it.each<[string, Data]>([
    ['one of another kind', { kind: 'access-sample' }],
    ['a follow-up', { kind: 'follow-up' }],
    ['one of nobody knows which kind', { kind: missing }],
  ])('the next audit is not %s', (_, data) => {
    expect(next(new Audits({ nextDue: '2027-09-30' }).audited('2027-09-01T08:00:00.000Z', data))).toBe('broken');
  });

  it('an audit that does not say when it was completed was, when it was performed', () => {
    const story = new Audits({ nextDue: '2027-09-30' });
    expect(next(story.audited('2027-09-30T08:00:00.000Z', { completedOn: missing }))).toBe('kept');
  });

  it.each([
    ['2026-12-31', 'kept'],
    ['2027-01-01', 'broken'],
    [missing, 'broken'],
    [undefined, 'broken'],
  ])('a finding put right on %j: %s', (remediedOn, expected) => {
    const findings = [finding({ remediedOn })];
    expect(new Audits({ findings }).parts()['/findings/0']).toBe(expected);
    const later = new Audits({ findings: [finding()] }).followedUp('2027-02-01T08:00:00.000Z', findings);
    expect(later.parts()['/findings/0']).toBe(expected);
  });

  it('a finding is pending until its day is over', () => {
    const story = new Audits({ findings: [finding()] });
    expect(story.parts('2026-12-31T22:59:59.999Z')['/findings/0']).toBe('pending');
    expect(story.parts('2026-12-31T23:00:00.000Z')['/findings/0']).toBe('broken');
  });

  it('a finding without a day is broken, unless it was put right at once', () => {
    const remedyDue = missing;
    expect(new Audits({ findings: [finding({ remedyDue })] }).parts(performed)['/findings/0']).toBe('broken');
    const atOnce = [finding({ remedyDue, remediedOn: '2026-09-29' })];
    expect(new Audits({ findings: atOnce }).parts()['/findings/0']).toBe('kept');
  });

  it('states no time of its own where an audit set the day', () => {
    const stated = (data: Data) => new Audits(data).judgements(ovs02).map(({ deadline }) => deadline);
    expect(stated({ findings: [finding(), finding({ remedyDue: missing })] })).toEqual([null, null, null]);
    expect(stated({ nextDue: missing })).toEqual([undefined]);
  });

  it('findings are followed up by their place, and new ones are added', () => {
    const story = new Audits({ findings: [finding(), finding()] });
    story.followedUp('2026-12-01T08:00:00.000Z', [finding(), finding({ remediedOn: '2026-11-30' }), finding()]);
    const followUp = story.matter.entries[1]?.id;
    story.followedUp('2027-01-15T08:00:00.000Z', [{}, {}, finding({ remediedOn: '2026-12-30' })], followUp);
    expect(story.parts()).toMatchObject({ '/findings/0': 'broken', '/findings/1': 'kept', '/findings/2': 'kept' });
    expect(story.judgements(ovs02).filter(({ part }) => part !== '/nextDue')).toHaveLength(3);
  });

  it('audits that follow each other in a circle are judged one by one', () => {
    const second = '0195a6f0-00aa-7000-8000-000000000001';
    const story = new Audits({ followsUp: second, findings: [finding()] });
    story.followedUp('2026-10-01T08:00:00.000Z', [finding({ remediedOn: '2026-10-01' })]);
    expect(story.matter.entries[1]?.id).toBe(second);
    const found = story.judgements(ovs02).filter(({ part }) => part === '/findings/0');
    expect(found.map(({ verdict }) => verdict.is)).toEqual(['pending', 'kept']);
  });

  it('cannot be said where a follow-up may be erased', () => {
    const story = new Audits({ findings: [finding()] }).followedUp('2026-12-01T08:00:00.000Z', [
      finding({ remediedOn: '2026-11-30' }),
    ]);
    story.erase(story.matter.entries[1]?.id as never);
    expect(story.verdicts(ovs02)).toEqual(['not-decidable', 'not-decidable', 'not-decidable']);
  });
});
