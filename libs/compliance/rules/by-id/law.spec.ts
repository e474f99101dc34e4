import type { JsonObject } from '#statement';
import type { RegistryState } from '../registry-state.js';
import { emptyRegistry, Story } from '../testing/story.js';
import { law01 } from './law-01.js';
import { law02 } from './law-02.js';
import { law03 } from './law-03.js';
import { law04 } from './law-04.js';
import { law05 } from './law-05.js';
import { law06 } from './law-06.js';

const sent = '2026-11-16T10:00:00.000Z';
type Data = Readonly<Record<string, unknown>>;

/** One disclosure of the youth office. */
function disclosed(data: Data, registry: Partial<RegistryState> = {}, at = sent): Story {
  const story = new Story('exchange', { ...emptyRegistry, ...registry });
  story.tell('InformationDisclosed', { by: 'youth.example', at, data: { recipients: ['police.example'], ...data } });
  return story;
}

const item = (dataCategory: unknown, more: Data = {}): Data => ({
  dataCategory,
  itemBasis: 'fact',
  reliability: 'high',
  asOf: '2026-11-15',
  ...more,
});

describe('LAW-01: the power to transmit is cited', () => {
  it.each([
    [{ code: 'LED-A8-1', provision: 'PolG NRW § 27' }, 'kept'],
    [{ code: 'LED-A8-1', provision: { missing: 'unknown' } }, 'broken'],
    [{ missing: 'not-given' }, 'broken'],
  ])('%j is %s', (legalBasisTransmit, expected) => {
    const story = new Story();
    story.tell('InformationDisclosed', { at: sent, data: { legalBasisTransmit } });
    expect(story.verdicts(law01)).toEqual([expected]);
  });
});

describe('LAW-02: the power to collect is cited, the other half of the double door', () => {
  it.each(['InformationRequested', 'InformationDisclosed', 'DisclosureReceived'])('in %s', (type) => {
    const verdictOf = (legalBasisCollect: unknown): readonly string[] => {
      const story = new Story();
      story.tell(type, { at: sent, data: { legalBasisCollect } });
      return story.verdicts(law02);
    };
    expect(verdictOf({ code: 'LED-A8-1', provision: 'PolG NRW § 9' })).toEqual(['kept']);
    expect(verdictOf({ code: 'LED-A8-1', provision: { missing: 'unknown' } })).toEqual(['broken']);
    expect(verdictOf({ code: { missing: 'unknown' }, provision: 'PolG NRW § 9' })).toEqual(['broken']);
    expect(verdictOf({ missing: 'not-given' })).toEqual(['broken']);
  });

  it('of each recipient: its own, else the one that goes for all', () => {
    const police = { agency: 'police.example', code: 'LED-A8-1', provision: 'PolG NRW § 9' };
    const school = { agency: 'school.example', code: 'GDPR-A6-1-e', provision: 'SchulG NRW § 120' };
    const verdictOf = (legalBasisCollect: unknown, collectBases: unknown): readonly string[] => {
      const story = new Story();
      const recipients = ['police.example', 'school.example'];
      story.tell('InformationDisclosed', { at: sent, data: { recipients, legalBasisCollect, collectBases } });
      return story.verdicts(law02);
    };
    const missing = { missing: 'not-given' };
    expect(verdictOf(missing, [police, school])).toEqual(['kept']);
    expect(verdictOf(police, [school])).toEqual(['kept']);
    expect(verdictOf(missing, [school])).toEqual(['broken']);
    expect(verdictOf(police, [{ ...school, provision: missing }])).toEqual(['broken']);
  });

  it('names the recipients without one, where others have it; where none has, it is one omission', () => {
    const police = { agency: 'police.example', code: 'LED-A8-1', provision: 'PolG NRW § 9' };
    const recipients = [police.agency, 'school.example', 'clinic.example'];
    const lacking = (data: Data): readonly (string | null)[] =>
      disclosed({ recipients, ...data })
        .judgements(law02)
        .flatMap(({ part, verdict }) => (verdict.is === 'broken' ? [part] : []));
    const missing = { missing: 'not-given' };
    expect(lacking({ legalBasisCollect: missing, collectBases: [police] })).toEqual(recipients.slice(1));
    const ofSchool = { agency: 'school.example', code: 'GDPR-A6-1-e', provision: missing };
    expect(lacking({ legalBasisCollect: police, collectBases: [ofSchool] })).toEqual(['school.example']);
    expect(lacking({ legalBasisCollect: missing })).toEqual([null]);
    expect(lacking({ legalBasisCollect: missing, recipients: ['police.example'] })).toEqual([null]);
  });

  it('by each side for its own entry', () => {
    const story = new Story();
    const legalBasisCollect = { missing: 'follows' };
    story.tell('InformationDisclosed', { by: 'youth.example', at: sent, data: { legalBasisCollect } });
    story.tell('DisclosureReceived', { by: 'police.example', at: sent });
    expect(story.judgements(law02).map(({ side, verdict }) => [side.agency, verdict.is])).toEqual([
      ['youth.example', 'broken'],
      ['police.example', 'kept'],
    ]);
  });

  it('is high, and urgent under a pack that says so', () => {
    const story = disclosed({ regime: 'GDPR', pack: 'X' });
    const german = {
      code: 'X',
      version: 1,
      rules: { 'LAW-02': { severity: 'urgent' as const, source: 'BVerfG 1 BvR 1873/13' } },
    };
    expect(story.judgements(law02, []).map(({ settings }) => settings.severity)).toEqual(['high']);
    expect(story.judgements(law02, [german]).map(({ settings }) => settings.severity)).toEqual(['urgent']);
  });
});

