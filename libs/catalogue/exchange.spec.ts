import fc from 'fast-check';
import type { AgencyId, EntryId, ExchangeId, Instant } from '#kernel';
import type { JsonObject } from '#statement';
import {
  blocksOf,
  entryTypes,
  evolve,
  type EntryType,
  type ExchangeHead,
  exchangeStates,
  refusalOf,
  type Said,
} from '#catalogue';
import { arbitraryData } from './testing/arbitrary.js';
import { randomRuns } from '../../test/support/random-runs.js';

const seed = 20261122;
const police = 'police.example' as AgencyId;
const youth = 'youth-office.example' as AgencyId;
const school = 'school.example' as AgencyId;
const disclosureId = '0195a6f0-0003-7000-8000-000000000001';
const at = (minute: number): Instant => `2026-03-02T09:${String(minute).padStart(2, '0')}:00.000Z` as Instant;

const say = (issuer: AgencyId, type: string, minute: number, terms: JsonObject = {}): Said => ({
  issuer,
  type,
  terms,
  occurredAt: at(minute),
});

const request = say(police, 'InformationRequested', 1, { addressee: youth });
const acknowledgement = say(youth, 'RequestAcknowledged', 2, { requester: police });
const grant = say(youth, 'RequestDecided', 3, { decision: 'grant-partial', requester: police });
const disclosure = say(youth, 'InformationDisclosed', 4, { disclosureId, recipients: [police], spontaneous: false });
const receipt = say(police, 'DisclosureReceived', 5, { disclosureId, disclosedBy: youth });
const feedback = say(police, 'FeedbackGiven', 6, { disclosureId, disclosedBy: youth });
const invalidation = say(youth, 'DisclosureInvalidated', 7, { disclosureId, recipients: [police] });
const confirmation = say(police, 'RecipientActionConfirmed', 8, { disclosureId, disclosedBy: youth });

function fold(...entries: readonly Said[]): ExchangeHead {
  const head = entries.reduce<ExchangeHead | null>(evolve, null);
  if (!head) throw new Error('no entries');
  return head;
}

const inbox = ({ waitingFor }: ExchangeHead): readonly string[] =>
  waitingFor.map(({ agency, owes }) => `${agency} owes ${owes}`);

function typeOf(name: string): EntryType {
  const type = entryTypes.get(name);
  if (!type) throw new Error(name);
  return type;
}

