import { languages } from '../vocabulary.js';
import { allMissing, blocksOfFields, fieldPaths, sentencesIn, termsOf, unfitFields } from '../testing/form-of-type.js';
import { consentRecorded } from './consent-recorded.js';
import { consentWithdrawn } from './consent-withdrawn.js';
import { decisionContested } from './decision-contested.js';
import { decisionRecorded } from './decision-recorded.js';
import { decisionReversed } from './decision-reversed.js';
import { emergencyDisclosureJustified } from './emergency-disclosure-justified.js';
import { secrecyReleaseRecorded } from './secrecy-release-recorded.js';

const types = [
  decisionRecorded,
  decisionContested,
  decisionReversed,
  consentRecorded,
  consentWithdrawn,
  secrecyReleaseRecorded,
  emergencyDisclosureJustified,
];

describe.each(types)('$name', ({ name, data, example, sentence, title, exchange }) => {
  it('is recordable as its example, and when nothing of it is known', () => {
    expect(example.type).toBe(name);
    expect(exchange).toBe('optional');
    expect(unfitFields(data, example.data)).toEqual([]);
    expect(unfitFields(data, allMissing(data))).toEqual([]);
    expect(unfitFields(data, {}).length).toBeGreaterThan(3);
  });

  it('says itself in both languages from terms alone, also when everything is missing', () => {
    const terms = termsOf(data, example.data);
    for (const language of languages) {
      expect(sentence(terms, language)).toBe(sentence(example.data, language));
      expect(sentence(terms, language)).not.toMatch(/undefined|object|unknown|unbekannt|not given|nicht angegeben/);
      expect(sentence(allMissing(data), language)).toMatch(/(unknown|unbekannt).*\.$/);
      expect(title[language]).not.toBe('');
    }
    expect(sentence(terms, 'en')).not.toBe(sentence(terms, 'de'));
  });

  it('keeps persons, staff and free text out of terms', () => {
    expect(blocksOfFields(data, 'case', 'subject', 'actor')).toEqual(['people', 'people', 'staff']);
    for (const field of sentencesIn(data)) {
      expect([field.name, field.name === 'provision' || field.block !== 'terms']).toEqual([field.name, true]);
    }
  });
});

describe('a decision', () => {
  it('gathers what is said against it under the entry that took it', () => {
    expect(decisionRecorded.matter).toEqual({ kind: 'decision' });
    for (const { matter } of [decisionContested, decisionReversed]) {
      expect(matter).toEqual({ kind: 'decision', openedBy: 'decision' });
    }
  });

  it('shows rules that who decided was entitled to, and nobody else who it was (DEC-03)', () => {
    const { data } = decisionRecorded;
    expect(blocksOfFields(data, 'deciderAuthorised', 'deciderIndependent')).toEqual(['terms', 'terms']);
    expect(blocksOfFields(data, 'decidedBy', 'decidedByFunction', 'secondApprover')).toEqual(Array(3).fill('staff'));
  });

  it('keeps its reasons, the ground for lifting secrecy among them, to its agency, for as long as the case', () => {
    const { data, retention } = decisionRecorded;
    expect(blocksOfFields(data, 'justification', 'necessity', 'alternatives', 'gateway', 'dpoAdvice')).toEqual(
      Array(5).fill('reasons'),
    );
    expect(retention).toEqual({ reasons: 'decision' });
    expect(blocksOfFields(data, 'reasonsWithheld')).toEqual(['withheld']);
  });

  it('is recorded just as well when it was decided against', () => {
    expect(decisionRecorded.sentence({ kind: 'lift-secrecy', outcome: 'rejected' }, 'de')).toBe(
      'Entscheidung zu Offenbarung trotz Schweigepflicht: abgelehnt.',
    );
  });
});

describe('a consent or a release from secrecy', () => {
  const given = [consentRecorded, secrecyReleaseRecorded];

  it('says in terms what the view of consents shows: capacity, scope, expiry', () => {
    for (const { data } of given) {
      expect(
        blocksOfFields(data, 'capacity', 'dataCategories', 'purposes', 'mayReceive', 'form', 'validUntil'),
      ).toEqual(Array(6).fill('terms'));
    }
  });

  it('keeps who gave it, its document and the limits in their own words to the parties', () => {
    for (const { data } of given) {
      expect(blocksOfFields(data, 'givenBy', 'document', 'limits', 'ableToUnderstand')).toEqual(
        Array(4).fill('people'),
      );
    }
    expect(blocksOfFields(secrecyReleaseRecorded.data, 'releasedPersons')).toEqual(['people']);
    expect(blocksOfFields(consentRecorded.data, 'voluntariness')).toEqual(['reasons']);
  });

  it('does not let in by itself who may receive on it', () => {
    for (const type of [...given, consentWithdrawn]) expect(type.recipients).toBeUndefined();
  });

  it('is one matter with its withdrawal, which names either', () => {
    for (const { matter } of given) expect(matter).toEqual({ kind: 'consent' });
    expect(consentWithdrawn.matter).toEqual({ kind: 'consent', openedBy: 'consent' });
  });

  it('releases from some secrecy, never from none', () => {
    const releasing = (secrecyClass: string): readonly string[] =>
      unfitFields(secrecyReleaseRecorded.data, { ...secrecyReleaseRecorded.example.data, secrecyClass });
    expect(releasing('entrusted')).toEqual([]);
    expect(releasing('none')).toEqual(['secrecyClass']);
  });

  it('is withdrawn at a moment, without a reason, and with who was told (SEC-03)', () => {
    const fields = fieldPaths(consentWithdrawn.data);
    for (const name of [
      'consent',
      'effectiveFrom',
      'recipientsTold',
      'recipientsTold.agency',
      'recipientsTold.toldAt',
    ]) {
      expect(fields.get(name)).toMatchObject({ required: true, block: 'terms' });
    }
    const texts = [...fields.values()].filter(({ block }) => ['told', 'reasons', 'withheld'].includes(block));
    expect(texts.map(({ name }) => name)).toEqual(['lateReason']);
    expect(unfitFields(consentWithdrawn.data, { ...consentWithdrawn.example.data, recipientsTold: [] })).toEqual([]);
  });
});

describe('an emergency disclosure', () => {
  it('names the disclosure and the second person, who may follow (SEC-02)', () => {
    const { data, example, sentence } = emergencyDisclosureJustified;
    const waiting = { ...example.data, confirmedBy: { missing: 'follows' }, confirmedAt: { missing: 'follows' } };
    expect(unfitFields(data, waiting)).toEqual([]);
    expect(sentence(waiting, 'de')).toBe(
      'Übermittlung im Notfall begründet; von einer zweiten Person bestätigt: wird nachgereicht.',
    );
    expect(blocksOfFields(data, 'disclosureId', 'confirmedAt', 'confirmedByAnother')).toEqual(Array(3).fill('terms'));
    expect(blocksOfFields(data, 'confirmedBy', 'confirmedByFunction')).toEqual(['staff', 'staff']);
  });

  it('tells the recipient neither danger nor weighing', () => {
    const { data } = emergencyDisclosureJustified;
    expect(blocksOfFields(data, 'danger', 'alternatives', 'balancing')).toEqual(Array(3).fill('reasons'));
    for (const name of ['danger', 'alternatives']) expect(fieldPaths(data).get(name)?.required).toBe(true);
  });
});
