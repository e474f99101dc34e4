import type { EntryId } from '#kernel';
import type { JsonObject } from '#statement';
import { emptyRegistry, Story } from '../testing/story.js';
import { dec01 } from './dec-01.js';
import { dec02 } from './dec-02.js';
import { dec03 } from './dec-03.js';
import { dec04 } from './dec-04.js';

type Data = Readonly<Record<string, unknown>>;

const asked = '2026-11-16T10:00:00.000Z';
const decided = '2026-11-17T10:00:00.000Z';
const youth = 'youth.example';
const police = 'police.example';
const missing = { missing: 'not-given' };

const told = (type: string, data: Data, registry = emptyRegistry): Story => {
  const story = new Story('exchange', registry);
  story.tell(type, { by: youth, at: decided, data });
  return story;
};

const erased = (type: string): Story => {
  const story = new Story();
  return story.erase(story.tell(type, { by: youth, at: decided }));
};

describe('DEC-01: a decision has a reason', () => {
  it.each<[string, Data, readonly string[]]>([
    ['RequestDecided', { decision: 'grant-full' }, ['kept']],
    ['RequestDecided', { decision: 'grant-full', justification: missing }, ['broken']],
    ['RequestDecided', { decision: 'grant-partial', justification: missing }, ['broken']],
    ['RequestDecided', { decision: 'refuse', justification: missing }, ['broken']],
    ['RequestDecided', { decision: missing, justification: missing }, ['broken']],
    ['RequestDecided', { decision: 'not-held', justification: missing }, []],
    ['DecisionRecorded', {}, ['kept']],
    ['DecisionRecorded', { justification: missing }, ['broken']],
    ['DecisionReversed', { justification: missing }, ['broken']],
    ['ConferenceDecisionRecorded', { justification: missing }, ['broken']],
    ['OnwardSharingRefused', { justification: missing }, ['broken']],
  ])('%s %j: %j', (type, data, expected) => {
    expect(told(type, data).verdicts(dec01)).toEqual(expected);
  });

  it('cannot be said of one that is erased', () => {
    expect(erased('RequestDecided').verdicts(dec01)).toEqual(['not-decidable']);
  });
});

describe('DEC-02: what is refused is refused for a reason of the list and under a provision', () => {
  const provision = 'SGB X § 67d';
  const item = (refusalReason: unknown, more: Data = { provision }): Data => ({
    dataCategory: 'family',
    refusalReason,
    ...more,
  });

  it.each<[string, Data, readonly string[]]>([
    ['each with its reason', { refused: [item('secrecy'), item('too-wide')] }, ['kept', 'kept']],
    ['one without', { refused: [item('secrecy'), item(missing)] }, ['kept', 'broken']],
    ['a reason without any provision', { refused: [item('secrecy', {}), item('too-wide')] }, ['broken', 'kept']],
    ['a provision that is missing', { refused: [item('secrecy', { provision: missing })] }, ['broken']],
    ['a provision for no reason', { refused: [item(missing)] }, ['broken']],
    ['a refusal of nothing', { decision: 'refuse', refused: [] }, ['broken']],
    ['a refusal of what is missing', { decision: 'refuse', refused: missing }, ['broken']],
    ['a part granted, the other not named', { decision: 'grant-partial', refused: undefined }, ['broken']],
    ['all granted', { decision: 'grant-full', refused: undefined }, []],
  ])('%s', (_, data, expected) => {
    expect(told('RequestDecided', data).verdicts(dec02)).toEqual(expected);
  });

  it('names the item', () => {
    const story = told('RequestDecided', { refused: [item('secrecy'), item(missing)] });
    expect(story.judgements(dec02).map(({ part }) => part)).toEqual(['/refused/0', '/refused/1']);
  });

  it('cannot be said of one that is erased', () => {
    expect(erased('RequestDecided').verdicts(dec02)).toEqual(['not-decidable']);
  });
});

