import type { EntryId } from '#kernel';
import type { JsonObject } from '#statement';
import type { RulePack } from '../packs/pack.js';
import { emptyRegistry, Story } from '../testing/story.js';
import { cnf01 } from './cnf-01.js';
import { cnf02 } from './cnf-02.js';
import { cnf03 } from './cnf-03.js';
import { cnf04 } from './cnf-04.js';

type Data = Readonly<Record<string, unknown>>;

const begins = '2026-11-16T13:00:00.000Z';
const speaks = '2026-11-16T13:20:00.000Z';
const exit = 'exit.example';
const youth = 'youth.example';
const school = 'school.example';
const police = 'police.example';
const disclosureId = '0195a6f0-0003-7000-8000-0000000000c1';
const missing = { missing: 'unknown' };

/** An exit programme convenes youth office and school. */
class Conference extends Story {
  readonly convening: EntryId;

  constructor(registry = emptyRegistry) {
    super('conference', registry);
    const data = { purpose: 'exit-support', agreement: 'exit@2' };
    this.convening = this.tell('ConferenceConvened', { by: exit, at: '2026-11-02T09:00:00.000Z', data });
  }

  says(type: string, data: Data, { by = exit, at = speaks } = {}): EntryId {
    return this.tell(type, { by, at, data: { convening: this.convening, ...data } });
  }

  seats(attendees: unknown, { item = '1', at = begins } = {}): this {
    this.says('AttendanceRecorded', { agendaItem: item, attendees }, { at });
    return this;
  }

  contributes(data: Data = {}): this {
    const plain = { agendaItem: '1', disclosureId, contributor: youth, heardBy: [exit, school] };
    this.says('ContributionRecorded', { ...plain, ...data }, { by: youth });
    return this;
  }

  /** The disclosure in the exchange where it is recorded. */
  disclosed(data: Data = {}, at = speaks): Story {
    const other = new Story();
    other.tell('InformationDisclosed', { by: youth, at, data: { disclosureId, recipients: [exit, school], ...data } });
    this.link(disclosureId, other);
    return other;
  }
}

const seat = (agency: unknown, more: Data = {}): Data => ({
  agency,
  attendance: 'present',
  authorised: true,
  undertakingSigned: true,
  ...more,
});

const agreed = (conference: Data, clause: Data = {}): typeof emptyRegistry => ({
  ...emptyRegistry,
  kindOf: (agency) => (agency === police ? 'police' : 'school'),
  agreementsInForce: () => [
    { agreement: 'city', version: 1, clauses: [{ id: 'none', from: [exit], purposes: ['exit-support'] }] },
    {
      agreement: 'exit',
      version: 2,
      clauses: [
        { id: 'room', from: [exit], to: [youth], purposes: ['exit-support'], conference, ...clause } as JsonObject,
      ],
    },
  ],
});

const kinds = agreed({}, { conference: undefined });

