import { leafIndex, type Instant } from '#kernel';
import { judge } from '../judge.js';
import type { Matter } from '../matter.js';
import { everyPack } from '../packs/every-pack.js';
import { standing } from '../rule.js';
import { Settings } from '../settings.js';
import { emptyRegistry, Story } from '../testing/story.js';
import { int01 } from './int-01.js';
import { int02 } from './int-02.js';
import { int03 } from './int-03.js';

type Data = Readonly<Record<string, unknown>>;
const missing = { missing: 'unknown' };
const checkedAt = '2026-11-02T02:00:00.000Z';

function checked(data: Data, kind: Matter['kind'] = 'exchange'): Story {
  const story = new Story(kind);
  story.tell('IntegrityVerified', { at: checkedAt, data });
  return story;
}

describe('INT-01: each check of a log finds it valid', () => {
  const all = ['leaves', 'checkpoint'];

  it.each<[unknown, unknown, string]>([
    ['valid', all, 'kept'],
    ['erased', all, 'kept'],
    ['tampered', all, 'broken'],
    ['incomplete', all, 'broken'],
    ['unverifiable', all, 'broken'],
    [missing, all, 'broken'],
    ['valid', ['leaves', 'consistency'], 'broken'],
    ['valid', ['checkpoint', 'countersignatures'], 'broken'],
    ['valid', missing, 'broken'],
  ])('found %j, looking at %j: %s', (verdict, parts, expected) => {
    expect(checked({ verdict, checked: parts }, 'agency').verdicts(int01)).toEqual([expected]);
  });

  it('cannot be said of a check that is erased', () => {
    const story = checked({}, 'agency');
    expect(story.erase(story.matter.entries[0]?.id as never).verdicts(int01)).toEqual(['not-decidable']);
  });
});

