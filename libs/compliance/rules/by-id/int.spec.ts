import { everyPack } from '../packs/every-pack.js';
import { Story } from '../testing/story.js';
import { int01 } from './int-01.js';
import { int02 } from './int-02.js';
import { int03 } from './int-03.js';

type Data = Readonly<Record<string, unknown>>;
const missing = { missing: 'unknown' };
const checkedAt = '2026-11-02T02:00:00.000Z';

function checked(data: Data): Story {
  const story = new Story();
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
    expect(checked({ verdict, checked: parts }).verdicts(int01)).toEqual([expected]);
  });

  it('cannot be said of a check that is erased', () => {
    const story = checked({});
    expect(story.erase(story.matter.entries[0]?.id as never).verdicts(int01)).toEqual(['not-decidable']);
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
    expect(judged?.verdict).toEqual({ is: 'broken', since: '2026-10-31T00:00:00.000Z' });
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