describe('CNF-01: a contribution is recorded as a disclosure to all who heard it', () => {
  it.each<[string, Data, Data, string]>([
    ['with those who heard it', {}, {}, 'kept'],
    ['with more recipients', {}, { recipients: [exit, school, police] }, 'kept'],
    ['with one of them left out', {}, { recipients: [exit] }, 'broken'],
    ['to nobody in particular', {}, { recipients: missing }, 'broken'],
    ['whoever heard it is not said', { heardBy: missing }, {}, 'kept'],
    ['who contributed heard it, too', { heardBy: [exit, school, youth] }, {}, 'kept'],
    ['who contributed is not said', { contributor: missing }, {}, 'kept'],
    ['which one is not said', { disclosureId: missing }, {}, 'broken'],
  ])('%s', (_, contribution, disclosure, expected) => {
    const story = new Conference().contributes(contribution);
    story.disclosed(disclosure);
    expect(story.verdicts(cnf01)).toEqual([expected]);
  });

  it.each([
    ['2026-11-17T13:20:00.000Z', 'kept'],
    ['2026-11-17T13:21:00.000Z', 'broken'],
  ])('disclosed at %s: %s', (at, expected) => {
    const story = new Conference().contributes();
    story.disclosed({}, at);
    expect(story.verdicts(cnf01)).toEqual([expected]);
  });

  it.each([
    ['2026-11-17T13:20:00.000Z', 'pending'],
    ['2026-11-17T13:21:00.000Z', 'broken'],
  ])('without a disclosure at %s: %s', (now, expected) => {
    expect(new Conference().contributes().verdicts(cnf01, now)).toEqual([expected]);
  });

  it('it is owed by who contributed', () => {
    const story = new Conference().contributes({ contributor: school });
    expect(story.judgements(cnf01).map(({ side }) => side.agency)).toEqual([school]);
  });

  it('cannot be said where the disclosure is erased', () => {
    const story = new Conference().contributes();
    const other = story.disclosed();
    other.erase(other.matter.entries[0]?.id as EntryId);
    story.link(disclosureId, other);
    expect(story.verdicts(cnf01)).toEqual(['not-decidable']);
  });

  it('cannot be said where the contribution is erased', () => {
    const story = new Conference().contributes();
    story.erase(story.matter.entries[1]?.id as EntryId);
    expect(story.verdicts(cnf01)).toEqual(['not-decidable']);
  });

  it('parties may agree on another time', () => {
    const story = new Conference(agreed({ contributionsWithin: { amount: 2, unit: 'hours' } })).contributes();
    expect(story.judgements(cnf01)).toMatchObject([
      { verdict: { is: 'pending', due: '2026-11-16T15:20:00.000Z' }, clause: 'exit@2#room' },
    ]);
  });
});

describe('CNF-02: who is in the room is entitled, bound and recorded', () => {
  it.each<[Data, readonly string[]]>([
    [seat(youth), ['kept']],
    [seat(youth, { authorised: false }), ['broken']],
    [seat(youth, { authorised: missing }), ['broken']],
    [seat(youth, { undertakingSigned: false }), ['broken']],
    [seat(youth, { undertakingSigned: missing }), ['broken']],
    [seat(youth, { attendance: 'left-early', authorised: false }), ['broken']],
    [seat(youth, { attendance: missing, authorised: false }), ['broken']],
    [seat(youth, { attendance: 'absent', authorised: false }), []],
    [seat(missing), ['kept']],
  ])('%j: %j', (attendee, expected) => {
    expect(new Conference().seats([attendee]).verdicts(cnf02)).toEqual(expected);
  });

  it('is entitled and bound at once; there is time to record only', () => {
    const story = new Conference().seats([seat(youth)]).contributes();
    expect(story.judgements(cnf02).map(({ deadline }) => deadline)).toEqual(['at-once', undefined]);
  });

  it('names the attendee', () => {
    const story = new Conference().seats([seat(youth), seat(school, { attendance: 'absent' }), seat(police)]);
    expect(story.judgements(cnf02).map(({ part }) => part)).toEqual(['/attendees/0', '/attendees/2']);
  });

  it('parties may do without an undertaking', () => {
    const attendee = seat(youth, { undertakingSigned: false });
    expect(new Conference(agreed({ undertakingRequired: false })).seats([attendee]).verdicts(cnf02)).toEqual(['kept']);
    expect(new Conference(agreed({ undertakingRequired: true })).seats([attendee]).verdicts(cnf02)).toEqual(['broken']);
  });

  const all = [seat(exit), seat(youth), seat(school)];

  it.each<[string, string, Conference]>([
    ['all were there', 'kept', new Conference().seats(all).contributes()],
    ['one was absent', 'broken', new Conference().seats([seat(exit), seat(youth)]).contributes()],
    ['who spoke was absent', 'broken', new Conference().seats([seat(exit), seat(school)]).contributes()],
    ['all were there for another item', 'broken', new Conference().seats(all, { item: '2' }).contributes()],
    ['which item it was is missing', 'broken', new Conference().seats(all).contributes({ agendaItem: missing })],
    ['nobody is recorded', 'broken', new Conference().contributes()],
  ])('a contribution where %s: %s', (_, expected, story) => {
    expect(story.verdicts(cnf02).at(-1)).toBe(expected);
  });

  it('parties may record attendance once for the whole conference', () => {
    const story = new Conference(agreed({ attendancePerItem: false })).seats(all, { item: '2' }).contributes();
    expect(story.verdicts(cnf02).at(-1)).toBe('kept');
  });

  it.each([
    ['2026-11-17T13:20:00.000Z', 'kept'],
    ['2026-11-17T13:21:00.000Z', 'broken'],
  ])('recorded at %s: %s', (at, expected) => {
    expect(new Conference().contributes().seats(all, { at }).verdicts(cnf02).at(-1)).toBe(expected);
  });

  it('cannot be said where the attendance is erased', () => {
    const story = new Conference().seats(all).contributes();
    story.erase(story.matter.entries[1]?.id as EntryId);
    expect(story.verdicts(cnf02)).toEqual(['not-decidable', 'not-decidable']);
  });
});

