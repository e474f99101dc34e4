import { agencyId, type EntryId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v1 } from './v01-check-notes.js';

type Data = Readonly<Record<string, unknown>>;
const [youth, police] = [agencyId('youth-office.example'), agencyId('police.example')];
const missing = { missing: 'unknown' };
const raisedAt = '2026-03-17T00:00:00.000Z';
const disclosure = '0195a6f0-0001-7000-8000-000000000005';

class Note extends Story {
  readonly id: EntryId;

  constructor(data: Data = {}, by = 'ledger') {
    super('check-note');
    this.id = this.tell('CheckNoteRaised', { by, at: raisedAt, data });
  }

  assessed(status: unknown, day: string, data: Data = {}, by = 'youth-office.example'): this {
    const usual = { note: this.id, status, remedyDue: undefined };
    this.tell('CheckNoteAssessed', { by, at: `${day}T09:00:00.000Z`, data: { ...usual, ...data } });
    return this;
  }

  seenBy(agency = youth) {
    return v1.rows(this.matter, agency);
  }

  cells() {
    return this.seenBy().map(({ cells }) => cells);
  }
}

describe('V1: check notes and findings', () => {
  it('shows rule, law, facts, the clause in force then and the deadline', () => {
    const note = new Note({ fact: `${disclosure}/police.example`, facts: [disclosure], kind: 'law', pack: 'EU-LED' });
    expect(note.seenBy()).toMatchObject([
      {
        entry: note.id,
        cells: {
          rule: 'LOG-04',
          ruleVersion: 1,
          pack: 'EU-LED@1',
          severity: 'medium',
          kind: 'law',
          outcome: 'broken',
          about: disclosure,
          part: 'police.example',
          facts: [disclosure],
          clause: 'exit-network-exampletown@3#progress',
          time: 5,
          timeUnit: 'working-days',
          dueAt: '2026-03-16T23:00:00.000Z',
          raisedAt,
        },
      },
    ]);
  });

  it('is open until somebody assesses it', () => {
    expect(new Note().cells()).toMatchObject([
      { status: 'open', finding: false, history: ['open'], historyAt: [raisedAt], assessments: [] },
    ]);
  });

  it.each(['not-confirmed', 'explained', 'remedied', 'referred'])('is no finding when it is %s', (status) => {
    expect(new Note().assessed(status, '2026-03-18').cells()).toMatchObject([{ status, finding: false }]);
  });

  it('is a finding once the data protection officer confirms it, also after it is remedied', () => {
    const note = new Note().assessed('confirmed', '2026-03-18', { remedyDue: '2026-03-25' });
    expect(note.cells()).toMatchObject([{ status: 'confirmed', finding: true, remedyDue: '2026-03-25' }]);
    expect(note.assessed('remedied', '2026-03-20', { remediedBy: disclosure }).cells()).toMatchObject([
      {
        status: 'remedied',
        finding: true,
        remedyDue: '2026-03-25',
        remediedBy: disclosure,
        history: ['open', 'confirmed', 'remedied'],
        historyAt: [raisedAt, '2026-03-18T09:00:00.000Z', '2026-03-20T09:00:00.000Z'],
      },
    ]);
  });

  it('is no finding any more when the confirmation is taken back', () => {
    const note = new Note().assessed('confirmed', '2026-03-18').assessed('not-confirmed', '2026-03-19');
    expect(note.cells()).toMatchObject([{ status: 'not-confirmed', finding: false }]);
  });

  it('names the body it was referred to', () => {
    const note = new Note().assessed('referred', '2026-03-18', { referredTo: 'dpa.example' });
    expect(note.cells()).toMatchObject([{ status: 'referred', referredTo: 'dpa.example' }]);
    note.assessed(missing, '2026-03-20', { remedyDue: '2026-04-01' });
    expect(note.cells()).toMatchObject([{ status: 'referred', referredTo: 'dpa.example', remedyDue: '2026-04-01' }]);
  });

  it('expires after a year unless it is confirmed', () => {
    expect(new Note().seenBy()[0]?.shownUntil).toBe('2027-03-17T00:00:00.000Z');
    expect(new Note().assessed('explained', '2026-03-18').seenBy()[0]?.shownUntil).toBe('2027-03-17T00:00:00.000Z');
    expect(new Note().assessed('confirmed', '2026-03-18').seenBy()[0]).not.toHaveProperty('shownUntil');
  });

  it('expires on 28 February when it was raised on a leap day', () => {
    const story = new Story('check-note');
    story.tell('CheckNoteRaised', { by: 'ledger', at: '2028-02-29T23:59:59.999Z' });
    expect(v1.rows(story.matter, youth)[0]?.shownUntil).toBe('2029-02-28T23:59:59.999Z');
  });

  it('puts urgent ones first, and of those what was due first', () => {
    const rows = [
      new Note({ severity: 'low' }),
      new Note({ severity: 'urgent', dueAt: '2026-03-10T12:00:00.000Z' }),
      new Note({ severity: 'urgent', dueAt: '2026-03-09T12:00:00.000Z' }),
      new Note({ severity: 'high', dueAt: undefined }),
    ].flatMap((note) => note.seenBy());
    const inOrder = rows
      .map(({ key, cells }) => [String(cells['weight']), key.slice(0, 10)].join(' '))
      .toSorted((one, other) => (one < other ? -1 : 1));
    expect(inOrder).toEqual(['1 2026-03-09', '1 2026-03-10', '2 2026-03-17', '4 2026-03-16']);
  });

  it('shows that a rule could not decide, because what it reads is erased', () => {
    const note = new Note({ outcome: 'not-decidable', lackingInput: 'erased', deadline: undefined, dueAt: undefined });
    expect(note.cells()).toMatchObject([
      { outcome: 'not-decidable', lackingInput: 'erased', time: null, timeUnit: null, dueAt: null },
    ]);
  });

  it('shows what is missing as missing', () => {
    const note = new Note({ rule: missing, severity: missing, fact: missing, facts: missing, clause: missing });
    expect(note.cells()).toMatchObject([
      { rule: null, severity: null, weight: 5, about: null, part: null, facts: [], clause: null },
    ]);
  });

  it('keeps its status when an assessment does not say one', () => {
    expect(new Note().assessed(missing, '2026-03-18').cells()).toMatchObject([{ status: 'open', history: ['open'] }]);
  });

  it('is for the agency it names and for nobody else to see or to assess', () => {
    const note = new Note().assessed('confirmed', '2026-03-18', {}, 'police.example');
    expect(note.seenBy(police)).toEqual([]);
    expect(note.cells()).toMatchObject([{ status: 'open', assessments: [] }]);
  });

  it('is raised by the ledger alone', () => {
    expect(new Note({}, 'youth-office.example').seenBy()).toEqual([]);
  });

  it('shows nothing of a note that was erased, and nothing of an assessment that was', () => {
    const note = new Note().assessed('confirmed', '2026-03-18');
    const [, assessment] = note.matter.entries;
    if (assessment) note.erase(assessment.id);
    expect(note.cells()).toMatchObject([{ status: 'open', history: ['open'] }]);
    note.erase(note.id);
    expect(note.seenBy()).toEqual([]);
  });

  it('has no column for words of people or for members of staff', () => {
    expect(Object.keys(v1.columns).toSorted()).toEqual(Object.keys(new Note().cells()[0] ?? {}).toSorted());
    expect(JSON.stringify(new Note().assessed('explained', '2026-03-18').seenBy())).not.toMatch(/staff-|letter/);
  });
});
