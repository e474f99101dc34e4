import { type AgencyId, type Instant, isUuid } from '#kernel';
import type { JsonObject } from '#statement';
import type { EntryType } from '../entry-type.js';
import { type Field, fieldsOf } from '../field.js';
import type { Nested } from '../kind.js';
import { dataFaults } from '../validate-entry.js';
import { languages } from '../vocabulary.js';
import { agencyAdmitted } from './agency-admitted.js';
import { agencySuspended } from './agency-suspended.js';
import { agreementAdopted } from './agreement-adopted.js';
import { agreementAmended } from './agreement-amended.js';
import { agreementTerminated } from './agreement-terminated.js';
import { dpiaRecorded } from './dpia-recorded.js';
import { keyRegistered } from './key-registered.js';
import { keyRevoked } from './key-revoked.js';
import { keyRotated } from './key-rotated.js';
import { logPruned } from './log-pruned.js';
import { policyPublished } from './policy-published.js';
import { priorConsultationRecorded } from './prior-consultation-recorded.js';
import { processingActivityRegistered } from './processing-activity-registered.js';
import { roleDefined } from './role-defined.js';
import { rulePackPublished } from './rule-pack-published.js';

const types: readonly EntryType[] = [
  agencySuspended,
  agreementAdopted,
  agreementAmended,
  agreementTerminated,
  dpiaRecorded,
  keyRegistered,
  keyRevoked,
  keyRotated,
  logPruned,
  policyPublished,
  priorConsultationRecorded,
  processingActivityRegistered,
  roleDefined,
  rulePackPublished,
];

/** The fields of a class and of everything nested in it. */
const allFields = (type: Nested): readonly Field[] =>
  [...fieldsOf(type).values()].flatMap((field) => [field, ...(field.kind.nested ? allFields(field.kind.nested) : [])]);

const allMissing = (type: Nested): JsonObject =>
  Object.fromEntries([...fieldsOf(type).keys()].map((name) => [name, { missing: 'unknown' }]));

const faultsWith = (type: EntryType, change: JsonObject): readonly string[] =>
  dataFaults(type, { ...type.example.data, ...change }).map(({ pointer }) => pointer);