describe('INT-01: who records checks the log within a working day', () => {
  // A Friday noon in Berlin. The next working day is Monday.
  const friday = '2026-11-06T11:00:00.000Z';
  const lastMoment = '2026-11-09T22:59:59.999Z';
  const tooLate = '2026-11-09T23:00:00.000Z';
  const inOrder = { log: 'entries', verdict: 'valid', checked: ['leaves', 'checkpoint'] };

  const told = (...at: readonly string[]): Story => {
    const story = new Story('agency');
    for (const one of at) story.tell('InformationConsulted', { at: one });
    return story;
  };
  const check = (story: Story, at: string, data: Data = {}, more: { by?: string; recordedAt?: string } = {}) =>
    story.tell('IntegrityVerified', { at, data: { ...inOrder, ...data }, ...more });
  /** Of what was recorded; not of what the checks found. */
  const ofChecking = (story: Story, now?: string) => {
    const checks = new Set(
      story.matter.entries.filter(({ said }) => said?.type === 'IntegrityVerified').map(({ id }) => id),
    );
    return story
      .judgements(int01)
      .filter(({ entry }) => !checks.has(entry))
      .map(({ entry, verdict }) => [
        story.matter.entries.findIndex(({ id }) => id === entry),
        standing(verdict, (now ?? '9999-12-31T00:00:00.000Z') as Instant).is,
      ]);
  };

  it.each([
    [lastMoment, 'kept', 'pending'],
    [tooLate, 'broken', 'broken'],
  ])('at %s a check is %s, and none is %s', (at, made, none) => {
    const story = told(friday);
    check(story, at);
    expect(ofChecking(story)).toEqual([[0, made]]);
    expect(ofChecking(told(friday), at)).toEqual([[0, none]]);
  });

  it.each([
    ['the end of summer time', '2026-10-23T10:00:00.000Z', '2026-10-26T22:59:59.999Z'],
    ['Christmas', '2026-12-24T10:00:00.000Z', '2026-12-28T22:59:59.999Z'],
    ['the leap day', '2028-02-28T10:00:00.000Z', '2028-02-29T22:59:59.999Z'],
    ['the end of a year', '2026-12-31T10:00:00.000Z', '2027-01-04T22:59:59.999Z'],
  ])('over %s', (_, at, due) => {
    expect(
      told(at)
        .judgements(int01)
        .map(({ verdict }) => verdict),
    ).toEqual([{ is: 'pending', due }]);
  });

  it('owes nothing before it records something, and nothing more once all of it is checked', () => {
    expect(ofChecking(told())).toEqual([]);
    const checkedOnly = new Story('agency');
    check(checkedOnly, friday);
    expect(ofChecking(checkedOnly, '2027-11-06T11:00:00.000Z')).toEqual([]);
    const story = told(friday);
    check(story, lastMoment);
    expect(ofChecking(story, '2027-11-06T11:00:00.000Z')).toEqual([[0, 'kept']]);
  });

  it('time without a check is one thing, however much is recorded in it', () => {
    expect(ofChecking(told(friday, '2026-11-10T11:00:00.000Z', '2026-11-20T11:00:00.000Z'))).toEqual([[0, 'broken']]);
  });

  it('after a check it is due again with what is recorded next', () => {
    const story = told(friday, '2026-11-10T11:00:00.000Z', '2026-11-20T11:00:00.000Z', '2026-11-23T11:00:00.000Z');
    check(story, '2026-11-16T11:00:00.000Z');
    check(story, '2026-11-23T10:00:00.000Z');
    expect(ofChecking(story, '2026-11-24T12:00:00.000Z')).toEqual([
      [0, 'broken'],
      [2, 'kept'],
      [3, 'pending'],
    ]);
  });

  it.each<[string, Data, string]>([
    ['of the registry', { log: 'registry' }, 'broken'],
    ['that does not say of what', { log: missing }, 'broken'],
    ['that found something', { verdict: 'tampered' }, 'kept'],
  ])('a check %s', (_, data, expected) => {
    const story = told(friday);
    check(story, lastMoment, data);
    expect(ofChecking(story)).toEqual([[0, expected]]);
  });

  it('nobody checks for another', () => {
    const story = told(friday);
    check(story, lastMoment, {}, { by: 'school.example' });
    expect(ofChecking(story)).toEqual([[0, 'broken']]);
  });

  it('what was recorded late is to be checked from then on, and no check is from a day to come', () => {
    const story = new Story('agency');
    story.tell('InformationConsulted', { at: '2026-03-02T10:00:00.000Z', recordedAt: friday });
    check(story, '2026-03-03T10:00:00.000Z', {}, { recordedAt: friday });
    expect(ofChecking(story, lastMoment)).toEqual([[0, 'pending']]);
    check(story, '2026-12-24T10:00:00.000Z', {}, { recordedAt: lastMoment });
    expect(ofChecking(story)).toEqual([[0, 'kept']]);
  });

  it('what is said of check notes is not to be checked', () => {
    const story = new Story('agency');
    story.tell('CheckNoteAssessed', { at: friday });
    expect(ofChecking(story)).toEqual([]);
  });

  it('has the time that a pack gives, and cites it; what a check finds has none', () => {
    const packs = [...everyPack, { code: 'EU-GDPR', version: 2, rules: { 'INT-01': { deadline: { months: 1 } } } }];
    const story = new Story('agency');
    story.tell('InformationConsulted', { at: friday, data: { regime: 'GDPR' } });
    check(story, tooLate, { verdict: 'tampered', regime: 'GDPR' });
    expect(story.judgements(int01).map(({ deadline }) => deadline)).toEqual(['at-once', undefined]);
    expect(story.verdicts(int01)).toEqual(['broken', 'broken']);
    expect(story.verdicts(int01, tooLate, packs)).toEqual(['broken', 'kept']);
  });

  it('a check covers what it looked at, of what was recorded before it', () => {
    const story = told(friday, friday);
    check(story, friday, { treeSize: 0 });
    check(story, friday, { treeSize: missing });
    check(story, friday, { treeSize: 1 });
    expect(ofChecking(story)).toEqual([
      [0, 'kept'],
      [1, 'broken'],
    ]);
    check(story, lastMoment, { treeSize: 5 });
    expect(ofChecking(story)).toEqual([
      [0, 'kept'],
      [1, 'kept'],
    ]);
  });

  it.each([
    ['since the last check', '2026-11-05T11:00:00.000Z', 2, []],
    ['on the same day, before the check', friday, 0, []],
    ['on a day before, and before the check', '2026-11-05T11:00:00.000Z', 0, ['broken']],
  ])('where something is erased that was recorded %s, at %s as entry %s: %j', (_, recordedAt, index, expected) => {
    const story = told('2026-11-04T11:00:00.000Z');
    check(story, '2026-11-04T12:00:00.000Z', { treeSize: 1 });
    story.tell('InformationConsulted', { at: recordedAt });
    story.tell('InformationConsulted', { at: friday });
    const [entry, , , first] = story.matter.entries;
    if (entry === undefined || first === undefined) throw new RangeError('no entry');
    const last = { ...entry, index: leafIndex(index), recordedAt: recordedAt as Instant, said: null };
    const erased: Matter = { kind: 'erased', id: 'police.example', entries: [last], linked: new Map() };
    const known = { ...story.matter, entries: story.matter.entries.filter(({ index: one }) => one !== 2) };
    const inForce = { settings: new Settings(everyPack), registry: emptyRegistry };
    const found = judge({ ...known, linked: new Map([['erased', erased]]) }, [int01], () => inForce);
    const ofFirst = found.filter(({ entry: one }) => one === first.id);
    expect(ofFirst.map(({ verdict }) => standing(verdict, tooLate as Instant).is)).toEqual(expected);
  });

  it.each<[string, Data, string | null, readonly (readonly [number, string])[]]>([
    ['when it was due', { suspendedUntil: missing }, null, []],
    ['until after it was due, and back since', { suspendedUntil: '2026-11-16T08:00:00.000Z' }, null, [[1, 'broken']]],
    [
      'when it was due, and admitted anew since',
      { suspendedUntil: missing },
      '2026-11-16T08:00:00.000Z',
      [[1, 'broken']],
    ],
    ['and free again when it was due', { suspendedUntil: lastMoment }, null, [[0, 'broken']]],
    ['only after it was due', { suspendedFrom: tooLate, suspendedUntil: missing }, null, [[0, 'broken']]],
  ])('who is suspended %s', (_, data, anew, expected) => {
    const story = told(friday, '2026-11-16T11:00:00.000Z');
    const standing = new Story('registry');
    const agency = 'police.example';
    const suspended = { agency, suspendedFrom: '2026-11-07T08:00:00.000Z', ...data };
    standing.tell('AgencySuspended', { at: '2026-11-07T08:00:00.000Z', data: suspended });
    if (anew !== null) standing.tell('AgencyAdmitted', { at: anew, data: { agency } });
    expect(ofChecking(story.link('standing', standing))).toEqual(expected);
  });

  it('an erased entry may have been the check', () => {
    const story = told(friday);
    story.erase(check(story, lastMoment));
    expect(story.verdicts(int01)).toEqual(['not-decidable', 'not-decidable']);
  });
});

