import { everyPack } from '../packs/every-pack.js';
import type { RegistryState } from '../registry-state.js';
import type { Rule } from '../rule.js';
import { emptyRegistry, Story } from '../testing/story.js';
import { bre01 } from './bre-01.js';
import { bre02 } from './bre-02.js';
import { bre03 } from './bre-03.js';

type Data = Readonly<Record<string, unknown>>;
const missing = { missing: 'unknown' };
const youth = 'youth.example';
const aware = '2026-11-16T08:00:00.000Z';

/** One breach of the youth office, detected on a Monday. */
class Breach extends Story {
  constructor(data: Data = {}, registry: Partial<RegistryState> = {}) {
    super('breach', { ...emptyRegistry, ...registry });
    const none = { partnersAffected: undefined };
    this.tell('BreachDetected', { by: youth, at: aware, data: { awareAt: aware, ...none, ...data } });
  }

  assessed(at: string, data: Data): this {
    const said = { exemption: undefined, provision: undefined, partnersAffected: [], ...data };
    this.tell('BreachAssessed', { by: youth, at, data: said });
    return this;
  }

  notified(target: unknown, notifiedAt: unknown, data: Data = {}, by = youth): this {
    const at = typeof notifiedAt === 'string' ? notifiedAt : aware;
    this.tell('BreachNotified', { by, at, data: { target, notifiedAt, recipients: undefined, ...data } });
    return this;
  }

  parts(rule: Rule): readonly (readonly [string | null, string])[] {
    return this.judgements(rule).map(({ part, verdict }) => [part, verdict.is]);
  }
}

describe('BRE-01: a breach is notified within 72 hours, or a risk is unlikely for a reason', () => {
  it.each([
    ['2026-11-19T08:00:00.000Z', 'kept'],
    ['2026-11-19T08:00:00.001Z', 'broken'],
  ])('notified at %s: %s', (notifiedAt, expected) => {
    expect(new Breach().notified('authority', notifiedAt).verdicts(bre01)).toEqual([expected]);
  });

  it.each([
    ['over a weekend', '2026-11-20T08:00:00.000Z', '2026-11-23T08:00:00.000Z'],
    ['over Easter', '2026-04-02T08:00:00.000Z', '2026-04-05T08:00:00.000Z'],
    ['over the night in which clocks are put forward', '2026-03-28T12:00:00.000Z', '2026-03-31T12:00:00.000Z'],
    ['over the end of a leap February', '2028-02-27T12:00:00.000Z', '2028-03-01T12:00:00.000Z'],
  ])('the hours run %s', (_, awareAt, due) => {
    expect(new Breach({ awareAt }).judgements(bre01)[0]?.verdict).toEqual({ is: 'pending', due });
  });

  it('is pending, and broken when the time is over', () => {
    expect(new Breach().verdicts(bre01, '2026-11-19T08:00:00.000Z')).toEqual(['pending']);
    expect(new Breach().verdicts(bre01, '2026-11-19T08:00:00.001Z')).toEqual(['broken']);
  });

  it('runs from the day of the entry where it does not say since when the body knew', () => {
    const [judged] = new Breach({ awareAt: missing }).judgements(bre01);
    expect(judged?.verdict).toEqual({ is: 'pending', due: '2026-11-19T08:00:00.000Z' });
  });

  it.each<[string, Data, string]>([
    ['unlikely, with reasons', { riskLevel: 'unlikely' }, 'kept'],
    ['unlikely, without', { riskLevel: 'unlikely', justification: missing }, 'broken'],
    ['a risk', { riskLevel: 'risk' }, 'broken'],
    ['not known', { riskLevel: missing }, 'broken'],
  ])('frees from it where the risk is %s', (_, data, expected) => {
    expect(new Breach().assessed('2026-11-17T08:00:00.000Z', data).verdicts(bre01)).toEqual([expected]);
  });

  it('is late for good where the risk is found unlikely only after the 72 hours', () => {
    const story = new Breach().assessed('2026-11-20T08:00:00.000Z', { riskLevel: 'unlikely' });
    expect(story.verdicts(bre01)).toEqual(['broken']);
  });

  it('begins again where what was unlikely turns out to be a risk', () => {
    const story = new Breach()
      .assessed('2026-11-17T08:00:00.000Z', { riskLevel: 'unlikely' })
      .assessed('2026-12-01T08:00:00.000Z', { riskLevel: 'risk' });
    expect(story.verdicts(bre01, '2026-12-04T08:00:00.000Z')).toEqual(['kept', 'pending']);
    expect(story.verdicts(bre01, '2026-12-04T08:00:00.001Z')).toEqual(['kept', 'broken']);
    expect(story.notified('authority', '2026-12-04T08:00:00.000Z').verdicts(bre01)).toEqual(['kept', 'kept']);
  });

  it.each([
    ['a notice to partners', new Breach().notified('partner', aware)],
    ['a notice to nobody knows whom', new Breach().notified(missing, aware)],
    ['a notice at nobody knows what time', new Breach().notified('authority', missing)],
    ['what another body records', new Breach().notified('authority', aware, {}, 'police.example')],
  ])('is not kept by %s', (_, story) => {
    expect(story.verdicts(bre01)).toEqual(['broken']);
  });

  it('cannot be said where the notice may be erased', () => {
    const story = new Breach().notified('authority', aware);
    expect(story.erase(story.matter.entries[1]?.id as never).verdicts(bre01)).toEqual([
      'not-decidable',
      'not-decidable',
    ]);
  });

  it('has the time that a pack gives', () => {
    const packs = [...everyPack, { code: 'EU-GDPR', version: 2, rules: { 'BRE-01': { deadline: { hours: 24 } } } }];
    const [judged] = new Breach({ regime: 'GDPR' }).judgements(bre01, packs);
    expect(judged?.verdict).toEqual({ is: 'pending', due: '2026-11-17T08:00:00.000Z' });
  });
});

