import { languages } from '../vocabulary.js';
import { fieldPaths, allMissing, blocksOfFields, sentencesIn, termsOf, unfitFields } from '../testing/form-of-type.js';
import { caseClosed } from './case-closed.js';
import { caseOpened } from './case-opened.js';
import { caseReviewed } from './case-reviewed.js';
import { participantAdded } from './participant-added.js';
import { participantRemoved } from './participant-removed.js';
import { postClosureReviewed } from './post-closure-reviewed.js';

const followUps = [caseReviewed, caseClosed, participantAdded, participantRemoved, postClosureReviewed];
const types = [caseOpened, ...followUps];

describe.each(types)('$name', ({ name, data, example, sentence, title }) => {
  it('is recordable as its example, and when nothing of it is known', () => {
    expect(example.type).toBe(name);
    expect(unfitFields(data, example.data)).toEqual([]);
    expect(unfitFields(data, allMissing(data))).toEqual([]);
    expect(unfitFields(data, {}).length).toBeGreaterThan(2);
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

  it('keeps case, person, staff and free text out of terms', () => {
    expect(blocksOfFields(data, 'case', 'subject', 'subjectCategory', 'ageBand')).toEqual(Array(4).fill('people'));
    for (const field of sentencesIn(data)) {
      expect([field.name, field.name === 'provision' || field.block !== 'terms']).toEqual([field.name, true]);
    }
    const { decidedBy, persons } = Object.fromEntries(fieldPaths(data));
    expect(decidedBy?.block ?? 'staff').toBe('staff');
    expect(persons?.block ?? 'people').toBe('people');
  });
});

describe('a case', () => {
  it('is named by the entry that opened it: its pseudonym differs from agency to agency', () => {
    expect(caseOpened.matter).toEqual({ kind: 'case' });
    for (const { matter, data } of followUps) {
      expect(matter).toEqual({ kind: 'case', openedBy: 'opening' });
      expect(fieldPaths(data).get('opening')).toMatchObject({ required: true, block: 'terms' });
    }
  });

  it('can be kept by one body alone, without an exchange', () => {
    expect(types.map(({ exchange }) => exchange)).toEqual(types.map(() => 'optional'));
  });

  it('is seen by who leads it, who works on it and who is added', () => {
    expect(caseOpened.recipients?.(caseOpened.example.data)).toEqual([
      'exit-programme.example',
      'youth-office.example',
      'police.example',
    ]);
    expect(participantAdded.recipients?.({ participant: 'school.example' })).toEqual(['school.example']);
    expect(participantRemoved.recipients?.({ participant: { missing: 'unknown' } })).toEqual([]);
  });

  it('has a day of its next review and an answer to whether its data are still needed (RET-02)', () => {
    expect(blocksOfFields(caseOpened.data, 'reviewDue')).toEqual(['terms']);
    expect(blocksOfFields(caseReviewed.data, 'nextReview', 'dataStillNeeded')).toEqual(['terms', 'terms']);
    expect(blocksOfFields(postClosureReviewed.data, 'review', 'dataStillNeeded')).toEqual(['terms', 'terms']);
  });

  it('is reviewed six and twelve months after closure and at no other time', () => {
    const reviewedAt = (review: string): readonly string[] =>
      unfitFields(postClosureReviewed.data, { ...postClosureReviewed.example.data, review });
    expect(reviewedAt('after-6-months')).toEqual([]);
    expect(reviewedAt('after-12-months')).toEqual([]);
    expect(reviewedAt('after-9-months')).toEqual(['review']);
  });

  it('cannot be closed or reopened by a review of the wrong kind', () => {
    expect(unfitFields(caseReviewed.data, { ...caseReviewed.example.data, outcome: 'reopen' })).toEqual(['outcome']);
    expect(unfitFields(postClosureReviewed.data, { ...postClosureReviewed.example.data, outcome: 'close' })).toEqual([
      'outcome',
    ]);
  });

  it('says when the access of who leaves ends (ACC-02)', () => {
    expect(fieldPaths(participantRemoved.data).get('accessEnds')).toMatchObject({ required: true, block: 'terms' });
    expect(blocksOfFields(participantAdded.data, 'until', 'undertakingSigned')).toEqual(['terms', 'terms']);
  });
});
