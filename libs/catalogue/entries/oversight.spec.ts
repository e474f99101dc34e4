import { isUuid } from '#kernel';
import { type BlockName } from '#statement';
import type { JsonObject } from '#statement';
import { type EntryType, retentionOf } from '../entry-type.js';
import { fieldsOf } from '../field.js';
import type { Nested } from '../kind.js';
import { dataFaults } from '../validate-entry.js';
import { languages } from '../vocabulary.js';
import { AuditFinding, auditPerformed } from './audit-performed.js';
import { checkNoteAssessed } from './check-note-assessed.js';
import { checkNoteRaised } from './check-note-raised.js';
import { identityResolved } from './identity-resolved.js';
import { regulatorRequestAnswered } from './regulator-request-answered.js';
import { regulatorRequestReceived } from './regulator-request-received.js';
import { TrainedFunction, trainingHeld } from './training-held.js';

const types: readonly EntryType[] = [
  auditPerformed,
  checkNoteAssessed,
  checkNoteRaised,
  identityResolved,
  regulatorRequestAnswered,
  regulatorRequestReceived,
  trainingHeld,
];

const allMissing = (type: Nested): JsonObject =>
  Object.fromEntries([...fieldsOf(type).keys()].map((name) => [name, { missing: 'unknown' }]));

const blockOf = (type: Nested, name: string): BlockName | undefined => fieldsOf(type).get(name)?.block;

const faultsWith = (type: EntryType, change: JsonObject): readonly string[] =>
  dataFaults(type, { ...type.example.data, ...change }).map(({ pointer }) => pointer);

/** What both parties, data protection officers and statistics may read of the example. */
const termsOf = ({ data, example }: EntryType): JsonObject =>
  Object.fromEntries(Object.entries(example.data).filter(([name]) => blockOf(data, name) === 'terms'));