describe('LAW-03: an agreement in force covers the disclosure', () => {
  const clause = (id: string, dataCategories: readonly string[], more: JsonObject = {}): JsonObject => ({
    id,
    from: ['youth.example'],
    to: ['police.example'],
    purposes: ['exit-support'],
    dataCategories,
    specialCategories: false,
    ...more,
  });
  const agreement = (name: string, ...clauses: readonly JsonObject[]): JsonObject => ({
    agreement: name,
    version: 1,
    clauses,
  });
  const exit = agreement(
    'exit',
    clause('identity', ['identity', 'mental-health', 'criminal-charge']),
    clause('progress', ['exit-progress']),
  );
  const under =
    (...agreements: readonly JsonObject[]) =>
    (data: Data): Story =>
      disclosed(
        { purpose: 'exit-support', items: [item('exit-progress')], ...data },
        { agreementsInForce: () => agreements },
      );

  it.each<[string, Data, string]>([
    ['what a clause names', {}, 'kept'],
    ['items of several clauses', { items: [item('identity'), item('exit-progress')] }, 'kept'],
    ['one item too many', { items: [item('exit-progress'), item('family')] }, 'broken'],
    ['another purpose', { purpose: 'threat-prevention' }, 'broken'],
    ['a special category that no clause allows', { items: [item('identity', { specialCategory: true })] }, 'broken'],
    ['what is special though nobody flags it', { items: [item('mental-health')] }, 'broken'],
    ['data on offences that no clause allows', { items: [item('criminal-charge')] }, 'broken'],
    ['another recipient', { recipients: ['school.example'] }, 'broken'],
    ['a purpose that is missing', { purpose: { missing: 'unknown' } }, 'broken'],
    ['a category that is missing', { items: [item({ missing: 'unknown' })] }, 'broken'],
    ['items that are missing', { items: { missing: 'follows' } }, 'broken'],
  ])('%s', (_, data, expected) => {
    expect(under(exit)(data).verdicts(law03)).toEqual([expected]);
  });

  it.each(['mental-health', 'criminal-charge'])(
    'a clause about sensitive data allows %s, flagged or not',
    (category) => {
      const special = agreement('special', clause('special', [category], { specialCategories: true }));
      for (const specialCategory of [true, false, undefined, { missing: 'unknown' }]) {
        expect(under(special)({ items: [item(category, { specialCategory })] }).verdicts(law03)).toEqual(['kept']);
      }
    },
  );

  it.each<[string, JsonObject, string]>([
    ['they control the data together', {}, 'law'],
    ['each controls its own', { controllership: 'separate' }, 'policy'],
    ['only one of them is a party', { parties: ['youth.example', 'school.example'] }, 'policy'],
    ['nothing is said of it', { controllership: { missing: 'unknown' } }, 'policy'],
  ])('where %s: %j is asked by %s', (_, change, basis) => {
    const parties = { parties: ['youth.example', 'police.example'], controllership: 'joint' };
    const [judged] = under({ ...exit, ...parties, ...change })({}).judgements(law03);
    expect(judged?.settings.basis).toBe(basis);
  });

  it('recipient by recipient, and the clause is cited', () => {
    const story = under(exit)({ recipients: ['police.example', 'school.example'] });
    expect(story.judgements(law03).map(({ part, verdict, clause: cited }) => [part, verdict.is, cited])).toEqual([
      ['police.example', 'kept', 'exit@1#progress'],
      ['school.example', 'broken', undefined],
    ]);
  });

  it('the agreement an entry names is cited before others; what misses is held against the nearest clause', () => {
    const city = agreement('city', clause('all', ['exit-progress', 'identity']));
    const cited = (data: Data): readonly unknown[] =>
      under(
        exit,
        city,
      )(data)
        .judgements(law03)
        .map((one) => one.clause);
    expect(cited({ agreement: 'city@1' })).toEqual(['city@1#all']);
    expect(cited({ agreement: 'exit@1' })).toEqual(['exit@1#progress']);
    expect(cited({ agreement: 'exit@1', purpose: 'evaluation' })).toEqual(['exit@1#identity']);
  });

  it('asked of the moment it happened: not before the first day, not after the last', () => {
    const registry: Partial<RegistryState> = {
      agreementsInForce: (at) => (at >= '2026-11-16T00:00' && at < '2026-11-17T00:00' ? [exit] : []),
    };
    const at = (moment: string): readonly string[] =>
      disclosed({ purpose: 'exit-support', items: [item('identity')] }, registry, moment).verdicts(law03);
    expect(at('2026-11-15T23:59:59.999Z')).toEqual(['broken']);
    expect(at('2026-11-16T00:00:00.000Z')).toEqual(['kept']);
    expect(at('2026-11-16T23:59:59.999Z')).toEqual(['kept']);
    expect(at('2026-11-17T00:00:00.000Z')).toEqual(['broken']);
  });

  it.each([
    ['StGB § 138', []],
    ['SGB VIII § 8a(5)', []],
    ['§ 8a Abs. 5 SGB VIII', []],
    ['StGB § 34', ['broken']],
    ['SGB X § 69(1) no. 1', ['broken']],
  ])('what is owed by %s', (provision, expected) => {
    expect(under()({ legalBasisTransmit: { code: 'GDPR-A6-1-c', provision } }).verdicts(law03)).toEqual(expected);
  });

  it('is the policy of the network, and of nobody where no recipient is named', () => {
    expect(law03.basis).toBe('policy');
    expect(under(exit)({ recipients: { missing: 'unknown' } }).verdicts(law03)).toEqual([]);
  });
});