describe('BRE-02: partners whose data are affected are told', () => {
  const police = { partnersAffected: ['police.example'] };

  it.each([
    ['2026-11-19T22:59:59.999Z', 'kept'],
    ['2026-11-19T23:00:00.000Z', 'broken'],
  ])('named when the breach was detected on Monday, told at %s: %s', (notifiedAt, expected) => {
    const story = new Breach(police).notified('partner', notifiedAt, { recipients: ['police.example'] });
    expect(story.parts(bre02)).toEqual([['police.example', expected]]);
  });

  it('each of them has a time of its own, from when it was named', () => {
    const story = new Breach(police)
      .assessed('2026-11-18T08:00:00.000Z', { partnersAffected: ['police.example', 'school.example'] })
      .notified('partner', '2026-11-18T09:00:00.000Z', { recipients: ['police.example'] });
    expect(story.judgements(bre02).map(({ part, verdict }) => [part, verdict])).toEqual([
      ['police.example', { is: 'kept' }],
      ['school.example', { is: 'pending', due: '2026-11-23T22:59:59.999Z' }],
    ]);
  });

  it('is not owed to whom an assessment finds unaffected in time', () => {
    expect(new Breach(police).assessed('2026-11-17T08:00:00.000Z', {}).verdicts(bre02)).toEqual(['kept']);
    expect(new Breach(police).assessed('2026-11-20T08:00:00.000Z', {}).verdicts(bre02)).toEqual(['broken']);
  });

  it('is owed an answer by an assessment that does not say who is affected', () => {
    const story = new Breach().assessed('2026-11-17T08:00:00.000Z', { partnersAffected: missing });
    expect(story.parts(bre02)).toEqual([['/partnersAffected', 'pending']]);
    expect(story.assessed('2026-11-18T08:00:00.000Z', {}).parts(bre02)).toEqual([['/partnersAffected', 'kept']]);
  });

  it.each([
    ['a notice to somebody else', new Breach(police).notified('partner', aware, { recipients: ['school.example'] })],
    ['a notice without recipients', new Breach(police).notified('partner', aware, { recipients: missing })],
    ['a notice to the authority', new Breach(police).notified('authority', aware, { recipients: ['police.example'] })],
  ])('is not kept by %s', (_, story) => {
    expect(story.verdicts(bre02)).toEqual(['broken']);
  });

  describe('where another member state is affected', () => {
    const assessed = (statesAffected: unknown) =>
      new Breach({ regime: 'LED' }).assessed('2026-11-16T12:00:00.000Z', { riskLevel: 'high', statesAffected });
    const france = ['/statesAffected/FR', 'broken'];

    it('its controllers are told within three working days', () => {
      expect(assessed(['FR']).judgements(bre02)).toMatchObject([
        { part: '/statesAffected/FR', verdict: { is: 'pending', due: '2026-11-19T22:59:59.999Z' } },
      ]);
      const told = assessed(['FR', 'BE']).notified('partner', '2026-11-18T09:00:00.000Z', { states: ['BE'] });
      expect(told.parts(bre02)).toEqual([
        ['/statesAffected/BE', 'kept'],
        ['/statesAffected/FR', 'pending'],
      ]);
    });

    it.each([
      ['a notice to the authority', 'authority', { states: ['FR'] }],
      ['a notice to partners that names no state', 'partner', { recipients: ['police.example'] }],
      ['a notice that does not know which states', 'partner', { states: missing }],
    ])('they are not by %s', (_, target, data) => {
      const story = assessed(['FR']).notified(target, aware, data);
      expect(story.judgements(bre02).map(({ part }) => part)).toEqual([france[0]]);
      expect(story.verdicts(bre02)).toEqual([france[1]]);
    });

    it('only an assessment that lists others finds it unaffected', () => {
      const silent = assessed(['FR']).assessed('2026-11-17T08:00:00.000Z', { statesAffected: undefined });
      expect(silent.verdicts(bre02)).toEqual(['broken']);
      expect(silent.assessed('2026-11-18T08:00:00.000Z', { statesAffected: [] }).verdicts(bre02)).toEqual(['kept']);
    });

    it('who does not know which states owes an answer', () => {
      expect(assessed(missing).parts(bre02)).toEqual([['/statesAffected', 'pending']]);
    });

    it.each<[string, unknown]>([
      ['that are named', ['FR']],
      ['that nobody knows yet', missing],
    ])('nobody but law enforcement owes it: no states %s', (_, statesAffected) => {
      const under = (regime: string | undefined, admitted: string | null = null) =>
        new Breach({ regime }, { regimeOf: () => admitted })
          .assessed('2026-11-16T12:00:00.000Z', { regime, statesAffected })
          .verdicts(bre02);
      expect([under('GDPR'), under('NATSEC')]).toEqual([[], []]);
      expect(under(undefined, 'GDPR')).toEqual([]);
      expect(under(undefined, 'LED')).toEqual(['broken']);
    });

    it("the body's own country is not another one", () => {
      expect(assessed(['DE']).parts(bre02)).toEqual([]);
      const austrian = (states: readonly string[]) =>
        new Breach({ regime: 'LED' }, { calendarOf: () => 'AT' })
          .assessed('2026-11-16T12:00:00.000Z', { statesAffected: states })
          .parts(bre02);
      expect(austrian(['AT', 'DE'])).toEqual([['/statesAffected/DE', 'pending']]);
    });
  });

  it('is law under the directive, and policy under the regulation', () => {
    const under = (regime: string) =>
      new Breach({ ...police, regime, pack: undefined }).judgements(bre02).map(({ settings }) => settings.basis);
    expect([...under('LED'), ...under('GDPR')]).toEqual(['law', 'policy']);
  });

  it('says nothing where nobody else is affected, or only the body itself', () => {
    expect(new Breach({ partnersAffected: missing }).verdicts(bre02)).toEqual([]);
    expect(new Breach({ partnersAffected: [youth] }).verdicts(bre02)).toEqual([]);
  });

  it('cannot be said where the notice may be erased', () => {
    const story = new Breach(police).notified('partner', aware, { recipients: ['police.example'] });
    expect(story.erase(story.matter.entries[1]?.id as never).verdicts(bre02)).toEqual([
      'not-decidable',
      'not-decidable',
    ]);
  });
});

