import { validateEntry, type EntryBody } from '#catalogue';
import { DomainError } from '#kernel';
import { derivedId, type JsonObject, type JsonValue } from '#statement';
import { expand } from './expand.js';
import type { Earlier } from './expanding.js';
import { readQuickEntry } from './quick-entry.js';
import { at, inForceThere, intelligence, police, youth } from './testing/network.js';

const inForce = inForceThere();
const idOf = (...what: readonly string[]): string => derivedId('sheet', ...what);

const recorded = (
  contributions: readonly JsonObject[],
  head: JsonObject = {},
  earlier: Earlier | null = null,
): readonly EntryBody[] =>
  expand({
    quick: readQuickEntry({ template: 'exit@2#progress', kind: 'conference', case: 'case-1', ...head, contributions }),
    desk: { agency: youth, actor: 'worker-1', at, registry: inForce.registry },
    inForce,
    earlier,
    idOf,
  }).map(({ body }) => body);
const saying = (bodies: readonly EntryBody[], name: string): readonly (readonly [string, JsonValue | undefined])[] =>
  bodies.map(({ type, data }) => [type, data[name]]);
const said = { items: ['exit-progress'], reason: 'The state of the mentoring was asked for.' };
const theirs = { items: ['exit-progress'], contributor: police };

describe('The sheet of a conference', () => {
  it('is hidden, and late for a reason, in all of its entries or in none', () => {
    const head = { unit: 'unit-4', visibility: 'deferred-until', hiddenUntil: '2027-01-01', lateReason: 'Nachtdienst' };
    const bodies = recorded([said, theirs], head);
    expect(bodies.map(({ type }) => type)).toEqual([
      'ConferenceConvened',
      'AttendanceRecorded',
      'AttendanceRecorded',
      'InformationDisclosed',
      'ContributionRecorded',
      'ContributionRecorded',
    ]);
    for (const body of bodies) {
      expect(body.data).toMatchObject({ case: 'case-1', ...head, by: { visibility: 'person' } });
      expect(() => validateEntry(body, at)).not.toThrow();
    }
  });

  it('comes out of no other conference', () => {
    const faults = (contribution: JsonObject, head: JsonObject): unknown => {
      try {
        return recorded([contribution], head);
      } catch (error) {
        return error instanceof DomainError ? error.faults.map(({ pointer }) => pointer) : error;
      }
    };
    const conferenceRef = idOf('another conference');
    expect(faults(said, { conferenceRef })).toEqual(['/conferenceRef']);
    expect(faults({ ...said, conferenceRef }, {})).toEqual(['/contributions/0/conferenceRef']);
  });

  it('names the assessment it followed in each of its entries', () => {
    const assessment = { id: idOf('assessment'), digest: 'a'.repeat(64) };
    for (const { data } of recorded([said], { assessment })) expect(data).toMatchObject({ assessment });
  });

  it('tells of a contribution no more openly than of the disclosure that it stands for', () => {
    const hidden = { ...said, visibility: 'restricted', lateReason: 'Nachtdienst' };
    const bodies = recorded([hidden, said], { visibility: 'open' });
    expect(saying(bodies, 'visibility').slice(-4)).toEqual([
      ['InformationDisclosed', 'restricted'],
      ['ContributionRecorded', 'restricted'],
      ['InformationDisclosed', 'open'],
      ['ContributionRecorded', 'open'],
    ]);
    expect(bodies.at(-3)?.data).toMatchObject({ lateReason: 'Nachtdienst' });
  });

  it('keeps the day until when it is hidden for a contribution of which that is said again, and for no other', () => {
    const head = { visibility: 'deferred-until', hiddenUntil: '2027-06-01' };
    const again = { ...said, visibility: 'deferred-until' };
    const bodies = recorded(
      [again, { ...again, hiddenUntil: '2027-07-01' }, { ...said, visibility: 'restricted' }],
      head,
    );
    expect(saying(bodies, 'hiddenUntil').slice(-6)).toEqual([
      ['InformationDisclosed', '2027-06-01'],
      ['ContributionRecorded', '2027-06-01'],
      ['InformationDisclosed', '2027-07-01'],
      ['ContributionRecorded', '2027-07-01'],
      ['InformationDisclosed', undefined],
      ['ContributionRecorded', undefined],
    ]);
  });

  describe('that goes on with a conference convened before', () => {
    const until = (day: string) => ({ visibility: 'deferred-until', hiddenUntil: day });
    const restricted = { visibility: 'restricted' };
    const convened = (terms: JsonObject): Earlier => ({
      id: idOf('convening'),
      exchange: idOf('exchange of the convening'),
      issuer: youth,
      terms: { purpose: 'exit-support', ...terms },
      isDecisionOwed: false,
      conditionsDecided: [],
    });

    it.each<[string, JsonObject, JsonObject, JsonObject]>([
      ['says nothing', restricted, {}, restricted],
      ['says so itself', restricted, restricted, restricted],
      ['would be open', restricted, { visibility: 'open' }, restricted],
      ['would be known before', until('2027-06-30'), until('2027-01-01'), until('2027-06-30')],
      ['is known after it', until('2027-01-01'), until('2027-06-30'), until('2027-06-30')],
      ['is never known', until('2027-01-01'), restricted, restricted],
      ['follows one that names a day alone', { hiddenUntil: '2027-06-30' }, {}, until('2027-06-30')],
      ['follows one until nobody knows when', { visibility: 'deferred-until' }, {}, { visibility: 'deferred-until' }],
    ])('is hidden as long as its convening in all of its entries, where it %s', (_, first, head, expected) => {
      const bodies = recorded([said, theirs, { ...said, visibility: 'open' }], head, convened(first));
      expect(bodies.map(({ type }) => type)).not.toContain('ConferenceConvened');
      for (const body of bodies.slice(0, -2))
        expect([body.type, body.data]).toEqual([body.type, expect.objectContaining(expected)]);
      for (const { data } of bodies.slice(-2)) expect(data).toMatchObject(first);
      for (const body of bodies) expect(() => validateEntry(body, at)).not.toThrow();
    });

    it('tells of each of its entries whether a person hid it or its convening', () => {
      const byOf = (head: JsonObject) =>
        recorded([said], head, convened(restricted)).map(({ data }) => (data['by'] as JsonObject)['visibility']);
      expect(byOf({})).toEqual(['default', 'default', 'default']);
      expect(byOf(restricted)).toEqual(['person', 'person', 'person']);
    });

    it('is open, where its convening is', () => {
      for (const { data } of recorded([said], {}, convened({}))) expect(data).not.toHaveProperty('visibility');
    });
  });

  it('says of the person, of whom it is, nothing but the case', () => {
    const about = { case: 'case-1', subject: 'person-1', subjectCategory: 'client', ageBand: '14-17' };
    const [convened] = recorded([said], { case: about });
    expect(convened?.data['case']).toBe('case-1');
    for (const name of ['subject', 'subjectCategory', 'ageBand']) expect(convened?.data).not.toHaveProperty(name);
  });
});