describe('LAW-04: a provision allows the change of regime', () => {
  const none = { missing: 'not-given' };
  const verdicts = (from: unknown, to: unknown, provision: unknown, registry: Partial<RegistryState> = {}) =>
    disclosed({ regime: from, regimeRecipient: to, regimeChangeProvision: provision }, registry).verdicts(law04);

  it.each([
    ['LED', 'GDPR', ['broken']],
    ['NATSEC', 'LED', ['broken']],
    ['NATSEC', 'GDPR', ['broken']],
    ['LED', 'NATSEC', ['broken']],
    ['GDPR', 'NATSEC', ['broken']],
    ['GDPR', 'LED', []],
    ['GDPR', 'GDPR', []],
    ['LED', 'LED', []],
    ['NATSEC', 'NATSEC', []],
  ])('from %s to %s', (from, to, withoutProvision) => {
    expect(verdicts(from, to, none)).toEqual(withoutProvision);
    expect(verdicts(from, to, undefined)).toEqual(withoutProvision);
    expect(verdicts(from, to, 'BVerfSchG § 20')).toEqual(withoutProvision.map(() => 'kept'));
  });

  it('where the entry does not name a regime, the registry knows it', () => {
    const regimeOf = (agency: string): string => (agency === 'youth.example' ? 'LED' : 'GDPR');
    expect(verdicts({ missing: 'unknown' }, undefined, none, { regimeOf })).toEqual(['broken']);
    expect(verdicts('LED', { missing: 'unknown' }, none, { regimeOf })).toEqual(['broken']);
    expect(verdicts({ missing: 'unknown' }, 'GDPR', none)).toEqual([]);
  });

  it('recipient by recipient, as the duty of the sender', () => {
    const regimeOf = (agency: string): string => (agency === 'police.example' ? 'LED' : 'GDPR');
    const recipients = ['police.example', 'school.example'];
    const data = { regime: 'LED', regimeRecipient: undefined, regimeChangeProvision: none, recipients };
    expect(disclosed(data, { regimeOf }).judgements(law04)).toMatchObject([
      { part: 'school.example', side: { agency: 'youth.example' }, verdict: { is: 'broken', since: sent } },
    ]);
  });

  it('one regime that is named for several recipients hides none that was admitted with another', () => {
    const regimeOf = (agency: string): string | null =>
      new Map([
        ['exit.example', 'GDPR'],
        ['intelligence.example', 'NATSEC'],
      ]).get(agency) ?? null;
    const parts = (from: string, to: string, ...recipients: readonly string[]): readonly unknown[] =>
      disclosed({ regime: from, regimeRecipient: to, regimeChangeProvision: undefined, recipients }, { regimeOf })
        .judgements(law04)
        .map(({ part }) => part);
    expect(parts('GDPR', 'GDPR', 'exit.example', 'intelligence.example')).toEqual(['intelligence.example']);
    expect(parts('LED', 'LED', 'exit.example', 'police.example')).toEqual(['exit.example']);
    expect(parts('GDPR', 'NATSEC', 'exit.example', 'unknown.example')).toEqual(['unknown.example']);
  });

  it('nobody names an intelligence service away, and one recipient is under the regime that is named', () => {
    const admitted = (regime: string) => ({ regimeOf: () => regime });
    expect(verdicts('GDPR', 'GDPR', none, admitted('NATSEC'))).toEqual(['broken']);
    expect(verdicts('LED', 'LED', none, admitted('GDPR'))).toEqual([]);
  });
});