describe('INT-02: the last time stamp is not older than a day', () => {
  it.each<[unknown, unknown, readonly string[]]>([
    ['2026-11-01T02:00:00.000Z', ['time-stamp'], ['kept']],
    ['2026-11-01T01:59:59.999Z', ['time-stamp'], ['broken']],
    ['2026-11-01T01:59:59.999Z', ['leaves'], ['broken']],
    [undefined, ['time-stamp'], ['broken']],
    [missing, ['leaves'], ['broken']],
    [undefined, ['leaves'], []],
    [undefined, missing, []],
  ])('found of %j, looking at %j', (timeStampedAt, parts, expected) => {
    expect(checked({ timeStampedAt, checked: parts }).verdicts(int02)).toEqual(expected);
  });

  it('is too old since the time was over, and not since it was noticed', () => {
    const [judged] = checked({ timeStampedAt: '2026-10-30T00:00:00.000Z' }).judgements(int02);
    expect(judged?.verdict).toMatchObject({ is: 'broken', since: '2026-10-31T00:00:00.000Z' });
  });

  it('the time it may have is said where it is too old, and none where there is no stamp', () => {
    const said = (timeStampedAt: unknown) =>
      checked({ timeStampedAt, checked: ['time-stamp'] }).judgements(int02)[0]?.deadline;
    expect(said('2026-10-30T00:00:00.000Z')).toBeUndefined();
    expect(said(missing)).toBe('at-once');
  });

  it('has the age that a pack allows', () => {
    const packs = [...everyPack, { code: 'EU-GDPR', version: 2, rules: { 'INT-02': { deadline: { hours: 48 } } } }];
    const story = checked({ regime: 'GDPR', timeStampedAt: '2026-10-31T02:00:00.000Z' });
    expect(story.verdicts(int02)).toEqual(['broken']);
    expect(story.verdicts(int02, checkedAt, packs)).toEqual(['kept']);
  });

  it('cannot be said of a check that is erased', () => {
    const story = checked({});
    expect(story.erase(story.matter.entries[0]?.id as never).verdicts(int02)).toEqual(['not-decidable']);
  });
});