describe('DEC-03: who decides may do so and did not ask', () => {
  it.each<[string, Data, string]>([
    ['RequestDecided', {}, 'kept'],
    ['RequestDecided', { decidedBy: missing }, 'broken'],
    ['RequestDecided', { decidedByFunction: missing }, 'broken'],
    ['RequestDecided', { requester: youth }, 'broken'],
    ['RequestDecided', { requester: missing }, 'kept'],
    ['DecisionRecorded', { deciderAuthorised: true, deciderIndependent: true }, 'kept'],
    ['DecisionRecorded', { deciderAuthorised: false, deciderIndependent: true }, 'broken'],
    ['DecisionRecorded', { deciderAuthorised: true, deciderIndependent: false }, 'broken'],
    ['DecisionRecorded', { deciderAuthorised: missing, deciderIndependent: true }, 'broken'],
    ['DecisionRecorded', { deciderAuthorised: true, deciderIndependent: missing }, 'broken'],
    ['DecisionReversed', { deciderAuthorised: true }, 'kept'],
    ['DecisionReversed', { deciderAuthorised: false }, 'broken'],
  ])('%s %j: %s', (type, data, expected) => {
    expect(told(type, data).verdicts(dec03)).toEqual([expected]);
  });

  it.each([
    [youth, 'broken'],
    [police, 'kept'],
  ])('of a request of %s: %s, also once what was asked is erased', (by, expected) => {
    const story = new Story();
    const request = story.tell('InformationRequested', { by, at: asked });
    story.tell('RequestDecided', { by: youth, at: decided, data: { request, requester: undefined } });
    expect(story.verdicts(dec03)).toEqual([expected]);
    expect(story.erase(request).verdicts(dec03)).toEqual([expected, 'not-decidable']);
  });

  it.each([
    [[youth], 'broken'],
    [[police], 'kept'],
    [[police, youth], 'kept'],
  ])('which names no request, where %j asked: %s', (requesters, expected) => {
    const story = new Story();
    for (const by of requesters) story.tell('InformationRequested', { by, at: asked });
    story.tell('RequestDecided', { by: youth, at: decided, data: { request: undefined, requester: undefined } });
    expect(story.verdicts(dec03)).toEqual([expected]);
  });

  it('the request may lie in another exchange', () => {
    const other = new Story();
    const request = other.tell('InformationRequested', { by: youth, at: asked });
    const story = new Story().link(request, other);
    story.tell('DisclosureReceived', { by: police, at: asked });
    story.tell('RequestDecided', { by: youth, at: decided, data: { request, requester: undefined } });
    // Entries of different stories are numbered alike; the linked one is still the one that asked.
    expect(story.verdicts(dec03)).toEqual(['broken']);
  });
});

