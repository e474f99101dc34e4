import { validateEntry, type EntryBody } from '#catalogue';
import { derivedId, type JsonObject, type JsonValue } from '#statement';
import { expand } from './expand.js';
import { readQuickEntry } from './quick-entry.js';
import { at, inForceThere, intelligence, police, youth } from './testing/network.js';

const inForce = inForceThere();
const idOf = (...what: readonly string[]): string => derivedId('sheet', ...what);

const recorded = (contributions: readonly JsonObject[], head: JsonObject = {}): readonly EntryBody[] =>
  expand({
    quick: readQuickEntry({ template: 'exit@2#progress', kind: 'conference', case: 'case-1', ...head, contributions }),
    desk: { agency: youth, actor: 'worker-1', at, registry: inForce.registry },
    inForce,
    earlier: null,
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