describe('INT-03: what was disclosed and what was received agree', () => {
  const disclosureId = '0195a6f0-0003-7000-8000-00000000000a';
  const digest = (letter: string) => letter.repeat(43);
  const one = ['police.example'];

  function exchange(sent: Data, received: Data, by = 'police.example'): Story {
    const story = new Story();
    const data = { disclosureId, recipients: one, manifestDigest: undefined, ...sent };
    story.tell('InformationDisclosed', { by: 'youth.example', at: '2026-11-16T10:00:00.000Z', data });
    const receipt = { disclosureId, disclosedBy: 'youth.example', matchesManifest: true, ...received };
    story.tell('DisclosureReceived', { by, at: '2026-11-17T10:00:00.000Z', data: receipt });
    return story;
  }
  const both = (state: string) => [state, state];

  it.each<[string, Data, Data, readonly string[]]>([
    ['equal digests', { manifestDigest: digest('A') }, { manifestDigest: digest('A') }, both('kept')],
    ['different digests', { manifestDigest: digest('A') }, { manifestDigest: digest('B') }, both('broken')],
    [
      'equal digests, and it does not match',
      { manifestDigest: digest('A') },
      { manifestDigest: digest('A'), matchesManifest: false },
      both('broken'),
    ],
    ['no digest, and it matches', {}, {}, both('kept')],
    ['no digest, and it does not match', {}, { matchesManifest: false }, both('broken')],
    ['no digest, and nobody knows', {}, { matchesManifest: missing }, both('broken')],
    [
      'digests that are missing, and it matches',
      { manifestDigest: missing },
      { manifestDigest: missing },
      both('kept'),
    ],
    [
      'digests of different pairs, and it matches',
      { recipients: ['police.example', 'school.example'], manifestDigest: digest('A') },
      { manifestDigest: digest('B') },
      both('kept'),
    ],
    [
      'different digests of one pair, named twice',
      { recipients: ['police.example', 'police.example'], manifestDigest: digest('A') },
      { manifestDigest: digest('B') },
      both('broken'),
    ],
    ['a receipt that does not say from whom', {}, { disclosedBy: missing, matchesManifest: false }, both('broken')],
    ['a receipt of another disclosure', {}, { disclosureId: missing, matchesManifest: false }, []],
  ])('%s', (_, sent, received, expected) => {
    expect(exchange(sent, received).verdicts(int03)).toEqual(expected);
  });

  it('is a matter of both sides, from the receipt on', () => {
    const judged = exchange({}, { matchesManifest: false }).judgements(int03);
    expect(judged.map(({ side }) => side.agency)).toEqual(['youth.example', 'police.example']);
    expect(judged[0]?.verdict).toEqual({ is: 'broken', since: '2026-11-17T10:00:00.000Z' });
    expect(judged[0]?.facts).toHaveLength(2);
  });

  it('is not judged by what somebody else received', () => {
    expect(exchange({}, { matchesManifest: false }, 'school.example').verdicts(int03)).toEqual([]);
  });

  it('cannot be said where one side is erased', () => {
    const story = exchange({}, {});
    expect(story.erase(story.matter.entries[0]?.id as never).verdicts(int03)).toEqual(['not-decidable']);
  });
});