describe('DEC-04: the data protection officer is consulted where that is required', () => {
  const demanding = (dpoConsultationWhen: unknown): typeof emptyRegistry => ({
    ...emptyRegistry,
    agreementsInForce: () => [
      {
        agreement: 'exit',
        version: 2,
        clauses: [
          {
            id: 'progress',
            from: [youth],
            to: [police],
            purposes: ['exit-support'],
            dataCategories: ['exit-progress', 'criminal-charge', 'mental-health'],
            specialCategories: true,
            dpoConsultationWhen: dpoConsultationWhen as JsonObject[string],
          },
        ],
      },
    ],
  });

  const story = (when: unknown, decision: Data = {}, request: Data = {}): Story & { readonly request: EntryId } => {
    const begun = new Story('exchange', demanding(when));
    const id = begun.tell('InformationRequested', { by: police, at: asked, data: { regime: 'LED', ...request } });
    const plain = { decision: 'grant-full', specialGround: undefined, dpoConsulted: undefined, regime: 'GDPR' };
    begun.tell('RequestDecided', {
      by: youth,
      at: decided,
      data: { ...plain, request: id, dpoAdviceFollowed: undefined, dpoAdvice: undefined, ...decision },
    });
    return Object.assign(begun, { request: id });
  };
  const items = (...categories: readonly string[]): Data => ({
    items: categories.map((dataCategory) => ({ dataCategory })),
  });

  it.each<[string, Data, Data, string]>([
    ['always', {}, {}, 'broken'],
    ['always', { dpoConsulted: true }, {}, 'kept'],
    ['always', { dpoConsulted: false }, {}, 'broken'],
    ['always', { dpoConsulted: missing }, {}, 'broken'],
    ['refusal', { decision: 'refuse' }, {}, 'broken'],
    ['refusal', { decision: 'grant-partial' }, {}, 'broken'],
    ['refusal', {}, {}, 'kept'],
    ['refusal', { decision: missing }, {}, 'kept'],
    ['outside-purpose', { purposeCompatible: false }, {}, 'broken'],
    ['outside-purpose', { purposeCompatible: true }, {}, 'kept'],
    ['onward-sharing', {}, { requestKind: 'onward-permission' }, 'broken'],
    ['onward-sharing', {}, { requestKind: missing }, 'kept'],
    ['criminal-offence', {}, items('exit-progress', 'criminal-charge'), 'broken'],
    ['criminal-offence', {}, items('exit-progress'), 'kept'],
    ['special-category', { specialGround: 'GDPR-A9-2-g' }, {}, 'broken'],
    ['special-category', {}, { items: [{ dataCategory: 'mental-health', specialCategory: true }] }, 'broken'],
    ['special-category', {}, items('mental-health'), 'broken'],
    ['special-category', {}, { items: [{ dataCategory: 'criminal-charge', specialCategory: true }] }, 'broken'],
    ['special-category', {}, items('exit-progress', 'criminal-charge'), 'kept'],
    ['regime-change', {}, {}, 'broken'],
    ['regime-change', {}, { regime: 'GDPR' }, 'kept'],
    ['regime-change', { regime: missing }, {}, 'kept'],
    ['minor', {}, {}, 'kept'],
    ['constructor', {}, {}, 'kept'],
  ])('where it is agreed on for %s: decision %j of request %j is %s', (when, decision, request, expected) => {
    expect(story([when], decision, request).verdicts(dec04)).toEqual([expected]);
  });

  it.each([[undefined], [missing], [[]]])('nobody need ask where the agreement says %j', (when) => {
    expect(story(when).verdicts(dec04)).toEqual(['kept']);
  });

  it('an agreement about something else demands nothing', () => {
    expect(story(['always'], {}, { purpose: 'evaluation' }).verdicts(dec04)).toEqual(['kept']);
    expect(story(['always'], {}, items('family')).verdicts(dec04)).toEqual(['kept']);
  });

  it.each<[Data, string]>([
    [{ dpoAdviceFollowed: false }, 'broken'],
    [{ dpoAdviceFollowed: false, deviationReason: 'It came too late.' }, 'kept'],
    [{ dpoAdviceFollowed: missing }, 'kept'],
    [{ dpoAdviceFollowed: true }, 'kept'],
  ])('departing from the advice is reasoned, whether it had to be asked for or not: %j is %s', (advice, expected) => {
    for (const when of [[], ['always']]) {
      expect(story(when, { dpoConsulted: true, ...advice }).verdicts(dec04)).toEqual([expected]);
    }
  });

  it.each<[string, Data, readonly string[]]>([
    ['minor', { ageBand: '14-17' }, ['kept', 'broken']],
    ['minor', { ageBand: 'adult' }, ['kept']],
    ['minor', { ageBand: missing }, ['kept']],
    ['minor', { ageBand: '14-17', spontaneous: true }, ['kept']],
    ['secrecy-lifted', { gateway: 'consent-entruster' }, ['kept', 'broken']],
    ['secrecy-lifted', { gateway: 'none-needed' }, ['kept']],
    ['third-country', { transfer: { country: 'CH' } }, ['kept', 'broken']],
    ['third-country', { transfer: undefined }, ['kept']],
    ['always', { ageBand: '14-17' }, ['broken']],
  ])('what follows from the decision may show it: for %s, %j is %j', (when, disclosure, expected) => {
    const begun = story([when]);
    const data = { request: begun.request, spontaneous: false, ...disclosure };
    begun.tell('InformationDisclosed', { by: youth, at: '2026-11-18T10:00:00.000Z', data });
    expect(begun.verdicts(dec04)).toEqual(expected);
  });

  it('cites the clause and looks at the request', () => {
    const begun = story(['always']);
    expect(begun.judgements(dec04)).toMatchObject([
      { clause: 'exit@2#progress', facts: [expect.any(String), begun.request] },
    ]);
  });

  it('without the request it is what was granted and refused', () => {
    const data = { request: undefined, requester: police, decision: 'grant-full', dpoConsulted: undefined };
    expect(told('RequestDecided', data, demanding(['always'])).verdicts(dec04)).toEqual(['broken']);
    expect(told('RequestDecided', { ...data, requester: missing }, demanding(['always'])).verdicts(dec04)).toEqual([
      'kept',
    ]);
  });

  it('an erased request may have asked for what demands it; whoever was consulted was', () => {
    const begun = story(['onward-sharing'], {}, { requestKind: 'onward-permission' });
    expect(begun.erase(begun.request).verdicts(dec04)).toEqual(['not-decidable', 'not-decidable']);
    const consulted = story(['always'], { dpoConsulted: true });
    expect(consulted.erase(consulted.request).verdicts(dec04)).toEqual(['kept', 'not-decidable']);
  });
});