describe('BRE-03: persons at high risk are told, or the ground is recorded', () => {
  const high = (data: Data = {}) => new Breach().assessed('2026-11-17T08:00:00.000Z', { riskLevel: 'high', ...data });

  it.each([
    ['2026-11-20T22:59:59.999Z', 'kept'],
    ['2026-11-20T23:00:00.000Z', 'broken'],
  ])('told at %s: %s', (notifiedAt, expected) => {
    expect(high().notified('subject', notifiedAt).verdicts(bre03)).toEqual([expected]);
  });

  it.each<[Data, readonly string[]]>([
    [{ riskLevel: 'risk' }, []],
    [{ riskLevel: 'unlikely' }, []],
    [{ riskLevel: missing }, []],
    [{ exemption: 'risk-averted' }, []],
    [{ exemption: missing }, ['broken']],
  ])('assessed as %j, nobody told: %j', (data, expected) => {
    expect(high(data).verdicts(bre03)).toEqual(expected);
  });

  it('ends in time with a ground or a lower risk, and not after it', () => {
    const later = (at: string, data: Data) => high().assessed(at, data).verdicts(bre03);
    expect(later('2026-11-20T22:59:00.000Z', { riskLevel: 'high', exemption: 'restricted-by-law' })).toEqual(['kept']);
    expect(later('2026-11-20T22:59:00.000Z', { riskLevel: 'risk' })).toEqual(['kept']);
    expect(later('2026-11-20T23:00:00.000Z', { riskLevel: 'risk' })).toEqual(['broken']);
    expect(later('2026-11-20T22:59:00.000Z', { riskLevel: missing })).toEqual(['broken']);
  });

  it('cannot be said where the notice may be erased', () => {
    const story = high().notified('subject', aware);
    expect(story.erase(story.matter.entries[2]?.id as never).verdicts(bre03)).toEqual([
      'not-decidable',
      'not-decidable',
    ]);
  });
});