describe.each(types)('$name', (type) => {
  const { data, example, sentence } = type;

  it('has a valid example', () => {
    expect(isUuid(example.id)).toBe(true);
    expect(example.type).toBe(type.name);
    expect(dataFaults(type, example.data)).toEqual([]);
  });

  it('can be recorded with every field missing', () => {
    expect(dataFaults(type, allMissing(data))).toEqual([]);
  });

  it('is one sentence in each language, also of nothing at all', () => {
    for (const terms of [example.data, allMissing(data), {}]) {
      const [en, de] = languages.map((language) => sentence(terms, language));
      expect(en).toMatch(/\.$/);
      expect(en).not.toBe(de);
      expect(`${en} ${de}`).not.toMatch(/undefined|null|\[object/);
    }
    for (const language of languages) expect(sentence(example.data, language)).not.toMatch(/not given|nicht angegeben/);
  });

  it('goes to the open log, so it has no place for persons and no envelope', () => {
    expect(type.log).toBe('registry');
    expect(type.exchange).toBe('none');
    for (const { block, name } of allFields(data)) {
      expect(block).toBe('terms');
      expect(name).not.toMatch(/^(actor|case|subject|staff|onBehalfOf|decidedBy|person.*|.*Person)$/);
    }
  });
});

it('gives every entry of the registry an example id of its own', () => {
  expect(new Set(types.map(({ example }) => example.id)).size).toBe(types.length);
});

describe('who records in the registry', () => {
  it('is each agency for its own agreements, activities, assessments, policies and functions', () => {
    const by = (recorder: EntryType['recordedBy']): readonly string[] =>
      types.filter(({ recordedBy }) => recordedBy === recorder).map(({ name }) => name);
    expect(by('operator')).toEqual([
      'AgencySuspended',
      'KeyRegistered',
      'KeyRevoked',
      'KeyRotated',
      'RulePackPublished',
    ]);
    expect(by('ledger')).toEqual(['LogPruned']);
  });

  it.each([agreementAdopted, agreementAmended])('is a party: nobody binds others by $name', (type) => {
    const said = (issuer: string, terms: JsonObject) => ({
      issuer: issuer as AgencyId,
      type: type.name,
      terms,
      occurredAt: type.example.occurredAt as Instant,
    });
    expect(type.refusal?.(null, said('police.example', type.example.data))).toBeNull();
    expect(type.refusal?.(null, said('clinic.example', type.example.data))).toBe(
      'an agreement is recorded by one of its parties',
    );
    expect(type.refusal?.(null, said('clinic.example', { parties: { missing: 'follows' } }))).toBeNull();
  });
});

describe('a published rule pack', () => {
  it('gives times by the urgency of a request, and by no code that no request has', () => {
    const timed = (code: string): JsonObject => ({
      ...rulePackPublished.example.data,
      overrides: [
        { rule: 'REQ-02', source: 'a decision', deadlines: [{ code, deadline: { amount: 4, unit: 'hours' } }] },
      ],
    });
    expect(dataFaults(rulePackPublished, timed('urgent'))).toEqual([]);
    const faults = dataFaults(rulePackPublished, timed('urgnet'));
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/data/overrides/0/deadlines/0/code']);
  });
});

describe('an amended agreement', () => {
  it('names the version it supersedes and means what the first version means', () => {
    const { supersedes, ...rest } = agreementAmended.example.data;
    expect(supersedes).toBe('youth-office-police-exampletown@1');
    expect(dataFaults(agreementAmended, rest).map(({ pointer }) => pointer)).toEqual(['/data/supersedes']);
    const first = [...fieldsOf(agreementAdopted.data).keys()];
    expect(first.filter((name) => !fieldsOf(agreementAmended.data).has(name))).toEqual([]);
  });
});

describe('a version', () => {
  it.each([0, -1, 1.5, '1'])('is counted from 1, so it is not %p', (version) => {
    for (const type of [
      agreementAdopted,
      processingActivityRegistered,
      dpiaRecorded,
      policyPublished,
      rulePackPublished,
    ]) {
      expect(faultsWith(type, { version })).toEqual(['/data/version']);
    }
  });

  it.each(['exit-support', 'exit-support@', 'exit-support@0', 'Exit@1', 'exit support@1'])(
    'is named name@version, so not by %p',
    (dpia) => {
      expect(faultsWith(priorConsultationRecorded, { dpia })).toEqual(['/data/dpia']);
    },
  );
});

describe('a rule pack', () => {
  const override = { rule: 'LOG-04', source: 'Decision of the network' };

  it('changes severity, deadline, applicability and kind of a rule, and nothing else', () => {
    const overrides = [
      { ...override, severity: 'low', applies: true, kind: 'law', deadline: { amount: 72, unit: 'hours' } },
    ];
    expect(faultsWith(rulePackPublished, { overrides })).toEqual([]);
    expect(faultsWith(rulePackPublished, { overrides: [{ ...override, statement: 'x' }] })).toEqual([
      '/data/overrides/0/statement',
    ]);
  });

  it('sets deadlines by a code, and the end of a year', () => {
    const deadline = { amount: 1, unit: 'year-ends' };
    const deadlines = [{ code: 'urgent', deadline }];
    expect(faultsWith(rulePackPublished, { overrides: [{ ...override, deadline, deadlines }] })).toEqual([]);
    expect(faultsWith(rulePackPublished, { overrides: [{ ...override, deadlines: [{ code: 'urgent' }] }] })).toEqual([
      '/data/overrides/0/deadlines/0/deadline',
    ]);
  });

  it.each([
    ['rule', 'LOG4'],
    ['severity', 'blocker'],
    ['kind', 'habit'],
    ['deadline', 72],
  ])('refuses a %s of %p', (name, value) => {
    expect(faultsWith(rulePackPublished, { overrides: [{ ...override, [name]: value }] })).toEqual([
      `/data/overrides/0/${name}`,
    ]);
  });
});

describe('whose holidays count', () => {
  it('is said of a country or of a region of it, by a pack and by a body that is admitted', () => {
    for (const type of [rulePackPublished, agencyAdmitted]) {
      for (const calendar of ['DE', 'DE-NW', 'BE-VLG', { missing: 'unknown' }]) {
        expect(faultsWith(type, { calendar })).toEqual([]);
      }
      for (const calendar of ['', 'de-nw', 'DE-', 'Nordrhein-Westfalen']) {
        expect(faultsWith(type, { calendar })).toEqual(['/data/calendar']);
      }
    }
  });
});

it('never prunes the registry', () => {
  expect(faultsWith(logPruned, { log: 'registry' })).toEqual(['/data/log']);
});