describe('CNF-03: what goes to a security authority is agreed by all and free of secrets', () => {
  const approval = (agency: unknown, approved: unknown = true): Data => ({ agency, approved });
  const sheet: Data = {
    goesTo: [police],
    secrecyContentFree: true,
    disclosureId,
    approvals: [approval(exit), approval(youth), approval(school)],
  };
  const approved = (data: Data = {}, registry = agreed({ consensusForPolice: true })): Conference => {
    const story = new Conference(registry).seats([seat(exit), seat(youth), seat(school)]);
    story.says('FeedbackSheetApproved', { ...sheet, ...data });
    return story;
  };

  it.each<[string, Data, readonly string[]]>([
    ['all approve', {}, ['kept']],
    ['one does not', { approvals: [approval(exit), approval(youth), approval(school, false)] }, ['broken']],
    ['of one it is missing', { approvals: [approval(exit), approval(youth), approval(school, missing)] }, ['broken']],
    ['one is left out', { approvals: [approval(exit), approval(youth)] }, ['broken']],
    ['approvals are missing', { approvals: missing }, ['broken']],
    ['it holds secrets', { secrecyContentFree: false }, ['broken']],
    ['whether it holds secrets is missing', { secrecyContentFree: missing }, ['broken']],
    ['it goes to a school', { goesTo: ['other-school.example'] }, []],
    ['where it goes is missing', { goesTo: missing }, []],
  ])('%s', (_, data, expected) => {
    expect(approved(data).verdicts(cnf03)).toEqual(expected);
  });

  it.each([
    ['after it was approved', '2026-11-16T13:20:00.000Z', 'kept'],
    ['a minute before', '2026-11-16T13:19:00.000Z', 'broken'],
  ])('it goes out %s', (_, at, expected) => {
    const story = approved();
    story.disclosed({}, at);
    expect(story.verdicts(cnf03)).toEqual([expected]);
  });

  it('nobody has to, where no law and no agreement demands it', () => {
    expect(approved({ approvals: missing }, kinds).verdicts(cnf03)).toEqual([]);
    expect(approved({ approvals: missing }, agreed({ consensusForPolice: missing })).verdicts(cnf03)).toEqual([]);
    expect(new Conference(kinds).verdicts(cnf03)).toEqual([]);
  });

  it('a pack makes it law', () => {
    const belgian: RulePack = {
      code: 'EU-GDPR',
      version: 1,
      rules: { 'CNF-03': { basis: 'law', severity: 'urgent', source: 'BE Penal Code 458ter' } },
    };
    const story = approved({ approvals: missing, regime: 'GDPR' }, kinds);
    expect(story.judgements(cnf03, [belgian])).toMatchObject([
      { verdict: { is: 'broken' }, settings: { severity: 'urgent', packs: ['EU-GDPR@1'] } },
    ]);
  });

  it('who was present may be erased: then nobody knows whether all agreed', () => {
    const story = approved();
    story.erase(story.matter.entries[1]?.id as EntryId);
    expect(story.verdicts(cnf03)).toEqual(['not-decidable', 'not-decidable']);
    const open = approved({ secrecyContentFree: false });
    open.erase(open.matter.entries[1]?.id as EntryId);
    expect(open.verdicts(cnf03)).toEqual(['broken', 'not-decidable']);
  });

  it('the disclosure may be erased: then nobody knows whether it went out before', () => {
    const story = approved();
    const other = story.disclosed();
    story.link(disclosureId, other.erase(other.matter.entries[0]?.id as EntryId));
    expect(story.verdicts(cnf03)).toEqual(['not-decidable']);
  });
});

