import { languages } from '../vocabulary.js';
import { allMissing, blocksOfFields, fieldPaths, sentencesIn, termsOf, unfitFields } from '../testing/form-of-type.js';
import { attendanceRecorded } from './attendance-recorded.js';
import { conferenceConvened } from './conference-convened.js';
import { conferenceDecisionRecorded } from './conference-decision-recorded.js';
import { contributionDeclined } from './contribution-declined.js';
import { contributionRecorded } from './contribution-recorded.js';
import { feedbackSheetApproved } from './feedback-sheet-approved.js';
import { jointAssessmentRecorded } from './joint-assessment-recorded.js';
import { minutesApproved } from './minutes-approved.js';

const followUps = [
  attendanceRecorded,
  contributionRecorded,
  contributionDeclined,
  jointAssessmentRecorded,
  conferenceDecisionRecorded,
  feedbackSheetApproved,
  minutesApproved,
];
const types = [conferenceConvened, ...followUps];

describe.each(types)('$name', ({ name, data, example, sentence, title, moves, refusal }) => {
  it('is recordable as its example, and when nothing of it is known', () => {
    expect(example.type).toBe(name);
    expect(example.exchange).toBe(conferenceConvened.example.exchange);
    expect(unfitFields(data, example.data)).toEqual([]);
    expect(unfitFields(data, allMissing(data))).toEqual([]);
    expect(unfitFields(data, {}).length).toBeGreaterThan(1);
  });

  it('says itself in both languages from terms alone, also when everything is missing', () => {
    const terms = termsOf(data, example.data);
    for (const language of languages) {
      expect(sentence(terms, language)).toBe(sentence(example.data, language));
      expect(sentence(terms, language)).not.toMatch(/undefined|object|unknown|unbekannt|not given|nicht angegeben/);
      expect(sentence(allMissing(data), language)).toMatch(/\.$/);
      expect(sentence({}, language)).toMatch(/(not given|nicht angegeben).*\.$/);
      expect(title[language]).not.toBe('');
    }
    expect(sentence(terms, 'en')).not.toBe(sentence(terms, 'de'));
  });

  it('keeps persons and free text out of terms', () => {
    expect(blocksOfFields(data, 'case', 'subject', 'actor')).toEqual(['people', 'people', 'staff']);
    for (const field of sentencesIn(data)) {
      expect([field.name, field.name === 'provision' || field.block !== 'terms']).toEqual([field.name, true]);
    }
  });

  it('owes nothing to anybody: what is owed for what was said follows from its disclosure', () => {
    expect([moves, refusal]).toEqual([undefined, undefined]);
  });
});