describe('What another body told in a conference', () => {
  it('is hidden like what was told by the own one', () => {
    const bodies = recorded([{ ...theirs, visibility: 'restricted' }]);
    expect(bodies.at(-1)).toMatchObject({ type: 'ContributionRecorded', data: { visibility: 'restricted' } });
  });

  it.each<[JsonObject, string]>([
    [{ reason: 'They said so.' }, '/contributions/1/reason'],
    [{ gateway: 'consent-entruster' }, '/contributions/1/gateway'],
    [{ items: [{ dataCategory: 'exit-progress', gateway: 'emergency' }] }, '/contributions/1/items/0/gateway'],
  ])('has no reason and no ground of ours, and none is dropped in silence: %j', (more, pointer) => {
    expect(() => recorded([said, { ...theirs, ...more }])).toThrow(
      expect.objectContaining({ code: 'invalid-body', faults: [expect.objectContaining({ pointer })] }),
    );
    expect(() => recorded([said, { ...said, ...more, contributor: youth }])).not.toThrow();
  });
});

describe('What the head of a sheet says', () => {
  it('goes for what the agency told itself, and is refused where it told nothing: it would be lost', () => {
    const head = { reason: 'The state of the mentoring was asked for.' };
    const { reason: _, ...silent } = said;
    expect(recorded([silent, theirs], head).find(({ type }) => type === 'InformationDisclosed')?.data).toMatchObject({
      justification: head.reason,
    });
    expect(() => recorded([theirs], head)).toThrow(
      expect.objectContaining({ code: 'invalid-body', faults: [expect.objectContaining({ pointer: '/reason' })] }),
    );
  });

  it('of the person and the purpose, is never refused', () => {
    const about = { case: 'case-1', subject: 'person-1', subjectCategory: 'client', ageBand: '14-17' };
    expect(() => recorded([theirs], { case: about, purpose: 'exit-support' })).not.toThrow();
  });
});

describe('Who was in the room for an item', () => {
  const room = [youth, { agency: police, persons: ['officer-1'] }, { agency: intelligence, persons: ['agent-1'] }];
  const attended = (contributions: readonly JsonObject[]): readonly (JsonValue | undefined)[] =>
    recorded(contributions, { room }).flatMap(({ type, data }) =>
      type === 'AttendanceRecorded' ? [data['attendees']] : [],
    );
  const seat = (agency: string, attendance: string, persons?: readonly string[]): JsonObject => ({
    agency,
    attendance,
    ...(persons && { persons }),
    authorised: { missing: 'not-given' },
    undertakingSigned: { missing: 'not-given' },
  });
  const [first, second] = [seat(youth, 'present'), seat(police, 'present', ['officer-1'])];
  const all = [first, second, seat(intelligence, 'present', ['agent-1'])];
  const withoutServices = [first, second, seat(intelligence, 'absent')];

  it('are those who heard it, where only some did', () => {
    expect(attended([said, { ...said, heardBy: [police] }])).toEqual([all, withoutServices]);
    expect(attended([{ ...theirs, heardBy: [youth] }])).toEqual([withoutServices]);
  });

  it('are all of them, where something in it was said to all', () => {
    const lines = [{ ...said, heardBy: [police] }, said].map((line) => ({ ...line, agendaItem: '1' }));
    expect(attended(lines)).toEqual([all]);
  });
});