describe('CNF-03: what goes out to a security authority has a sheet', () => {
  const out = '2026-11-17T10:00:00.000Z';
  const approves = { goesTo: [police], secrecyContentFree: true, approvals: [{ agency: exit, approved: true }] };
  const held = (registry = agreed({ consensusForPolice: true })): Conference =>
    new Conference(registry).seats([seat(exit), seat(youth), seat(school)]);
  const later = '2026-11-18T10:00:00.000Z';
  const goesOut = (conference: Conference, data: Data = {}, registry = agreed({ consensusForPolice: true })): Story => {
    const story = new Story('exchange', registry);
    const { convening } = conference;
    const plain = { disclosureId, recipients: [police], channel: 'secure-mail', conferenceRef: convening };
    story.tell('InformationDisclosed', { by: youth, at: out, data: { ...plain, ...data } });
    return story.link(convening, conference);
  };

  it.each<[string, Data, readonly string[]]>([
    ['the police', {}, ['broken']],
    ['a school', { recipients: ['other-school.example'] }, []],
    ['nobody knows whom', { recipients: missing }, []],
    ['the police, orally in the room', { channel: 'oral-conference' }, []],
    ['the police, by a way that is missing', { channel: missing }, ['broken']],
    ['the police, from no conference', { conferenceRef: undefined }, []],
    ['the police, from one that is missing', { conferenceRef: missing }, []],
  ])('without one, to %s: %s %j', (_, data, expected) => {
    expect(goesOut(held(), data).verdicts(cnf03)).toEqual(expected);
  });

  it.each<[string, Data, string, string]>([
    ['that names it', { disclosureId }, speaks, 'kept'],
    ['that names it, afterwards', { disclosureId }, '2026-11-17T10:01:00.000Z', 'broken'],
    ['that names it, for others', { disclosureId, goesTo: ['other-school.example'] }, speaks, 'broken'],
    ['for the police, approved at that moment', { disclosureId: undefined }, out, 'kept'],
    ['for the police, a minute later', { disclosureId: undefined }, '2026-11-17T10:01:00.000Z', 'broken'],
    ['for others', { disclosureId: undefined, goesTo: ['other-school.example'] }, speaks, 'broken'],
    ['of another disclosure', { disclosureId: '0195a6f0-0003-7000-8000-0000000000c2' }, speaks, 'broken'],
  ])('with a sheet %s', (_, data, at, expected) => {
    const conference = held();
    conference.says('FeedbackSheetApproved', { ...approves, ...data }, { at });
    expect(goesOut(conference).verdicts(cnf03)).toEqual([expected]);
  });

  it('who was in the room has heard it there', () => {
    expect(goesOut(held().seats([seat(police)])).verdicts(cnf03)).toEqual([]);
    expect(goesOut(held().seats([seat(police, { attendance: 'absent' })])).verdicts(cnf03)).toEqual(['broken']);
  });

  it.each([
    ['in time', later, ['kept'], []],
    ['too late', '2026-11-18T10:00:00.001Z', ['broken'], ['broken']],
  ])('the sheet, and who was in the room, are recorded within a day: %s', (_, recordedAt, ofSheet, ofSeats) => {
    expect(goesOut(held()).judgements(cnf03)).toMatchObject([{ verdict: { is: 'pending', due: later } }]);
    const approved = held();
    const data = { convening: approved.convening, ...approves, disclosureId: undefined };
    approved.tell('FeedbackSheetApproved', { by: exit, at: speaks, recordedAt, data });
    expect(goesOut(approved).verdicts(cnf03)).toEqual(ofSheet);
    const present = held();
    const seats = { convening: present.convening, agendaItem: '1', attendees: [seat(police)] };
    present.tell('AttendanceRecorded', { by: exit, at: begins, recordedAt, data: seats });
    expect(goesOut(present).verdicts(cnf03)).toEqual(ofSeats);
  });

  it('is asked of whoever sends it, where it was agreed, and of nobody elsewhere', () => {
    expect(goesOut(held()).judgements(cnf03)).toMatchObject([{ side: { agency: youth }, clause: 'exit@2#room' }]);
    expect(goesOut(held(kinds), {}, kinds).verdicts(cnf03)).toEqual([]);
  });

  it('an erased entry of the conference may have been the sheet', () => {
    const conference = held();
    conference.erase(conference.says('FeedbackSheetApproved', approves));
    expect(goesOut(conference).verdicts(cnf03)).toEqual(['not-decidable']);
  });
});

