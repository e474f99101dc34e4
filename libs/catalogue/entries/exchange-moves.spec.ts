import fc from 'fast-check';
import { type AgencyId, exchangeVersion, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import type { EntryType, Said } from '../entry-type.js';
import { type ExchangeHead, union, wasEscalatedTo } from '../exchange-head.js';
import { clarificationAsked } from './clarification-asked.js';
import { clarificationGiven } from './clarification-given.js';
import { conditionsAccepted } from './conditions-accepted.js';
import { informationDisclosed } from './information-disclosed.js';
import { informationRequested } from './information-requested.js';
import { onwardSharingPermitted } from './onward-sharing-permitted.js';
import { onwardSharingRefused } from './onward-sharing-refused.js';
import { recipientActionConfirmed } from './recipient-action-confirmed.js';
import { recipientNotified } from './recipient-notified.js';
import { requestAcknowledged } from './request-acknowledged.js';
import { requestDecided } from './request-decided.js';
import { requestEscalated } from './request-escalated.js';
import { requestLapsed } from './request-lapsed.js';
import { requestWithdrawn } from './request-withdrawn.js';

const seed = 20261122;
const police = 'police.example' as AgencyId;
const youth = 'youth-office.example' as AgencyId;
const school = 'school.example' as AgencyId;
const disclosureId = '0195a6f0-0003-7000-8000-000000000001';
const requestId = '0195a6f0-0001-7000-8000-000000000002';
const at = (minute: number): Instant => `2026-03-02T09:${String(minute).padStart(2, '0')}:00.000Z` as Instant;

type Step = readonly [EntryType, Said];

const step = (issuer: AgencyId, type: EntryType, minute: number, terms: JsonObject = {}): Step => [
  type,
  { issuer, type: type.name, terms, occurredAt: at(minute) },
];

/** The entries of one exchange, folded as the register folds them. */
function stand(...steps: readonly Step[]): ExchangeHead {
  const first = steps[0];
  if (!first) throw new Error('no entries');
  const opened: ExchangeHead = {
    parties: [],
    requester: null,
    disclosers: [],
    recipients: [],
    state: 'opened',
    since: first[1].occurredAt,
    version: exchangeVersion(0),
    waitingFor: [],
    doneAhead: [],
    owedOnce: [],
    escalations: [],
  };
  return steps.reduce((head, [type, said]) => {
    const parties = union(head.parties, [said.issuer, ...(type.recipients?.(said.terms) ?? [])]);
    const counted = { ...head, parties, version: exchangeVersion(head.version + 1) };
    return type.moves?.(counted, said) ?? counted;
  }, opened);
}

const turns = ({ waitingFor }: ExchangeHead): readonly string[] =>
  waitingFor.map(({ agency, owes }) => `${agency} owes ${owes}`);

const refusal = ([type, said]: Step, head: ExchangeHead | null = null): string | null =>
  type.refusal?.(head, said) ?? null;

const request = step(police, informationRequested, 1, { addressee: youth });
const acknowledgement = step(youth, requestAcknowledged, 2, { requester: police });
const grant = step(youth, requestDecided, 3, { decision: 'grant-full', requester: police });
const refuse = step(youth, requestDecided, 3, { decision: 'refuse', requester: police });
const disclosure = step(youth, informationDisclosed, 5, { disclosureId, recipients: [police], spontaneous: false });
const question = step(youth, clarificationAsked, 2, { askedOf: police });
const answer = step(police, clarificationGiven, 3, { askedBy: youth });
const withdrawal = step(police, requestWithdrawn, 4, { addressee: youth });
const lapse = step(police, requestLapsed, 4, { otherSide: youth });

describe('a clarification', () => {
  it('is the turn of who was asked until it answers, and moves nothing else', () => {
    const asked = stand(request, acknowledgement, question);
    expect([asked.state, turns(asked)]).toEqual([
      'acknowledged',
      [`${youth} owes decision`, `${police} owes clarification`],
    ]);
    expect(turns(stand(request, question, answer))).toEqual([`${youth} owes decision`]);
    expect(turns(stand(request, answer, question))).toEqual([`${youth} owes decision`]);
    expect(turns(stand(request, question, answer, question))).toContain(`${police} owes clarification`);
  });

  it('about a disclosure outlives the request', () => {
    const about = step(police, clarificationAsked, 6, { askedOf: youth, disclosureId });
    const head = stand(request, disclosure, about, step(police, requestWithdrawn, 7, { addressee: youth }));
    expect(turns(head)).toEqual([`${police} owes receipt`, `${youth} owes clarification`]);
    expect(turns(stand(request, disclosure, about, step(youth, clarificationGiven, 8, { disclosureId })))).toEqual([
      `${police} owes receipt`,
    ]);
  });

  it('joins who is asked and who asked', () => {
    expect(stand(question).parties).toEqual([youth, police]);
    expect(stand(answer).parties).toEqual([police, youth]);
  });
});

describe('an escalation', () => {
  const escalation = (minute: number, escalatedTo: AgencyId): Step =>
    step(police, requestEscalated, minute, { escalatedTo });

  it('makes it the turn of who is to decide, also after a refusal, until it decides', () => {
    expect(turns(stand(request, escalation(4, youth)))).toEqual([`${youth} owes decision`]);
    expect(turns(stand(request, refuse, escalation(4, youth)))).toEqual([`${youth} owes decision`]);
    const head = stand(request, refuse, escalation(4, school), step(school, requestDecided, 5, { decision: 'refuse' }));
    expect([head.state, turns(head), head.parties]).toEqual(['refused', [], [police, youth, school]]);
  });

  it('is of the request that it names, and of every one where it names none', () => {
    const named = stand(request, step(police, requestEscalated, 4, { escalatedTo: school, request: requestId }));
    expect([requestId, disclosureId].map((one) => wasEscalatedTo(named, school, one))).toEqual([true, false]);
    expect(wasEscalatedTo(named, youth, requestId)).toBe(false);
    expect(wasEscalatedTo(stand(request, escalation(4, school)), school, requestId)).toBe(true);
  });

  it('asks nothing where it was answered since, or of who asked', () => {
    expect(turns(stand(request, refuse, escalation(2, youth)))).toEqual([]);
    expect(turns(stand(request, refuse, escalation(4, police)))).toEqual([]);
  });
});

describe.each([
  ['withdrawn', withdrawal],
  ['lapsed', lapse],
] as const)('a request that is %s', (state, end) => {
  it('waits for nobody, in whatever order it was recorded', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([request, acknowledgement, question, grant, end], { minLength: 5 }), (steps) => {
        const head = stand(...steps);
        expect([head.state, head.since, turns(head), head.requester]).toEqual([state, at(4), [], police]);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('leaves what was disclosed where it is', () => {
    const late = step(youth, informationDisclosed, 3, { disclosureId, recipients: [police], spontaneous: false });
    for (const head of [stand(request, late, end), stand(request, end, late)]) {
      expect([head.state, turns(head)]).toEqual(['disclosed', [`${police} owes receipt`]]);
    }
  });

  it('can be asked again', () => {
    const head = stand(request, end, step(police, informationRequested, 6, { addressee: youth }));
    expect([head.state, turns(head)]).toEqual(['requested', [`${youth} owes decision`]]);
  });

  it('can still be granted', () => {
    const head = stand(request, end, step(youth, requestDecided, 6, { decision: 'grant-full' }));
    expect([head.state, turns(head)]).toEqual(['granted', [`${youth} owes disclosure`]]);
  });
});

describe("what is not the issuer's to say", () => {
  it('is the withdrawal of a request by anybody but its requester', () => {
    expect(refusal(withdrawal, stand(request))).toBeNull();
    expect(refusal(withdrawal)).toBeNull();
    expect(refusal(step(youth, requestWithdrawn, 4, { addressee: youth }))).not.toBeNull();
    expect(refusal(step(school, requestWithdrawn, 4, { addressee: youth }), stand(request))).not.toBeNull();
  });

  it('is the acceptance of conditions by who set them', () => {
    expect(refusal(step(police, conditionsAccepted, 6, { disclosedBy: youth }))).toBeNull();
    expect(refusal(step(youth, conditionsAccepted, 6, { disclosedBy: youth }))).not.toBeNull();
  });

  it('is onward sharing by who would share', () => {
    const shared = stand(request, disclosure);
    for (const type of [onwardSharingPermitted, onwardSharingRefused]) {
      expect(refusal(step(youth, type, 6, { askedBy: police }), shared)).toBeNull();
      expect(refusal(step(youth, type, 6, { askedBy: police }))).toBeNull();
      expect(refusal(step(police, type, 6, { askedBy: police }))).not.toBeNull();
      expect(refusal(step(police, type, 6, { askedBy: { missing: 'unknown' } }), shared)).not.toBeNull();
    }
  });

  it('is that one was told, by oneself', () => {
    expect(refusal(step(youth, recipientNotified, 6, { notified: police }))).toBeNull();
    expect(refusal(step(police, recipientNotified, 6, { notified: police }))).not.toBeNull();
  });
});

describe('onward sharing', () => {
  const onward = { askedBy: police, onwardTo: [school], disclosureId };
  const asked = step(police, informationRequested, 7, { addressee: youth });

  it('decides the request it answers, owes no disclosure and lets nobody else in', () => {
    const permitted = stand(
      request,
      disclosure,
      asked,
      step(youth, onwardSharingPermitted, 8, { ...onward, request: requestId }),
    );
    expect([permitted.state, turns(permitted)]).toEqual(['granted', [`${police} owes receipt`]]);
    expect(permitted.parties).toEqual([police, youth]);
    const refused = stand(asked, step(youth, onwardSharingRefused, 8, { ...onward, request: requestId }));
    expect([refused.state, turns(refused)]).toEqual(['refused', []]);
  });

  it('moves nothing where nobody asked', () => {
    const before = stand(request, disclosure);
    const { version, ...after } = stand(request, disclosure, step(youth, onwardSharingPermitted, 8, onward));
    expect(before).toMatchObject(after);
    expect(version).toBe(3);
  });
});

describe('a notification', () => {
  const told = { notified: police, notifiedAs: 'recipient', disclosureId, action: 'erase', reached: true };
  const confirmation = step(police, recipientActionConfirmed, 9, { disclosureId, disclosedBy: youth });

  it('makes it the turn of a recipient that should act, until it confirms', () => {
    const head = stand(step(youth, recipientNotified, 8, told));
    expect(turns(head)).toEqual([`${police} owes confirmation`]);
    expect(turns(stand(step(youth, recipientNotified, 8, told), confirmation))).toEqual([]);
    expect(turns(stand(confirmation, step(youth, recipientNotified, 8, told)))).toEqual([]);
  });

  it.each([
    ['of an invalidation, which made it its turn already', { invalidation: requestId }],
    ['of the body the data came from', { notifiedAs: 'originator' }],
    ['that did not arrive', { reached: false }],
    ['without anything to do', { action: { missing: 'not-given' } }],
  ])('%s asks for no confirmation', (_, terms) => {
    const head = stand(step(youth, recipientNotified, 8, { ...told, ...terms }));
    expect([turns(head), head.parties]).toEqual([[], [youth, police]]);
  });
});