describe.each(types)('$name', (type) => {
  const { data, example, sentence } = type;

  it('has a valid example in the log of entries', () => {
    expect(isUuid(example.id)).toBe(true);
    expect(example.type).toBe(type.name);
    expect(type.log).toBe('entries');
    expect(dataFaults(type, example.data)).toEqual([]);
  });

  it('can be recorded with every field missing', () => {
    expect(dataFaults(type, allMissing(data))).toEqual([]);
  });

  it('is one sentence in each language from its terms, also of nothing at all', () => {
    for (const terms of [termsOf(type), allMissing(data), {}]) {
      const [en, de] = languages.map((language) => sentence(terms, language));
      expect(en).toMatch(/\.$/);
      expect(en).not.toBe(de);
      expect(`${en} ${de}`).not.toMatch(/undefined|null|\[object/);
    }
    for (const language of languages) {
      expect(sentence(termsOf(type), language)).toBe(sentence(example.data, language));
      expect(sentence(example.data, language)).not.toMatch(/not given|nicht angegeben/);
    }
  });

  it('has no free text that both sides could read', () => {
    const prose = [...fieldsOf(data).values()].filter(({ kind }) => Number(kind.schema['maxLength']) > 400);
    for (const { block } of prose) expect(block).toBe('reasons');
  });
});

it('gives every entry of oversight an example id of its own', () => {
  expect(new Set(types.map(({ example }) => example.id)).size).toBe(types.length);
});

describe('what must never be in terms', () => {
  it.each<[string, EntryType, string, BlockName]>([
    ['who resolved an identity', identityResolved, 'actor', 'staff'],
    ['who resolved it together with them', identityResolved, 'secondPerson', 'staff'],
    ['the member of staff that was resolved', identityResolved, 'resolvedStaff', 'staff'],
    ['the person that was resolved', identityResolved, 'subject', 'people'],
    ['why it was needed', identityResolved, 'justification', 'reasons'],
    ['what a supervisor wants to know', regulatorRequestReceived, 'question', 'reasons'],
    ["a supervisor's file number", regulatorRequestReceived, 'fileNumber', 'reasons'],
    ['what a supervisor was answered', regulatorRequestAnswered, 'answer', 'reasons'],
    ['how a check note is explained', checkNoteAssessed, 'explanation', 'reasons'],
    ['who assessed it', checkNoteAssessed, 'actor', 'staff'],
    ['what an audit looked at', auditPerformed, 'scope', 'reasons'],
  ])('is %s', (_what, { data }, name, block) => {
    expect(blockOf(data, name)).toBe(block);
  });

  it('is what an audit found, only how much it matters and by when it is put right', () => {
    expect(blockOf(AuditFinding, 'description')).toBe('reasons');
    expect(blockOf(AuditFinding, 'severity')).toBe('terms');
    expect(blockOf(AuditFinding, 'remedyDue')).toBe('terms');
  });
});

describe('an identity', () => {
  it('is resolved by two persons: both are asked for', () => {
    const { secondPerson, ...alone } = identityResolved.example.data;
    expect(secondPerson).not.toBe(alone['actor']);
    expect(dataFaults(identityResolved, alone).map(({ pointer }) => pointer)).toEqual(['/data/secondPerson']);
  });
});

describe('a check note', () => {
  it('is raised by the ledger and assessed by the data protection officer of the agency', () => {
    expect(checkNoteRaised.recordedBy).toBe('ledger');
    expect(checkNoteAssessed.recordedBy).toBe('dpo');
  });

  it('holds no words of the rule: they are rendered from its version', () => {
    const { data } = checkNoteRaised;
    for (const name of ['rule', 'ruleVersion', 'pack', 'packVersion'])
      expect(fieldsOf(data).get(name)?.required).toBe(true);
    for (const name of ['text', 'title', 'statement', 'explanation']) expect(fieldsOf(data).has(name)).toBe(false);
  });

  it.each([
    ['rule', 'LOG-4'],
    ['severity', 'blocker'],
    ['kind', 'habit'],
    ['outcome', 'violated'],
    ['clause', 'exit-network-exampletown@3'],
    ['ruleVersion', 0],
  ])('does not take a %s of %p', (name, value) => {
    expect(faultsWith(checkNoteRaised, { [name]: value })).toEqual([`/data/${name}`]);
  });

  it('says why it cannot be decided', () => {
    expect(faultsWith(checkNoteRaised, { outcome: 'not-decidable', lackingInput: 'erased' })).toEqual([]);
  });

  it('is not assessed as open again', () => {
    expect(faultsWith(checkNoteAssessed, { status: 'open' })).toEqual(['/data/status']);
    for (const status of ['not-confirmed', 'explained', 'confirmed', 'remedied', 'referred']) {
      expect(faultsWith(checkNoteAssessed, { status })).toEqual([]);
    }
  });

  it('is called a finding once it is confirmed, not before', () => {
    expect(checkNoteAssessed.sentence({ status: 'confirmed' }, 'de')).toContain('Feststellung');
    expect(checkNoteAssessed.sentence({ status: 'explained' }, 'de')).not.toContain('Feststellung');
  });
});

describe('a matter', () => {
  it('is opened by the note, the request of a supervisor and the audit, and followed by what names them', () => {
    expect(checkNoteRaised.matter).toEqual({ kind: 'check-note' });
    expect(checkNoteAssessed.matter).toEqual({ kind: 'check-note', openedBy: 'note' });
    expect(regulatorRequestReceived.matter).toEqual({ kind: 'regulator-request' });
    expect(regulatorRequestAnswered.matter).toEqual({ kind: 'regulator-request', openedBy: 'regulatorRequest' });
    expect(auditPerformed.matter).toEqual({ kind: 'audit' });
    expect(checkNoteAssessed.example.data['note']).toBe(checkNoteRaised.example.id);
    expect(regulatorRequestAnswered.example.data['regulatorRequest']).toBe(regulatorRequestReceived.example.id);
  });
});

describe('reasons that outlive the yearly deletion of logs', () => {
  it('are those of an assessment, of an answer to a supervisor and of an audit', () => {
    const kept = types.filter((type) => retentionOf(type, 'reasons') === 'decision').map(({ name }) => name);
    expect(kept).toEqual([
      'AuditPerformed',
      'CheckNoteAssessed',
      'RegulatorRequestAnswered',
      'RegulatorRequestReceived',
    ]);
  });
});

describe('a training', () => {
  it('is counted by function; there is no field for who took part', () => {
    expect([...fieldsOf(TrainedFunction).keys()]).toEqual(['functionName', 'participants']);
    expect(faultsWith(trainingHeld, { participants: ['staff-0815'] })).toEqual(['/data/participants']);
  });
});