describe('CNF-04: each body that was present has its say on the minutes within ten working days', () => {
  const held = (registry = emptyRegistry): Conference =>
    new Conference(registry).seats([seat(youth), seat(school, { attendance: 'absent' })]);

  it.each<[string, unknown, string]>([
    ['2026-11-30T22:59:59.999Z', true, 'kept'],
    ['2026-11-30T22:59:59.999Z', false, 'kept'],
    ['2026-11-30T22:59:59.999Z', missing, 'broken'],
    ['2026-11-30T23:00:00.000Z', true, 'broken'],
  ])('at %s, approved %j: %s', (at, approved, expected) => {
    const story = held();
    story.says('MinutesApproved', { approved }, { by: youth, at });
    expect(story.verdicts(cnf04)).toEqual([expected]);
  });

  it.each([
    ['2026-11-30T22:59:59.999Z', 'pending'],
    ['2026-11-30T23:00:00.000Z', 'broken'],
  ])('without a word at %s: %s', (now, expected) => {
    expect(held().verdicts(cnf04, now)).toEqual([expected]);
  });

  it('the word of another body is not its own', () => {
    const story = held();
    story.says('MinutesApproved', { approved: true }, { by: school, at: speaks });
    expect(story.judgements(cnf04).map(({ side, part }) => [side.agency, part])).toEqual([[youth, youth]]);
    expect(story.verdicts(cnf04)).toEqual(['broken']);
  });

  it('is owed once, from when the body was seen first', () => {
    const story = held().seats([seat(youth)], { item: '2', at: '2026-11-18T13:00:00.000Z' });
    expect(story.judgements(cnf04)).toMatchObject([{ verdict: { is: 'pending', due: '2026-11-30T22:59:59.999Z' } }]);
  });

  it('an erased entry may have been its word', () => {
    const story = held();
    story.erase(story.says('MinutesApproved', { approved: true }, { by: youth }));
    expect(story.verdicts(cnf04)).toEqual(['not-decidable', 'not-decidable']);
  });

  it('parties may agree on another time', () => {
    const story = held(agreed({ minutesWithin: { amount: 1, unit: 'months' } }));
    expect(story.judgements(cnf04)).toMatchObject([
      { verdict: { is: 'pending', due: '2026-12-16T22:59:59.999Z' }, clause: 'exit@2#room' },
    ]);
  });
});
