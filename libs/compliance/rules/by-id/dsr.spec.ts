import type { EntryType } from '#catalogue';
import { everyPack } from '../packs/every-pack.js';
import type { RulePack } from '../packs/pack.js';
import type { RegistryState } from '../registry-state.js';
import { emptyRegistry, Story } from '../testing/story.js';
import { dsr01 } from './dsr-01.js';
import { dsr02 } from './dsr-02.js';
import { dsr03 } from './dsr-03.js';
import { dsr04 } from './dsr-04.js';
import { dsr05 } from './dsr-05.js';

type Data = Readonly<Record<string, unknown>>;
const missing = { missing: 'unknown' };
const youth = 'youth.example';
const service = 'intelligence.example';
const received = '2026-09-10T08:00:00.000Z';
const decided = '2026-10-01T08:00:00.000Z';
const disclosureId = '0195a6f0-0003-7000-8000-00000000000a';

interface Step {
  readonly type: EntryType | string;
  readonly at: string;
  readonly data?: Data;
  readonly by?: string;
}

/** One request of a person to the youth office. */
function request(data: Data, ...steps: readonly Step[]): Story {
  const story = new Story('rights-request');
  story.tell('RightsRequestReceived', { by: youth, at: received, data: { receivedAt: received, ...data } });
  for (const { type, ...told } of steps) story.tell(type, { by: youth, ...told });
  return story;
}

const fulfilled = (answeredAt: unknown, more: Partial<Step> = {}): Step => ({
  type: 'RightsRequestFulfilled',
  at: typeof answeredAt === 'string' ? answeredAt : decided,
  data: { answeredAt },
  ...more,
});
const extended = (personToldAt: unknown, data: Data = {}): Step => ({
  type: 'RightsRequestExtended',
  at: '2026-10-05T08:00:00.000Z',
  data: { personToldAt, dueAt: '2026-12-10', ...data },
});
const decision = (data: Data): Step => ({ type: 'RightsRequestDecided', at: decided, data });