describe('LAW-05: a law authorises criminal-offence data to a body that is no authority', () => {
  const kindOf = (agency: string): string | null =>
    new Map([
      ['police.example', 'police'],
      ['exit.example', 'exit-programme'],
      ['clinic.example', 'health'],
    ]).get(agency) ?? null;
  const verdicts = (data: Data): readonly string[] =>
    disclosed({ recipients: ['exit.example'], items: [item('criminal-offence')], ...data }, { kindOf }).verdicts(law05);
  const basis = (code: unknown, provision: unknown = 'JGG § 38'): Data => ({ legalBasisTransmit: { code, provision } });

  it.each([
    ['LED-A9-1', 'kept'],
    ['GDPR-A6-1-c', 'kept'],
    ['GDPR-A6-1-e', 'kept'],
    ['GDPR-A6-1-a', 'broken'],
    ['GDPR-A6-1-b', 'broken'],
    ['GDPR-A6-1-d', 'broken'],
    ['GDPR-A6-1-f', 'broken'],
    [{ missing: 'unknown' }, 'broken'],
  ])('on %j', (code, expected) => {
    expect(verdicts(basis(code))).toEqual([expected]);
  });

  it('and its provision is cited', () => {
    expect(verdicts(basis('GDPR-A6-1-c', { missing: 'follows' }))).toEqual(['broken']);
    expect(verdicts({ legalBasisTransmit: { missing: 'not-given' } })).toEqual(['broken']);
  });

  it.each([
    ['criminal-conviction', ['broken']],
    ['criminal-charge', ['broken']],
    ['detention-record', ['broken']],
    ['identity', []],
    [{ missing: 'unknown' }, []],
  ])('%j of consent', (category, expected) => {
    expect(verdicts({ ...basis('GDPR-A6-1-a'), items: [item('identity'), item(category)] })).toEqual(expected);
  });

  it('authorities receive them as such; who is not known as one does not', () => {
    const recipients = ['police.example', 'clinic.example', 'unknown.example'];
    const data = { ...basis('GDPR-A6-1-a'), items: [item('criminal-charge')], recipients };
    expect(disclosed(data, { kindOf }).judgements(law05)).toMatchObject([
      { part: 'clinic.example', side: { agency: 'youth.example' }, verdict: { is: 'broken' } },
      { part: 'unknown.example', side: { agency: 'youth.example' }, verdict: { is: 'broken' } },
    ]);
    expect(verdicts({ ...data, recipients: { missing: 'unknown' } })).toEqual([]);
    expect(verdicts({ ...data, items: { missing: 'unknown' } })).toEqual([]);
  });
});