describe('an exchange', () => {
  it.each([
    ['requested', [request], ['youth-office.example owes decision']],
    ['acknowledged', [request, acknowledgement], ['youth-office.example owes decision']],
    ['partly-granted', [request, acknowledgement, grant], ['youth-office.example owes disclosure']],
    ['disclosed', [request, grant, disclosure], ['police.example owes receipt']],
    ['disclosed', [request, disclosure], ['police.example owes receipt']],
    ['received', [request, grant, disclosure, receipt], ['police.example owes feedback']],
    ['feedback-given', [request, grant, disclosure, receipt, feedback], []],
    ['feedback-given', [request, grant, disclosure, feedback], []],
    ['invalidated', [request, grant, disclosure, receipt, invalidation], ['police.example owes confirmation']],
    ['corrected', [request, grant, disclosure, receipt, invalidation, confirmation], []],
  ] as const)('stands at %s and knows whose turn it is', (state, entries, waiting) => {
    const head = fold(...entries);
    expect(head.state).toBe(state);
    expect(inbox(head)).toEqual(waiting);
    expect(head.version).toBe(entries.length);
  });

  it.each([
    ['refuse', 'refused', []],
    ['redirect', 'redirected', []],
    ['not-held', 'not-held', []],
    ['defer', 'deferred', ['youth-office.example owes decision']],
    ['grant-full', 'granted', ['youth-office.example owes disclosure']],
    ['oral-only', 'answered-orally', ['youth-office.example owes disclosure']],
    [{ missing: 'follows' }, 'decided', ['youth-office.example owes decision']],
  ] as const)('decided %p stands at %s', (decision, state, waiting) => {
    const head = fold(request, say(youth, 'RequestDecided', 3, { decision }));
    expect(head.state).toBe(state);
    expect(inbox(head)).toEqual(waiting);
  });

  it('takes a decision after a deferral', () => {
    const head = fold(
      request,
      say(youth, 'RequestDecided', 3, { decision: 'defer' }),
      say(youth, 'RequestDecided', 5, { decision: 'refuse' }),
    );
    expect(head.state).toBe('refused');
    expect(inbox(head)).toEqual([]);
  });

  it('joins the issuer and whoever is named as addressee, recipient, requester or discloser', () => {
    expect(fold(request).parties).toEqual([police, youth]);
    expect(fold(request, say(youth, 'InformationDisclosed', 3, { recipients: [police, school] })).parties).toEqual([
      police,
      youth,
      school,
    ]);
    expect(fold(grant).parties).toEqual([youth, police]);
    expect(fold(receipt).parties).toEqual([police, youth]);
    expect(fold(say(youth, 'DisclosureInvalidated', 1, { recipients: [police], originator: school })).parties).toEqual([
      youth,
      police,
    ]);
  });

  it('opens a receipt for every recipient of a spontaneous disclosure and leaves an open request open', () => {
    const spontaneous = say(youth, 'InformationDisclosed', 2, {
      disclosureId,
      recipients: [police, school],
      spontaneous: true,
    });
    expect(inbox(fold(request, spontaneous))).toEqual([
      'youth-office.example owes decision',
      'police.example owes receipt',
      'school.example owes receipt',
    ]);
  });

  it('tells two disclosures apart', () => {
    const other = say(youth, 'InformationDisclosed', 5, { disclosureId: 'another', recipients: [police] });
    const head = fold(request, grant, disclosure, other, receipt);
    expect(head.waitingFor.map(({ owes, about }) => [owes, about])).toEqual([
      ['receipt', 'another'],
      ['feedback', disclosureId],
    ]);
  });

  it('owes a disclosure again when more is granted after more was disclosed', () => {
    const more = { ...disclosure, terms: { ...disclosure.terms, disclosureId: 'another' } };
    expect(inbox(fold(request, grant, disclosure, more, grant))).toContain('youth-office.example owes disclosure');
    expect(inbox(fold(request, grant, disclosure, more, request))).toContain('youth-office.example owes decision');
  });

  it('begins again with a later disclosure, not with one that is recorded late', () => {
    const done = [request, grant, disclosure, receipt, feedback];
    const later = { ...disclosure, occurredAt: at(30), terms: { ...disclosure.terms, disclosureId: 'another' } };
    expect(fold(...done, later).state).toBe('disclosed');
    expect(fold(...done, acknowledgement).state).toBe('feedback-given');
  });

  it('ends the same in whatever order its entries are recorded', () => {
    const all = [request, acknowledgement, grant, disclosure, receipt, feedback, invalidation, confirmation];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (entries) => {
        const { state, parties, waitingFor, requester, version } = fold(...entries);
        expect({ state, waitingFor, requester, version }).toEqual({
          state: 'corrected',
          waitingFor: [],
          requester: police,
          version: 8,
        });
        expect(parties.toSorted()).toEqual([police, youth]);
      }),
      { seed, numRuns: randomRuns(2000) },
    );
  });
});