describe('DSR-01: the request of a person is answered within a month', () => {
  it.each([
    ['in the last minute of Monday, because the month ends on Saturday', '2026-10-12T21:59:00.000Z', 'kept'],
    ['a minute into Tuesday', '2026-10-12T22:00:00.000Z', 'broken'],
  ])('%s', (_, answeredAt, expected) => {
    expect(request({}, fulfilled(answeredAt)).verdicts(dsr01)).toEqual([expected]);
  });

  it.each([
    ['of 31 January 2028, on the leap day', '2028-01-31T08:00:00.000Z', '2028-02-29T22:59:59.999Z'],
    ['of 1 April, not on Labour Day and the weekend after it', '2026-04-01T08:00:00.000Z', '2026-05-04T21:59:59.999Z'],
    [
      'that came late in the evening, by the day it was in Berlin',
      '2026-09-30T22:30:00.000Z',
      '2026-11-02T22:59:59.999Z',
    ],
    ['before clocks are put back, by winter time', '2026-09-29T08:00:00.000Z', '2026-10-29T22:59:59.999Z'],
  ])('a request %s is due then', (_, receivedAt, due) => {
    const [judged] = request({ receivedAt }).judgements(dsr01);
    expect(judged?.verdict).toEqual({ is: 'pending', due });
  });

  it('is pending until then, and broken after it', () => {
    const story = request({});
    expect(story.verdicts(dsr01, '2026-10-12T21:59:59.999Z')).toEqual(['pending']);
    expect(story.verdicts(dsr01, '2026-10-12T22:00:00.000Z')).toEqual(['broken']);
  });

  it('states the month only where the person was told of no other day', () => {
    const stated = (...steps: readonly Step[]) => request({}, ...steps).judgements(dsr01)[0]?.deadline;
    expect([stated(), stated(extended(missing)), stated(extended('2026-10-05T08:00:00.000Z'))]).toEqual([
      undefined,
      undefined,
      null,
    ]);
  });

  it('runs from the day of the entry where it does not say when the request came', () => {
    const [judged] = request({ receivedAt: missing }).judgements(dsr01);
    expect(judged?.verdict).toEqual({ is: 'pending', due: '2026-10-12T21:59:59.999Z' });
  });

  it.each([
    ['told in the first month', extended('2026-10-12T21:59:00.000Z'), '2026-12-10T22:59:59.999Z'],
    ['told a minute late', extended('2026-10-12T22:00:00.000Z'), '2026-10-12T21:59:59.999Z'],
    ['of which nobody knows when it was told', extended(missing), '2026-10-12T21:59:59.999Z'],
    [
      'without its reason',
      extended('2026-10-05T08:00:00.000Z', { extensionReason: missing }),
      '2026-10-12T21:59:59.999Z',
    ],
    [
      'to a day the law does not allow',
      extended('2026-10-05T08:00:00.000Z', { dueAt: '2027-02-01' }),
      '2026-12-10T22:59:59.999Z',
    ],
    ['without a day', extended('2026-10-05T08:00:00.000Z', { dueAt: missing }), '2026-12-10T22:59:59.999Z'],
    [
      'to an earlier day, which counts',
      extended('2026-10-05T08:00:00.000Z', { dueAt: '2026-11-20' }),
      '2026-11-20T22:59:59.999Z',
    ],
  ])('extended: %s', (_, extension, due) => {
    const [judged] = request({}, extension).judgements(dsr01);
    expect(judged?.verdict).toEqual({ is: 'pending', due });
  });

  it('a refusal is told within the month though more time was taken, and that nothing is held within that time', () => {
    const told = (outcome: string, personToldAt: string) =>
      request({}, extended('2026-10-05T08:00:00.000Z'), {
        ...decision({ outcome, personToldAt }),
        at: personToldAt,
      }).judgements(dsr01)[0];
    expect(told('refused', '2026-10-12T21:59:00.000Z')?.verdict).toEqual({ is: 'kept' });
    const late = told('refused', '2026-10-13T08:00:00.000Z');
    expect(late?.verdict).toEqual({
      is: 'broken',
      since: '2026-10-12T21:59:59.999Z',
      done: '2026-10-13T08:00:00.000Z',
    });
    expect(late?.deadline).toBeUndefined();
    expect(told('unfounded-or-excessive', '2026-10-13T08:00:00.000Z')?.verdict.is).toBe('broken');
    expect(told('nothing-held', '2026-10-13T08:00:00.000Z')?.verdict.is).toBe('kept');
  });

  it('is answered late for good, whatever is recorded after it', () => {
    const story = request({}, fulfilled('2026-10-20T08:00:00.000Z'), fulfilled('2026-10-21T08:00:00.000Z'));
    expect(story.judgements(dsr01).map(({ verdict }) => verdict)).toEqual([
      { is: 'broken', since: '2026-10-12T21:59:59.999Z', done: '2026-10-20T08:00:00.000Z' },
    ]);
  });

  it.each([
    ['a refusal that the person was told of', decision({ outcome: 'refused', personToldAt: decided }), 'kept'],
    ['that nothing is held', decision({ outcome: 'nothing-held', personToldAt: decided }), 'kept'],
    ['a refusal nobody was told of', decision({ outcome: 'refused', personToldAt: missing }), 'broken'],
    ['a grant that was not carried out', decision({ outcome: 'granted', personToldAt: decided }), 'broken'],
    ['a decision without outcome', decision({ outcome: missing, personToldAt: decided }), 'broken'],
    ['an answer without its day', fulfilled(missing), 'broken'],
    ['an answer of another agency', fulfilled(decided, { by: 'police.example' }), 'broken'],
  ])('answered by %s: %s', (_, step, expected) => {
    expect(request({}, step).verdicts(dsr01)).toEqual([expected]);
  });

  it('cannot be said where the answer or an extension may be erased', () => {
    const late = request({}, extended('2026-10-05T08:00:00.000Z'), fulfilled('2026-11-05T08:00:00.000Z'));
    expect(late.verdicts(dsr01)).toEqual(['kept']);
    expect(late.erase(late.matter.entries[1]?.id as never).verdicts(dsr01)).toEqual(['not-decidable', 'not-decidable']);
  });

  it('is law under the regulation, and the month is policy under the directive', () => {
    const basis = (regime: string) => request({ regime, pack: undefined }).judgements(dsr01)[0]?.settings.basis;
    expect([basis('GDPR'), basis('LED')]).toEqual(['law', 'policy']);
  });
});

