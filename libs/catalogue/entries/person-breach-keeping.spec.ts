import { validateSync } from 'class-validator';
import fc from 'fast-check';
import type { AgencyId, Instant } from '#kernel';
import type { BlockName, JsonObject } from '#statement';
import type { EntryType } from '../entry-type.js';
import { retentionOf } from '../entry-type.js';
import { fieldsOf } from '../field.js';
import type { Nested } from '../kind.js';
import { isMissing } from '../missing.js';
import { isObject } from '../reading.js';
import { arbitraryData } from '../testing/arbitrary.js';
import { languages } from '../vocabulary.js';
import { breachAssessed } from './breach-assessed.js';
import { breachClosed } from './breach-closed.js';
import { breachDetected } from './breach-detected.js';
import { breachNotified } from './breach-notified.js';
import { dataSubjectInformed } from './data-subject-informed.js';
import { deferralReviewed } from './deferral-reviewed.js';
import { erasureExecuted } from './erasure-executed.js';
import { indirectAccessAnswered } from './indirect-access-answered.js';
import { indirectAccessRequested } from './indirect-access-requested.js';
import { integrityVerified } from './integrity-verified.js';
import { legalHoldPlaced } from './legal-hold-placed.js';
import { legalHoldReleased } from './legal-hold-released.js';
import { notificationDeferred } from './notification-deferred.js';
import { originatorConsentAnswered } from './originator-consent-answered.js';
import { originatorConsentAsked } from './originator-consent-asked.js';
import { restrictionApplied } from './restriction-applied.js';
import { restrictionLifted } from './restriction-lifted.js';
import { retentionReviewed } from './retention-reviewed.js';
import { rightsRequestDecided } from './rights-request-decided.js';
import { rightsRequestExtended } from './rights-request-extended.js';
import { rightsRequestFulfilled } from './rights-request-fulfilled.js';
import { rightsRequestReceived } from './rights-request-received.js';
import { systemOutageRecorded } from './system-outage-recorded.js';

const seed = 20261123;
const types: readonly EntryType[] = [
  dataSubjectInformed,
  notificationDeferred,
  deferralReviewed,
  rightsRequestReceived,
  rightsRequestExtended,
  rightsRequestDecided,
  rightsRequestFulfilled,
  indirectAccessRequested,
  indirectAccessAnswered,
  originatorConsentAsked,
  originatorConsentAnswered,
  restrictionApplied,
  restrictionLifted,
  breachDetected,
  breachAssessed,
  breachNotified,
  breachClosed,
  retentionReviewed,
  legalHoldPlaced,
  legalHoldReleased,
  erasureExecuted,
  integrityVerified,
  systemOutageRecorded,
];

/** The names of the fields a class finds fault with, those it does not declare included. */
function faultsOf(type: Nested, data: JsonObject): readonly string[] {
  const unknown = Object.keys(data).filter((name) => !fieldsOf(type).has(name));
  const errors = validateSync(instanceOf(type, data), { forbidUnknownValues: false });
  return [...unknown, ...errors.map(({ property }) => property)];
}

function instanceOf(type: Nested, data: JsonObject): object {
  const instance = new type() as Record<string, unknown>;
  for (const [name, value] of Object.entries(data)) {
    const inner = fieldsOf(type).get(name)?.kind.nested;
    if (!inner || isMissing(value)) instance[name] = value;
    else if (Array.isArray(value)) instance[name] = value.filter(isObject).map((one) => instanceOf(inner, one));
    else instance[name] = isObject(value) ? instanceOf(inner, value) : value;
  }
  return instance;
}

const termsOf = ({ data }: EntryType, sent: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(sent).filter(([name]) => fieldsOf(data).get(name)?.block === 'terms'));

const allMissing = ({ data }: EntryType): JsonObject =>
  Object.fromEntries(
    [...fieldsOf(data).values()].filter(({ required }) => required).map(({ name }) => [name, { missing: 'unknown' }]),
  );

const blockOf = ({ data }: EntryType, name: string): BlockName | undefined => fieldsOf(data).get(name)?.block;