describe('LAW-06: a public body does not rely on legitimate interests', () => {
  const told = (
    type: string,
    field: string,
    code: unknown,
    kind: string | null = 'youth-welfare',
  ): readonly string[] => {
    const story = new Story('exchange', { ...emptyRegistry, kindOf: () => kind });
    story.tell(type, { at: sent, data: { [field]: { code, provision: 'SGB VIII § 8a' } } });
    return story.verdicts(law06);
  };

  it.each([
    ['InformationRequested', 'legalBasisCollect'],
    ['RequestDecided', 'legalBasisTransmit'],
    ['InformationDisclosed', 'legalBasisTransmit'],
    ['DisclosureReceived', 'legalBasisCollect'],
    ['InformationConsulted', 'legalBasis'],
    ['ProcessingOperationLogged', 'legalBasis'],
  ])('in %s, %s', (type, field) => {
    expect(told(type, field, 'GDPR-A6-1-f')).toEqual(['broken']);
    expect(told(type, field, 'GDPR-A6-1-e')).toEqual(['kept']);
    expect(told(type, field, { missing: 'unknown' })).toEqual([]);
  });

  it.each([
    ['police', ['broken']],
    ['school', ['broken']],
    ['exit-programme', []],
    ['health', []],
    ['other', []],
    [null, []],
  ])('as a body of the kind %s', (kind, expected) => {
    expect(told('InformationDisclosed', 'legalBasisTransmit', 'GDPR-A6-1-f', kind)).toEqual(expected);
  });

  it('what a sender says of the recipient is not its own ground', () => {
    const collect = { code: 'GDPR-A6-1-f', provision: 'GDPR 6(1)(f)' };
    expect(disclosed({ legalBasisCollect: collect }, { kindOf: () => 'school' }).verdicts(law06)).toEqual(['kept']);
  });
});

describe('LAW-01 to LAW-06', () => {
  it.each([law01, law02, law03, law04, law05, law06])('$id cannot be said of an entry that is erased', (rule) => {
    const story = disclosed({});
    story.matter.entries.forEach(({ id }) => story.erase(id));
    expect(story.verdicts(rule)).toEqual(['not-decidable']);
  });
});