describe('DSR-02: the answer names the actual recipients', () => {
  /** What the youth office disclosed under the id. */
  const disclosed = (...recipients: readonly string[]): Story => {
    const story = new Story();
    story.tell('InformationDisclosed', { by: youth, at: received, data: { disclosureId, recipients } });
    return story;
  };
  const answer = (data: Data, exchange: Story, right: unknown = 'access'): Story => {
    const granted = { outcome: 'granted', covers: [disclosureId], recipientsNamed: [], recipientsOmitted: [] };
    return request({ right }, decision({ ...granted, ...data })).link(disclosureId, exchange);
  };

  it.each<[string, Data, readonly string[]]>([
    ['both', { recipientsNamed: ['police.example', 'school.example'] }, ['kept', 'kept']],
    ['one of them', { recipientsNamed: ['police.example'] }, ['kept', 'broken']],
    [
      'one, and why not the other',
      {
        recipientsNamed: ['police.example'],
        recipientsOmitted: [{ recipient: 'school.example', omission: 'impossible' }],
      },
      ['kept', 'kept'],
    ],
    [
      'one, and that the other is left out',
      { recipientsNamed: ['police.example'], recipientsOmitted: [{ recipient: 'school.example', omission: missing }] },
      ['kept', 'broken'],
    ],
    ['nobody knows whom', { recipientsNamed: missing, recipientsOmitted: missing }, ['broken', 'broken']],
  ])('of two recipients it names %s', (_, data, expected) => {
    expect(answer(data, disclosed('police.example', 'school.example')).verdicts(dsr02)).toEqual(expected);
  });

  it('says which recipient is missing, and where it was disclosed', () => {
    const [judged] = answer({}, disclosed('police.example')).judgements(dsr02);
    expect(judged?.part).toBe('police.example');
    expect(judged?.verdict).toEqual({ is: 'broken', since: decided });
    expect(judged?.facts).toHaveLength(3);
  });

  it.each(['refused', 'neither-confirmed-nor-denied', 'unfounded-or-excessive'])('%s names nobody', (outcome) => {
    expect(answer({ outcome }, disclosed('police.example')).verdicts(dsr02)).toEqual([]);
  });

  it.each(['rectification', missing])('is nothing for a request of the kind %j', (right) => {
    expect(answer({}, disclosed('police.example'), right).verdicts(dsr02)).toEqual([]);
  });

  it('is not shown by an answer that speaks of no disclosure and no recipient', () => {
    const silent = { covers: undefined, recipientsNamed: undefined, recipientsOmitted: undefined };
    expect(answer(silent, disclosed()).verdicts(dsr02)).toEqual(['broken']);
    expect(answer({ ...silent, covers: missing }, disclosed()).verdicts(dsr02)).toEqual(['broken']);
    expect(answer({ ...silent, outcome: 'nothing-held' }, disclosed()).verdicts(dsr02)).toEqual([]);
    expect(answer({ covers: [] }, disclosed()).verdicts(dsr02)).toEqual([]);
  });

  it('cannot be said of a disclosure that is erased', () => {
    const exchange = disclosed('police.example');
    exchange.erase(exchange.matter.entries[0]?.id as never);
    expect(answer({}, exchange).verdicts(dsr02)).toEqual(['not-decidable']);
  });

  it('leaves out what the agency itself received', () => {
    const exchange = new Story();
    const data = { disclosureId, recipients: [youth] };
    exchange.tell('InformationDisclosed', { by: 'police.example', at: received, data });
    expect(answer({}, exchange).verdicts(dsr02)).toEqual([]);
  });
});

describe('DSR-03: the reasons of a refusal are documented', () => {
  it.each<[string, Data, readonly string[]]>([
    ['a refusal with its reasons', { outcome: 'refused' }, ['kept']],
    ['a refusal without', { outcome: 'refused', justification: missing }, ['broken']],
    ['a partial grant without', { outcome: 'granted-in-part', justification: missing }, ['broken']],
    ['what does not say what it is', { outcome: missing, justification: missing }, ['broken']],
    ['a grant without', { outcome: 'granted', justification: missing }, []],
    ['nothing held', { outcome: 'nothing-held', justification: missing }, []],
  ])('%s: %j', (_, data, expected) => {
    expect(request({}, decision(data)).verdicts(dsr03)).toEqual(expected);
  });

  it('cannot be said of a decision that is erased', () => {
    const story = request({}, decision({ outcome: 'refused' }));
    expect(story.erase(story.matter.entries[1]?.id as never).verdicts(dsr03)).toEqual(['not-decidable']);
  });
});