describe.each(types)('$name', (type) => {
  const { data, example, sentence } = type;

  it('has an example that is as it should be, without a person in its terms', () => {
    expect(faultsOf(data, example.data)).toEqual([]);
    expect(example.type).toBe(type.name);
    expect(example.occurredAt < '2026-11-22').toBe(true);
    if (type.exchange !== 'optional') expect('exchange' in example).toBe(type.exchange === 'required');
    expect(JSON.stringify(termsOf(type, example.data))).not.toMatch(/staff-|person-|case-/);
  });

  it('can be recorded however much is missing', () => {
    expect(faultsOf(data, allMissing(type))).toEqual([]);
  });

  it('takes any value its fields take, and says it in a sentence of its terms alone', () => {
    fc.assert(
      fc.property(arbitraryData(data), fc.constantFrom(...languages), (sent, language) => {
        expect(faultsOf(data, sent)).toEqual([]);
        expect(sentence(sent, language)).toBe(sentence(termsOf(type, sent), language));
      }),
      { seed, numRuns: 15 },
    );
  });

  it('speaks both languages, of the example as of an entry that lacks everything', () => {
    for (const terms of [termsOf(type, example.data), allMissing(type), {}]) {
      const [en, de] = languages.map((language) => sentence(terms, language));
      expect(en).toMatch(/^\p{L}.*[^.]\.$/u);
      expect(de).toMatch(/^\p{L}.*[^.]\.$/u);
      expect(en).not.toBe(de);
      expect(`${en} ${de}`).not.toMatch(/undefined|null|NaN|\[object/);
    }
    for (const language of languages) {
      expect(sentence(termsOf(type, example.data), language)).not.toMatch(
        /not given|nicht angegeben|unknown|unbekannt/,
      );
    }
  });

  it('addresses only bodies that its terms name, and nobody where they are missing', () => {
    const named = Object.values(termsOf(type, example.data)).flat();
    for (const body of type.recipients?.(example.data) ?? []) expect(named).toContain(body);
    expect(type.recipients?.(allMissing(type)) ?? []).toEqual([]);
  });
});

describe.each(types.filter(({ matter }) => matter?.openedBy))('$name', (type) => {
  it('names the matter it follows by an entry id in its terms', () => {
    const field = type.matter?.openedBy ?? '';
    expect(blockOf(type, field)).toBe('terms');
    expect(type.example.data[field]).toMatch(/^[0-9a-f-]{36}$/);
    expect(faultsOf(type.data, { ...type.example.data, [field]: 'not an id' })).toEqual([field]);
  });
});

describe('the person, breaches and keeping', () => {
  it('gives every example an id of its own', () => {
    expect(new Set(types.map(({ example }) => example.id)).size).toBe(types.length);
  });

  it.each([
    [notificationDeferred, 'ground', 'reasons'],
    [notificationDeferred, 'authority', 'reasons'],
    [notificationDeferred, 'untilEvent', 'reasons'],
    [notificationDeferred, 'reasonsWithheld', 'withheld'],
    [dataSubjectInformed, 'leftOut', 'reasons'],
    [deferralReviewed, 'justification', 'reasons'],
    [rightsRequestReceived, 'subject', 'people'],
    [rightsRequestReceived, 'wish', 'reasons'],
    [rightsRequestDecided, 'refusalGround', 'reasons'],
    [rightsRequestDecided, 'balancing', 'reasons'],
    [rightsRequestDecided, 'reasonTold', 'told'],
    [rightsRequestDecided, 'reasonsWithheld', 'withheld'],
    [rightsRequestDecided, 'decidedBy', 'staff'],
    [indirectAccessRequested, 'fileNumber', 'people'],
    [indirectAccessAnswered, 'justification', 'reasons'],
    [originatorConsentAnswered, 'justification', 'reasons'],
    [restrictionApplied, 'objectRefs', 'people'],
    [breachDetected, 'facts', 'reasons'],
    [breachAssessed, 'exemption', 'reasons'],
    [breachNotified, 'message', 'told'],
    [retentionReviewed, 'objectRefs', 'people'],
    [legalHoldPlaced, 'justification', 'reasons'],
  ] as const)('keeps what is delicate out of the terms: %#', (type, field, block) => {
    expect(blockOf(type, field)).toBe(block);
  });

  it.each(types.filter(({ name }) => name !== 'ErasureExecuted'))('$name has no free text in its terms', ({ data }) => {
    const lengthy = [...fieldsOf(data).values()].filter(
      ({ block, kind }) => block === 'terms' && Number(kind.schema['maxLength'] ?? 0) > 120,
    );
    const provisions = data === legalHoldPlaced.data ? ['provision'] : [];
    expect(lengthy.map(({ name }) => name)).toEqual(provisions);
  });

  it('keeps the reasons given to a person with the decision, and the register of breaches as long', () => {
    const decided = [notificationDeferred, deferralReviewed, rightsRequestDecided, indirectAccessAnswered];
    for (const type of decided) expect(retentionOf(type, 'reasons')).toBe('decision');
    for (const type of [breachDetected, breachAssessed, breachNotified, breachClosed]) {
      expect(retentionOf(type, 'terms')).toBe('decision');
      expect(retentionOf(type, 'staff')).toBe('log');
    }
  });

  it('lets the ledger be vouched for by others, and erasure and outages be told by who runs it', () => {
    const byOperator = types.filter(({ recordedBy }) => recordedBy === 'operator').map(({ name }) => name);
    expect(byOperator).toEqual(['ErasureExecuted', 'SystemOutageRecorded']);
    expect(integrityVerified.recordedBy).toBe('agency');
  });
});

describe('a tombstone', () => {
  const fields = [...fieldsOf(erasureExecuted.data).values()];

  it('has no field for a person, a case, a reason in words or anybody who acted', () => {
    expect(fields.every(({ block }) => block === 'terms')).toBe(true);
    expect(fields.filter(({ kind }) => kind.schema['maxLength'] !== undefined).map(({ name }) => name)).toEqual([
      'rule',
    ]);
    for (const name of ['subject', 'case', 'actor', 'justification', 'entries']) {
      const sent = { ...erasureExecuted.example.data, [name]: 'x' };
      expect(faultsOf(erasureExecuted.data, sent)).toEqual([name]);
    }
  });
});

describe('a notice', () => {
  const informed = dataSubjectInformed.example.data;
  const deferred = notificationDeferred.example.data;

  it('may be general, but what is deferred is about something', () => {
    expect(faultsOf(dataSubjectInformed.data, { ...informed, covers: [] })).toEqual([]);
    expect(faultsOf(notificationDeferred.data, { ...deferred, covers: [] })).toEqual(['covers']);
  });

  it('has a ground of the closed list', () => {
    expect(faultsOf(notificationDeferred.data, { ...deferred, ground: 'because' })).toEqual(['ground']);
  });

  it('is said to be given now where its deferral ended, without a date of review', () => {
    expect(deferralReviewed.sentence({ outcome: 'ended' }, 'en')).toBe('Deferral reviewed: the notice is given now.');
  });
});

describe('consent of a body', () => {
  const said = (issuer: string) => ({
    issuer: issuer as AgencyId,
    type: 'OriginatorConsentAnswered',
    terms: originatorConsentAnswered.example.data,
    occurredAt: '2026-05-04T15:00:00.000Z' as Instant,
  });

  it('is not for the body to give that asks for it', () => {
    expect(originatorConsentAnswered.refusal?.(null, said('youth-office.example'))).not.toBeNull();
    expect(originatorConsentAnswered.refusal?.(null, said('domestic-intelligence.example'))).toBeNull();
    const unsaid = { ...said('youth-office.example'), terms: { askedBy: { missing: 'unknown' } } };
    expect(originatorConsentAnswered.refusal?.(null, unsaid)).toBeNull();
  });

  it('joins both bodies to the exchange', () => {
    expect(originatorConsentAsked.recipients?.({ asked: 'domestic-intelligence.example' })).toEqual([
      'domestic-intelligence.example',
    ]);
    expect(originatorConsentAnswered.recipients?.({ askedBy: 'police.example' })).toEqual(['police.example']);
  });

  it('is never said to be refused where nobody said so', () => {
    const terms = { askedBy: 'police.example', consents: { missing: 'follows' } };
    expect(originatorConsentAnswered.sentence(terms, 'en')).toBe('Answer to police.example: follows later.');
    expect(originatorConsentAnswered.sentence({ ...terms, consents: false }, 'de')).toBe(
      'Antwort an police.example: Zustimmung verweigert.',
    );
  });
});

describe('an outage', () => {
  it('is said not to be over while its end is not known', () => {
    const terms = { components: ['sealing'], until: { missing: 'follows' } };
    expect(systemOutageRecorded.sentence(terms, 'en')).toBe('Outage, not over yet: sealing.');
    expect(systemOutageRecorded.sentence(terms, 'de')).toBe('Ausfall, noch nicht behoben: Versiegelung.');
  });
});
