import { everyPack } from '../packs/every-pack.js';
import type { RulePack } from '../packs/pack.js';
import { standing, type Rule } from '../rule.js';
import { emptyRegistry, Story } from '../testing/story.js';
import { trf01 } from './trf-01.js';
import { trf02 } from './trf-02.js';
import { trf03 } from './trf-03.js';

type Data = Readonly<Record<string, unknown>>;
const missing = { missing: 'unknown' };
const sent = '2026-11-16T10:00:00.000Z';
const packs: readonly RulePack[] = [
  ...everyPack.filter(({ code }) => code !== 'EU-LED'),
  { code: 'EU-LED', version: 1, rules: { 'TRF-02': { applies: true }, 'TRF-03': { applies: true } } },
];

function disclosed(data: Data): Story {
  const story = new Story();
  story.tell('InformationDisclosed', { at: sent, data: { regime: 'LED', pack: 'DE-NW', ...data } });
  return story;
}
const transferred = (transfer: unknown, data: Data = {}): Story => disclosed({ transfer, ...data });
const basis = (code: string) => ({ legalBasisTransmit: { code, provision: 'BDSG § 79' } });

const complete = { country: 'US', tool: 'Agreement of 2016', assessment: 'assessment-7' };
const states = (story: Story, rule: Rule, now = '9999-12-31T00:00:00.000Z') =>
  story.judgements(rule, packs).map(({ verdict }) => standing(verdict, now as never).is);

describe('TRF-01: a transfer to a third country has tool, assessment and documentation', () => {
  it.each<[unknown, Data, readonly string[]]>([
    [complete, {}, ['kept']],
    [{ ...complete, tool: missing }, {}, ['broken']],
    [{ ...complete, assessment: undefined }, {}, ['broken']],
    [{ ...complete, country: missing }, {}, ['broken']],
    [complete, { justification: missing }, ['broken']],
    [complete, { recipients: missing }, ['broken']],
    [complete, { items: missing }, ['broken']],
    [missing, {}, ['broken']],
    [undefined, {}, []],
    [{ country: 'NO' }, {}, []],
    [{ country: 'CH' }, {}, []],
    [{ country: 'CH' }, { regime: 'GDPR' }, ['broken']],
  ])('%j with %j', (transfer, data, expected) => {
    expect(states(transferred(transfer, data), trf01)).toEqual(expected);
  });

  it.each([
    ['LED', []],
    ['GDPR', ['broken']],
  ])('to Switzerland by a body admitted under %s that does not say its regime: %j', (admitted, expected) => {
    const story = new Story('exchange', { ...emptyRegistry, regimeOf: () => admitted });
    story.tell('InformationDisclosed', { at: sent, data: { regime: missing, transfer: { country: 'CH' } } });
    expect(states(story, trf01)).toEqual(expected);
  });

  it('is a transfer also where only its legal basis says so', () => {
    expect(states(disclosed(basis('LED-A38-1-b')), trf01)).toEqual(['broken']);
  });

  it('cannot be said of a disclosure that is erased', () => {
    const story = transferred(complete);
    expect(states(story.erase(story.matter.entries[0]?.id as never), trf01)).toEqual(['not-decidable']);
  });
});

describe('TRF-02: another Member State has authorised it, or is told', () => {
  const french = { ...complete, originState: 'FR' };
  const urgent = { ...french, withoutAuthorisation: true };

  it.each<[unknown, readonly string[]]>([
    [{ ...french, originAuthorisation: 'FR-2026-12' }, ['kept']],
    [french, ['broken']],
    [{ ...french, originAuthorisation: missing }, ['broken']],
    [{ ...complete, originState: missing }, ['broken']],
    [complete, []],
    [{ ...urgent, country: 'PL' }, []],
    [{ ...urgent, originInformedOn: '2026-11-19' }, ['kept']],
    [{ ...urgent, originInformedOn: '2026-11-20' }, ['broken']],
    [{ ...urgent, originInformedOn: missing }, ['broken']],
    [{ ...french, withoutAuthorisation: missing, originInformedOn: '2026-11-16' }, ['broken']],
  ])('%j', (transfer, expected) => {
    expect(states(transferred(transfer), trf02)).toEqual(expected);
  });

  it('is pending in urgency until three working days are over', () => {
    expect(states(transferred(urgent), trf02, '2026-11-19T22:59:59.999Z')).toEqual(['pending']);
    expect(states(transferred(urgent), trf02, '2026-11-19T23:00:00.000Z')).toEqual(['broken']);
  });

  it('says that there was time only where the state is told afterwards', () => {
    const said = (transfer: unknown) => transferred(transfer).judgements(trf02, packs)[0]?.deadline;
    expect(said(french)).toBe('at-once');
    expect(said({ ...urgent, originInformedOn: '2026-11-20' })).toBeUndefined();
  });

  it('is a rule of the directive', () => {
    expect(states(transferred(french, { regime: 'GDPR', pack: 'EU-GDPR' }), trf02)).toEqual([]);
  });

  it('cannot be said of a disclosure that is erased, under whatever pack it was', () => {
    const story = transferred(french);
    const everywhere = { ...trf02, applies: true };
    expect(states(story.erase(story.matter.entries[0]?.id as never), everywhere)).toEqual(['not-decidable']);
  });
});

describe('TRF-03: the supervisor is told of transfers on an assessment of its own, and of direct ones', () => {
  const on = (code: string, supervisorInformedOn?: unknown) =>
    transferred({ ...complete, supervisorInformedOn }, basis(code));

  it.each<[string, unknown, readonly string[]]>([
    ['LED-A37-1-b', '2027-11-16', ['kept']],
    ['LED-A37-1-b', '2027-11-17', ['broken']],
    ['LED-A39-1', missing, ['broken']],
    ['LED-A39-1', undefined, ['broken']],
    ['LED-A37-1-a', undefined, []],
    ['LED-A38-1-a', undefined, []],
  ])('%s, told on %j', (code, day, expected) => {
    expect(states(on(code, day), trf03)).toEqual(expected);
  });

  it('is pending for a year', () => {
    expect(states(on('LED-A39-1'), trf03, '2027-11-16T22:59:59.999Z')).toEqual(['pending']);
    expect(states(on('LED-A39-1'), trf03, '2027-11-16T23:00:00.000Z')).toEqual(['broken']);
  });

  it('is said of a transfer of which nothing else is said', () => {
    expect(states(disclosed(basis('LED-A37-1-b')), trf03)).toEqual(['broken']);
  });

  it('is a rule of the directive, and cannot be said of what is erased', () => {
    const story = on('LED-A39-1', '2026-12-01');
    expect(story.judgements(trf03, []).length).toBe(0);
    const everywhere = { ...trf03, applies: true };
    expect(states(story.erase(story.matter.entries[0]?.id as never), everywhere)).toEqual(['not-decidable']);
  });
});