describe('a conference', () => {
  it('has an exchange, so that everybody who takes part sees what is recorded of it', () => {
    expect(types.map(({ exchange }) => exchange)).toEqual(types.map(() => 'required'));
    expect(conferenceConvened.matter).toEqual({ kind: 'conference' });
    for (const { matter } of followUps) expect(matter).toEqual({ kind: 'conference', openedBy: 'convening' });
  });

  it('is joined by who is invited, and by who came without', () => {
    expect(conferenceConvened.recipients?.(conferenceConvened.example.data)).toEqual([
      'youth-office.example',
      'police.example',
      'school.example',
    ]);
    const attendees = [{ agency: 'clinic.example', attendance: 'joined-late' }];
    expect(attendanceRecorded.recipients?.({ attendees })).toEqual(['clinic.example']);
  });

  it('is not joined by who stayed away and was named only in the list', () => {
    expect(attendanceRecorded.recipients?.(attendanceRecorded.example.data)).toEqual([
      'youth-office.example',
      'school.example',
    ]);
    expect(attendanceRecorded.sentence(attendanceRecorded.example.data, 'en')).not.toContain('police.example');
  });

  it('stays closed to who only gets the feedback sheet (CNF-03)', () => {
    const { data } = feedbackSheetApproved.example;
    expect(data['goesTo']).toEqual(['prosecution.example']);
    expect(feedbackSheetApproved.recipients?.(data)).not.toContain('prosecution.example');
    expect(blocksOfFields(feedbackSheetApproved.data, 'approvals.approved', 'secrecyContentFree')).toEqual([
      'terms',
      'terms',
    ]);
  });

  it('counts who approves its feedback sheet, and a missing word as none', () => {
    const approvals = [
      { agency: 'a.example', approved: true },
      { agency: 'b.example', approved: { missing: 'follows' } },
    ];
    expect(feedbackSheetApproved.sentence({ approvals }, 'en')).toContain('1 of 2 bodies');
  });

  it('asks of each attendee whether it may take part and signed the undertaking (CNF-02)', () => {
    for (const name of [
      'attendees.agency',
      'attendees.attendance',
      'attendees.authorised',
      'attendees.undertakingSigned',
    ]) {
      expect(fieldPaths(attendanceRecorded.data).get(name)).toMatchObject({ required: true, block: 'terms' });
    }
    expect(blocksOfFields(attendanceRecorded.data, 'attendees.persons')).toEqual(['people']);
  });

  it('has a disclosure and a list of who heard it for each contribution (CNF-01)', () => {
    for (const name of ['disclosureId', 'heardBy', 'agendaItem']) {
      expect(fieldPaths(contributionRecorded.data).get(name)).toMatchObject({ required: true, block: 'terms' });
    }
    const terms = { contributor: 'clinic.example', heardBy: ['school.example'] };
    expect(contributionRecorded.recipients?.(terms)).toEqual(['clinic.example', 'school.example']);
  });

  it('takes silence without a reason: nothing of it can be told, given or withheld', () => {
    const texts = [...fieldPaths(contributionDeclined.data).values()].filter(({ block }) =>
      ['told', 'reasons', 'withheld'].includes(block),
    );
    expect(texts.map(({ name }) => name)).toEqual(['lateReason']);
    expect(
      unfitFields(contributionDeclined.data, { ...contributionDeclined.example.data, justification: 'x' }),
    ).toEqual(['justification']);
    expect(fieldPaths(contributionDeclined.data).get('actor')?.required).toBe(false);
  });

  it('leaves what was found about the person in the file: there is no field for a level or a score', () => {
    const names = [...fieldPaths(jointAssessmentRecorded.data).keys()];
    expect(names.filter((name) => /level|score|result|finding/i.test(name))).toEqual(['automation.level']);
    expect(blocksOfFields(jointAssessmentRecorded.data, 'assessmentRef', 'automation.reviewer')).toEqual([
      'people',
      'staff',
    ]);
  });

  it('shows everybody who disagreed, and to the parties alone why', () => {
    for (const { data } of [jointAssessmentRecorded, conferenceDecisionRecorded]) {
      expect(blocksOfFields(data, 'dissent.agency', 'dissent.because')).toEqual(['terms', 'told']);
      expect(fieldPaths(data).get('dissent.because')?.required).toBe(false);
    }
  });

  it('gives each decision an owner and a day, and keeps its reasons with the case (NEC-02)', () => {
    const { data, recipients, retention } = conferenceDecisionRecorded;
    for (const name of ['owner', 'due']) {
      expect(fieldPaths(data).get(name)).toMatchObject({ required: true, block: 'terms' });
    }
    expect(recipients?.({ owner: 'clinic.example' })).toEqual(['clinic.example']);
    expect(blocksOfFields(data, 'justification', 'necessity', 'alternatives', 'task')).toEqual([
      'reasons',
      'reasons',
      'reasons',
      'told',
    ]);
    expect(retention).toEqual({ reasons: 'decision' });
  });

  it('takes minutes that a body does not approve', () => {
    expect(minutesApproved.sentence({ approved: false, minutesVersion: '1' }, 'de')).toBe(
      'Protokoll (Fassung: 1) nicht genehmigt.',
    );
    expect(minutesApproved.sentence({ approved: true, minutesVersion: '1' }, 'en')).toBe(
      'Minutes (version: 1) approved.',
    );
  });
});
