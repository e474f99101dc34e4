import { agencyId, type EntryId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { rowsOf } from '../rows-of.js';
import { v17 } from './v17-conferences.js';

type Data = Readonly<Record<string, unknown>>;
const youth = agencyId('youth.example');
const police = agencyId('police.example');
const clinic = agencyId('clinic.example');
const missing = { missing: 'unknown' };
const day = '2026-05-04T08:00:00.000Z';
const held = '2026-05-11T08:00:00.000Z';
const disclosureId = '0195a6f0-0003-7000-8000-000000000077';

const seat = (agency: string | undefined, data: Data = {}) => ({
  agency,
  attendance: 'present',
  authorised: true,
  undertakingSigned: true,
  ...data,
});

/** The youth office invites the police and the clinic. */
class Conference extends Story {
  readonly convening: EntryId;

  constructor(data: Data = {}) {
    super();
    this.convening = this.convened(data);
  }

  convened(data: Data): EntryId {
    const usual = {
      scheduledFor: held,
      purpose: 'exit-support',
      invited: [police, clinic].map((agency) => ({ agency, role: 'member' })),
      agenda: [
        { agendaItem: '1', purpose: 'joint-risk-assessment' },
        { agendaItem: '2', purpose: 'exit-support' },
      ],
    };
    return this.tell('ConferenceConvened', { by: 'youth.example', at: day, data: { ...usual, ...data } });
  }

  told(type: string, data: Data, by = 'youth.example'): this {
    this.tell(type, { by, at: held, data: { convening: this.convening, ...data } });
    return this;
  }
}

function linesOf(conference: Story, line: string, agency = youth) {
  return v17
    .rows(conference.matter, agency)
    .map(({ cells }) => cells)
    .filter((cells) => cells['line'] === line);
}

/** The clinic tells the police something, and records it itself. */
const contribution = {
  agendaItem: '1',
  disclosureId,
  heardBy: [police],
  dataCategories: ['family'],
  contributor: undefined,
};

describe('V17: conferences', () => {
  it('shows who is invited, item by item, before it is held', () => {
    const conference = new Conference();
    expect(linesOf(conference, 'conference')).toMatchObject([
      { heldAt: held, convenedBy: youth, purpose: 'exit-support', invited: [police, clinic], present: [] },
    ]);
    expect(linesOf(conference, 'item')).toMatchObject([
      { item: '1', purpose: 'joint-risk-assessment', present: [], contributions: 0 },
      { item: '2', purpose: 'exit-support', present: [], contributions: 0 },
    ]);
  });

  it('shows who was in the room for each item, and who should not have been', () => {
    const conference = new Conference()
      .told('AttendanceRecorded', {
        agendaItem: '1',
        attendees: [seat(youth), seat(police, { attendance: 'left-early' }), seat(clinic, { attendance: 'absent' })],
      })
      .told('AttendanceRecorded', {
        agendaItem: '2',
        attendees: [seat(youth), seat(clinic, { undertakingSigned: missing }), seat(police, { authorised: false })],
      });
    expect(linesOf(conference, 'item')).toMatchObject([
      { present: [youth, police], unbound: [] },
      { present: [youth, clinic, police], unbound: [clinic, police] },
    ]);
  });

  it('counts contributions, and those of which nobody recorded the disclosure', () => {
    const conference = new Conference().told('ContributionRecorded', contribution, 'clinic.example');
    for (const agency of [clinic, police]) {
      expect(linesOf(conference, 'item', agency)).toMatchObject([
        { contributions: 1, withoutDisclosure: 1 },
        { contributions: 0, withoutDisclosure: 0 },
      ]);
    }
    const apart = new Story();
    apart.tell('InformationDisclosed', { by: 'clinic.example', at: held, data: { disclosureId } });
    expect(linesOf(conference.link(disclosureId, apart), 'item', police)[0]).toMatchObject({ withoutDisclosure: 0 });
  });

  it('accuses nobody of what only those who spoke and heard can know', () => {
    const conference = new Conference().told('ContributionRecorded', contribution, 'clinic.example');
    const apart = new Story();
    const disclosed = { disclosureId, recipients: [police] };
    apart.tell('InformationDisclosed', { by: 'clinic.example', at: held, data: disclosed });
    const shown = rowsOf(v17, conference.link(disclosureId, apart).matter)
      .filter(({ cells }) => cells['contributions'] === 1)
      .map(({ agency, cells }): readonly [string, unknown] => [agency, cells['withoutDisclosure']]);
    expect(Object.fromEntries(shown)).toEqual({ [youth]: null, [police]: 0, [clinic]: 0 });
  });

  it('knows what was said in an exchange of fewer bodies', () => {
    const conference = new Conference();
    const fewer = new Story();
    const said = {
      agendaItem: '2',
      disclosureId,
      convening: conference.convening,
      heardBy: [youth],
      dataCategories: [],
    };
    fewer.tell('ContributionRecorded', { by: 'clinic.example', at: held, data: said });
    const items = linesOf(conference.link(conference.convening, fewer), 'item');
    expect(items.map(({ contributions }) => contributions)).toEqual([0, 1]);
  });

  it('keeps two conferences of one exchange apart', () => {
    const conference = new Conference();
    const second = conference.convened({ scheduledFor: '2026-06-11T08:00:00.000Z' });
    conference.told('AttendanceRecorded', { agendaItem: '1', attendees: [seat(police)], convening: second });
    expect(linesOf(conference, 'conference').map(({ present }) => present)).toEqual([[], [police]]);
  });

  it('has no column for who kept silent', () => {
    const conference = new Conference();
    const before = v17.rows(conference.matter, police);
    conference.told('ContributionDeclined', { agendaItem: '1' }, 'clinic.example');
    expect(v17.rows(conference.matter, police)).toEqual(before);
  });

  it('says who of those present has not approved the minutes', () => {
    const conference = new Conference()
      .told('AttendanceRecorded', { agendaItem: '1', attendees: [seat(youth), seat(police), seat(clinic)] })
      .told('MinutesApproved', { approved: true }, 'police.example')
      .told('MinutesApproved', { approved: false }, 'clinic.example');
    expect(linesOf(conference, 'conference')).toMatchObject([{ approvedBy: [police], notApprovedBy: [youth, clinic] }]);
  });

  it('shows decisions with owner, day and who disagreed', () => {
    const conference = new Conference().told('ConferenceDecisionRecorded', {
      agendaItem: '2',
      kind: 'measure',
      outcome: 'approved',
      owner: clinic,
      due: '2026-06-01',
      agreedBy: [youth, clinic],
      dissent: [{ agency: police }],
    });
    expect(linesOf(conference, 'decision')).toMatchObject([
      { item: '2', decision: 'measure', outcome: 'approved', owner: clinic, due: '2026-06-01', dissent: [police] },
    ]);
  });

  it('shows what left the room, and who had not agreed to it', () => {
    const approvals = [
      { agency: youth, approved: true },
      { agency: clinic, approved: false },
    ];
    const sheet = { approvals, secrecyContentFree: false, goesTo: ['prosecution.example'] };
    expect(linesOf(new Conference().told('FeedbackSheetApproved', sheet), 'sheet')).toMatchObject([
      { approvedBy: [youth], notApprovedBy: [clinic], goesTo: ['prosecution.example'], secrecyContentFree: false },
    ]);
  });

  it('shows what little is said', () => {
    const conference = new Conference({ scheduledFor: missing, invited: missing, agenda: missing });
    conference.told('AttendanceRecorded', { agendaItem: missing, attendees: [seat(undefined)] });
    conference.told('ConferenceDecisionRecorded', { agendaItem: missing, owner: missing, due: missing });
    expect(linesOf(conference, 'conference')).toMatchObject([{ heldAt: day, invited: [], present: [] }]);
    expect(linesOf(conference, 'item')).toEqual([]);
    expect(linesOf(conference, 'decision')).toMatchObject([{ item: null, owner: null, due: null }]);
  });

  it('says that parts of it are erased, and shows nothing without its convening', () => {
    const conference = new Conference().told('AttendanceRecorded', { agendaItem: '1', attendees: [seat(police)] });
    const [, attendance] = conference.matter.entries;
    if (attendance) conference.erase(attendance.id);
    expect(linesOf(conference, 'conference')).toMatchObject([{ present: [], erased: true }]);
    expect(linesOf(conference.erase(conference.convening), 'conference')).toEqual([]);
  });

  it('is seen by those who were invited or recorded something, not by who gets the sheet', () => {
    const conference = new Conference();
    expect(linesOf(conference, 'conference', police)).toHaveLength(1);
    expect(linesOf(conference, 'conference', agencyId('prosecution.example'))).toEqual([]);
  });
});