describe('evolve', () => {
  const agencies = fc.constantFrom(police, youth, school);
  const moments = fc.integer({ min: 0, max: 59 }).map(at);
  const real = fc.constantFrom(...entryTypes.values()).chain((type) =>
    fc.record({
      issuer: agencies,
      type: fc.constant(type.name),
      occurredAt: moments,
      terms: arbitraryData(type.data).map((data) => termsOf(type, data)),
    }),
  );
  const wild: fc.Arbitrary<Said> = fc.record({
    issuer: agencies,
    type: fc.constantFrom(...entryTypes.keys(), 'InformationLeaked', 'constructor', '__proto__'),
    occurredAt: moments,
    terms: fc.dictionary(
      fc.constantFrom(
        'addressee',
        'recipients',
        'requester',
        'disclosedBy',
        'decision',
        'disclosureId',
        'spontaneous',
        'items',
      ),
      fc.oneof(agencies, fc.array(agencies), fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonObject>),
    ),
  });

  it('folds any entries in any order into a sound head', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 1, arbitrary: real }, { weight: 9, arbitrary: wild }), {
          minLength: 1,
          maxLength: 20,
        }),
        (entries) => {
          let before: ExchangeHead | null = null;
          for (const entry of entries) {
            const head: ExchangeHead = evolve(before, entry);
            expect(head.version).toBe((before?.version ?? 0) + 1);
            expect(head.parties).toEqual(expect.arrayContaining([...(before?.parties ?? []), entry.issuer]));
            expect(new Set(head.parties).size).toBe(head.parties.length);
            expect(exchangeStates).toContain(head.state);
            expect(head.waitingFor.every(({ agency }) => head.parties.includes(agency))).toBe(true);
            expect(new Set(inbox(head).map((turn, index) => turn + head.waitingFor[index]?.about)).size).toBe(
              head.waitingFor.length,
            );
            expect(head.doneAhead.length).toBeLessThanOrEqual(100);
            expect(JSON.parse(JSON.stringify(head))).toEqual(head);
            before = head;
          }
        },
      ),
      { seed, numRuns: randomRuns(150) },
    );
  });

  it('changes nothing it was given', () => {
    const frozen = Object.freeze(fold(request));
    const copy = JSON.stringify(frozen);
    evolve(frozen, grant);
    expect(JSON.stringify(frozen)).toBe(copy);
  });

  it('keeps the head small however often the same is said', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      ...receipt,
      terms: { disclosedBy: youth, disclosureId: `unknown-${index}` },
    }));
    const head = fold(request, ...many, ...many.map((one) => ({ ...one, type: 'FeedbackGiven' })));
    expect(head.waitingFor.length).toBe(1);
    expect(head.doneAhead.length).toBe(100);
  });
});

describe("what is not a caller's to say", () => {
  const refusal = (said: Said, head: ExchangeHead | null = null): string | null =>
    refusalOf(typeOf(said.type), 'agency', head, said);

  it('is a decision or an acknowledgement by the requester', () => {
    for (const entry of [grant, acknowledgement]) {
      const own = { ...entry, issuer: police, terms: {} };
      expect(refusal(own, fold(request))).not.toBeNull();
      expect(refusal({ ...entry, issuer: police })).not.toBeNull();
      expect(refusal(entry, fold(request))).toBeNull();
      expect(refusal(own)).toBeNull();
    }
  });

  it('is a receipt or a confirmation by who disclosed', () => {
    for (const entry of [receipt, confirmation]) {
      const own = { ...entry, issuer: youth };
      const unsaid = { ...own, terms: { disclosedBy: { missing: 'unknown' } } };
      expect(refusal(own)).not.toBeNull();
      expect(refusal(unsaid, fold(request, disclosure))).not.toBeNull();
      expect(refusal({ ...own, terms: { disclosedBy: police } }, fold(request, disclosure))).toBeNull();
      expect(refusal(unsaid)).toBeNull();
      const back = say(police, 'InformationDisclosed', 5, { disclosureId: 'back', recipients: [youth] });
      expect(refusal(unsaid, fold(request, disclosure, back))).toBeNull();
      expect(refusal(entry, fold(request, disclosure))).toBeNull();
    }
  });

  it('is anything that another body records', () => {
    for (const type of entryTypes.values()) {
      const entry = say(school, type.name, 1);
      for (const recorder of ['agency', 'dpo', 'operator', 'ledger'] as const) {
        expect(refusalOf(type, recorder, null, entry) === null).toBe(recorder === type.recordedBy);
      }
    }
    expect(
      [...entryTypes.values()].filter(({ recordedBy }) => recordedBy === 'operator').map(({ name }) => name),
    ).toEqual([
      'AgencyAdmitted',
      'AgencySuspended',
      'RulePackPublished',
      'KeyRegistered',
      'KeyRotated',
      'KeyRevoked',
      'ErasureExecuted',
      'SystemOutageRecorded',
    ]);
  });

  it('is never a question of order', () => {
    for (const entry of [grant, disclosure, receipt, feedback, invalidation, confirmation]) {
      expect(refusal(entry)).toBeNull();
      expect(refusal(entry, fold(confirmation))).toBeNull();
    }
  });
});

function termsOf(type: EntryType, data: JsonObject): JsonObject {
  const { terms } = blocksOf({
    id: '0195a6f0-0001-7000-8000-000000000005' as EntryId,
    type: type.name,
    exchange: '0195a6f0-0002-7000-8000-000000000001' as ExchangeId,
    occurredAt: at(0),
    data,
    expectedVersion: null,
  });
  return terms ?? {};
}