describe('DSR-04: an intelligence service is named only with its consent', () => {
  const packs: readonly RulePack[] = [
    ...everyPack.filter(({ code }) => code !== 'DE-SGB'),
    { code: 'DE-SGB', version: 1, rules: { 'DSR-04': { applies: true, source: 'SGB X § 83(5)' } } },
  ];
  const registry: RegistryState = {
    ...emptyRegistry,
    kindOf: (agency) => (agency === service ? 'domestic-intelligence' : 'police'),
  };

  interface Answer {
    readonly at: string;
    readonly data: Data;
    readonly by?: string;
  }

  /** Asked on 20 September about one disclosure. */
  function asked(answer: Answer | null, covers: unknown) {
    const story = new Story();
    const id = story.tell('OriginatorConsentAsked', {
      by: youth,
      at: '2026-09-20T08:00:00.000Z',
      data: { asked: service, covers },
    });
    if (answer) {
      const data = { originatorConsent: id, covers: undefined, consents: true, ...answer.data };
      story.tell('OriginatorConsentAnswered', { by: service, ...answer, data });
    }
    return { story, id };
  }

  function named(
    consent: { readonly story: Story; readonly id: string } | null,
    type = 'RightsRequestDecided',
    data: Data = {},
  ): Story {
    const exchange = new Story();
    exchange.tell('InformationDisclosed', { by: youth, at: received, data: { disclosureId, recipients: [service] } });
    const story = new Story(type === 'DataSubjectInformed' ? 'exchange' : 'rights-request', registry);
    story.tell(type, {
      by: youth,
      at: decided,
      data: {
        regime: 'GDPR',
        pack: 'DE-SGB',
        covers: [disclosureId],
        recipientsNamed: [service, 'police.example'],
        originatorConsents: consent ? [consent.id] : undefined,
        ...data,
      },
    });
    story.link(disclosureId, exchange);
    return consent ? story.link(consent.id, consent.story) : story;
  }
  const verdict = (story: Story) => story.judgements(dsr04, packs).map((one) => one.verdict.is);

  it.each<[string, Answer | null, unknown, string]>([
    ['with its consent', { at: decided, data: {} }, [disclosureId], 'kept'],
    ['a minute before its consent', { at: '2026-10-01T08:01:00.000Z', data: {} }, [disclosureId], 'broken'],
    ['against its refusal', { at: received, data: { consents: false } }, [disclosureId], 'broken'],
    ['by an answer that does not say', { at: received, data: { consents: missing } }, [disclosureId], 'broken'],
    ['unasked about this disclosure', { at: received, data: {} }, [], 'broken'],
    ['asked about nobody knows what', { at: received, data: {} }, missing, 'broken'],
    ['with a consent to something else', { at: received, data: { covers: [] } }, [disclosureId], 'broken'],
    ['by the consent of another body', { at: received, data: {}, by: 'police.example' }, [disclosureId], 'broken'],
    ['while its answer is open', null, [disclosureId], 'broken'],
  ])('named %s', (_, answer, covers, expected) => {
    expect(verdict(named(asked(answer, covers)))).toEqual([expected]);
  });

  it('in a notice, too', () => {
    expect(verdict(named(null, 'DataSubjectInformed'))).toEqual(['broken']);
    expect(verdict(named(asked({ at: received, data: {} }, [disclosureId]), 'DataSubjectInformed'))).toEqual(['kept']);
  });

  it('says nothing where no service is named', () => {
    expect(verdict(named(null, 'RightsRequestDecided', { recipientsNamed: ['police.example'] }))).toEqual([]);
    expect(verdict(named(null, 'RightsRequestDecided', { recipientsNamed: missing }))).toEqual([]);
  });

  it('cannot be said where the consent is erased', () => {
    const consent = asked({ at: received, data: {} }, [disclosureId]);
    consent.story.erase(consent.story.matter.entries[1]?.id as never);
    expect(verdict(named(consent))).toEqual(['not-decidable']);
  });

  it('exists only under a pack of German law', () => {
    const other = packs.filter(({ code }) => code !== 'DE-SGB');
    expect(named(null).judgements(dsr04, other)).toEqual([]);
  });
});

describe('DSR-05: staff are named only after a balancing of interests', () => {
  it.each<[unknown, unknown, readonly string[]]>([
    [true, 'The name is needed for the complaint.', ['kept']],
    [true, undefined, ['broken']],
    [true, missing, ['broken']],
    [missing, undefined, ['broken']],
    [false, undefined, []],
  ])('staff named: %j, balanced: %j', (staffNamed, balancing, expected) => {
    expect(request({}, decision({ staffNamed, balancing })).verdicts(dsr05)).toEqual(expected);
  });

  it.each<[Data, readonly string[]]>([
    [{ kind: 'staff', accessPurpose: 'rights-request' }, ['broken']],
    [{ kind: 'staff', accessPurpose: 'rights-request', balancing: 'Needed for the complaint.' }, ['kept']],
    [{ kind: 'staff', accessPurpose: 'criminal-proceedings' }, []],
    [{ kind: 'person-concerned', accessPurpose: 'rights-request' }, []],
  ])('an identity that is resolved with %j', (data, expected) => {
    const story = new Story();
    story.tell('IdentityResolved', { by: youth, at: decided, data });
    expect(story.verdicts(dsr05)).toEqual(expected);
  });

  it('cannot be said of a decision that is erased', () => {
    const story = request({}, decision({ staffNamed: true }));
    expect(story.erase(story.matter.entries[1]?.id as never).verdicts(dsr05)).toEqual(['not-decidable']);
  });
});
