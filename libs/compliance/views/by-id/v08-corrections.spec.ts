import { agencyId, type EntryId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { rowsOf } from '../rows-of.js';
import { v8 } from './v08-corrections.js';

type Data = Readonly<Record<string, unknown>>;
const [youth, police, school] = [
  agencyId('youth-office.example'),
  agencyId('police.example'),
  agencyId('school.example'),
];
const probation = agencyId('probation.example');
const missing = { missing: 'unknown' };
const disclosureId = '0195a6f0-0003-7000-8000-000000000001';
const day = (number: number): string => `2026-04-0${number}T08:00:00.000Z`;

/** The youth office takes back what it passed on to the police and to the school. */
class TakenBack extends Story {
  readonly disclosure: EntryId;
  readonly invalidation: EntryId;

  constructor(data: Data = {}) {
    super();
    const recipients = [police, school];
    this.disclosure = this.tell('InformationDisclosed', { by: youth, at: day(1), data: { recipients } });
    const usual = { disclosureId, recipients, cause: 'incorrect', action: 'rectify', causedBy: undefined };
    this.invalidation = this.tell('DisclosureInvalidated', { by: youth, at: day(2), data: { ...usual, ...data } });
  }

  told(notified: unknown, data: Data = {}): EntryId {
    const usual = { notified, invalidation: this.invalidation, causedBy: undefined };
    return this.tell('RecipientNotified', { by: youth, at: day(3), data: { ...usual, ...data } });
  }

  confirmed(by: string, data: Data = {}, at = day(4)): EntryId {
    const usual = { done: true, notDoneBecause: undefined, causedBy: undefined };
    return this.tell('RecipientActionConfirmed', { by, at, data: { ...usual, ...data } });
  }

  cells(agency = youth) {
    return v8.rows(this.matter, agency).map(({ cells }) => cells);
  }

  states(agency = youth) {
    return this.cells(agency).map(({ recipient, state }) => `${String(recipient)}: ${String(state)}`);
  }
}

describe('V8: what was taken back', () => {
  it('has a line for each body that has to learn of it, the first two to be told', () => {
    const story = new TakenBack();
    expect(story.cells()).toMatchObject([
      {
        at: day(2),
        kind: 'disclosure',
        cause: 'incorrect',
        state: 'to-tell',
        by: youth,
        recipient: police,
        as: 'recipient',
        action: 'rectify',
        toldAt: null,
        answeredAt: null,
        disclosure: disclosureId,
        entries: [story.invalidation],
      },
      { recipient: school, state: 'to-tell' },
    ]);
  });

  it('says of each when it was told and when it confirmed', () => {
    const story = new TakenBack();
    const notice = story.told(police);
    expect(story.states()).toEqual(['police.example: to-confirm', 'school.example: to-tell']);
    const answer = story.confirmed(police, { action: 'erase' });
    expect(story.cells()[0]).toMatchObject({
      state: 'confirmed',
      toldAt: day(3),
      answeredAt: day(4),
      actionTaken: 'erase',
      entries: [story.invalidation, notice, answer],
    });
    expect(story.states()[1]).toBe('school.example: to-tell');
  });

  it('says that a recipient has answered that it was not done, until it is done', () => {
    const story = new TakenBack();
    story.confirmed(police, { done: false });
    expect(story.states()[0]).toBe('police.example: not-done');
    story.confirmed(police, {}, day(6));
    expect(story.cells()[0]).toMatchObject({ state: 'confirmed', answeredAt: day(6) });
  });

  it('says who could not be reached, until somebody reaches it', () => {
    const story = new TakenBack();
    story.told(police, { reached: false });
    expect(story.cells()[0]).toMatchObject({ state: 'not-reached', toldAt: null });
    story.told(police);
    expect(story.states()[0]).toBe('police.example: to-confirm');
  });

  it('counts bodies that received it although nobody named them', () => {
    const story = new TakenBack();
    story.tell('DisclosureReceived', { by: probation, at: day(2), data: { disclosureId } });
    expect(story.states()).toContain('probation.example: to-tell');
  });

  it('takes no answer about another disclosure, or from before, for one to this', () => {
    const story = new TakenBack();
    story.confirmed(police, { disclosureId: '0195a6f0-0003-7000-8000-000000000099' });
    story.confirmed(police, {}, day(1));
    expect(story.states()[0]).toBe('police.example: to-tell');
  });

  it('tells two invalidations of one disclosure apart', () => {
    const story = new TakenBack();
    const again = { disclosureId, recipients: [police], cause: 'superseded', causedBy: undefined };
    const second = story.tell('DisclosureInvalidated', { by: youth, at: day(2), data: again });
    story.told(police, { invalidation: second });
    expect(story.states()).toEqual([
      'police.example: to-tell',
      'school.example: to-tell',
      'police.example: to-confirm',
      'school.example: to-tell',
    ]);
  });

  it('shows a recipient its own line and nobody else any', () => {
    const story = new TakenBack();
    story.told(police);
    expect(story.states(police)).toEqual(['police.example: to-confirm']);
    expect(story.states(probation)).toEqual([]);
  });

  it('shows a recipient to whom it has passed it on itself', () => {
    const story = new TakenBack();
    const onward = new Story();
    const data = { recipients: [probation], derivedFrom: [disclosureId] };
    onward.tell('InformationDisclosed', { by: police, at: day(1), data });
    story.link(disclosureId, onward);
    expect(story.cells(police)).toMatchObject([{ passedOnTo: [probation] }]);
    expect(story.cells(youth)).toMatchObject([{ passedOnTo: [] }, { passedOnTo: [] }]);
  });

  it('cannot say what is open where somebody has erased an entry that may have shown it', () => {
    const untold = new TakenBack();
    untold.erase(untold.told(police));
    expect(untold.states()[0]).toBe('police.example: not-decidable');
    const unconfirmed = new TakenBack();
    unconfirmed.told(police);
    unconfirmed.erase(unconfirmed.confirmed(police));
    expect(unconfirmed.states()).toEqual(['police.example: not-decidable', 'school.example: to-tell']);
    const shown = rowsOf(v8, unconfirmed.matter).filter(({ agency }) => agency === youth);
    expect(shown.map(({ cells }) => cells['state'])).toEqual(['not-decidable', 'to-tell']);
  });

  it('shows what is missing as missing', () => {
    const story = new Story();
    const data = { disclosureId: missing, recipients: missing, cause: missing, action: missing };
    story.tell('DisclosureInvalidated', { by: youth, at: day(2), data });
    expect(v8.rows(story.matter, youth)).toMatchObject([
      { cells: { recipient: null, disclosure: null, cause: null, action: null, state: 'to-tell' } },
    ]);
  });

  it('shows nothing of what was erased', () => {
    const story = new TakenBack();
    expect(story.erase(story.invalidation).cells()).toEqual([]);
  });
});

describe('V8: what was corrected, and other changes', () => {
  it('shows a correction with the entry it corrects', () => {
    const story = new Story();
    const corrected = story.tell('InformationDisclosed', { by: youth, at: day(1) });
    story.tell('EntryCorrected', { by: youth, at: day(2), data: { corrects: corrected } });
    expect(v8.rows(story.matter, youth)).toMatchObject([
      {
        cells: { kind: 'entry', cause: 'mistake', state: 'recorded', by: youth, recipient: null, corrects: corrected },
      },
    ]);
  });

  it('never shows what was wrong and what is right', () => {
    const story = new Story();
    story.tell('EntryCorrected', { by: youth, at: day(2) });
    expect(JSON.stringify(v8.rows(story.matter, youth))).not.toMatch(/2026-02-02|file-88|neighbour/);
  });

  it('shows a notice that follows no invalidation, and whether its answer is still open', () => {
    const story = new Story();
    const data = { notified: police, cause: 'rectified', invalidation: undefined, causedBy: undefined };
    const notice = story.tell('RecipientNotified', { by: youth, at: day(3), data });
    expect(v8.rows(story.matter, police)).toMatchObject([
      { entry: notice, cells: { kind: 'notice', cause: 'rectified', state: 'to-confirm', toldAt: day(3) } },
    ]);
  });

  it.each([
    ['the data came from it', { notifiedAs: 'originator', cause: 'incorrect-at-origin' }],
    ['nothing is to be done', { action: undefined, cause: 'restriction-lifted' }],
  ])('owes no answer where %s', (_, data) => {
    const story = new Story();
    const usual = { notified: school, invalidation: undefined, causedBy: undefined };
    story.tell('RecipientNotified', { by: youth, at: day(3), data: { ...usual, ...data } });
    expect(v8.rows(story.matter, youth)).toMatchObject([{ cells: { recipient: school, state: 'told' } }]);
  });

  it('fills the columns it has', () => {
    const [cells] = new TakenBack().cells();
    expect(Object.keys(cells ?? {}).toSorted()).toEqual(Object.keys(v8.columns).toSorted());
  });
});
