import type { EntryId } from '#kernel';
import type { RegistryState } from '../registry-state.js';
import { emptyRegistry, Story } from '../testing/story.js';
import { qua01 } from './qua-01.js';
import { qua02 } from './qua-02.js';
import { qua03 } from './qua-03.js';

const sent = '2026-11-16T10:00:00.000Z';
const found = '2026-11-18T10:00:00.000Z';
const disclosureId = '0195a6f0-0003-7000-8000-00000000000a';
const received = '0195a6f0-0003-7000-8000-00000000000b';
type Data = Readonly<Record<string, unknown>>;

const item = (more: Data = {}): Data => ({
  dataCategory: 'exit-progress',
  itemBasis: 'fact',
  reliability: 'high',
  asOf: '2026-11-15',
  ...more,
});

function erased<Told extends Story>(story: Told, place = 0): Told {
  const entry = story.matter.entries[place];
  if (entry === undefined) throw new RangeError(`no entry at ${place}`);
  story.erase(entry.id);
  return story;
}

describe('QUA-01: quality is checked before, and each item is marked', () => {
  const disclosed = (data: Data): Story => {
    const story = new Story();
    story.tell('InformationDisclosed', { by: 'youth.example', at: sent, data: { items: [item()], ...data } });
    return story;
  };

  it.each<[string, unknown, string]>([
    ['a minute before', '2026-11-16T09:59:00.000Z', 'kept'],
    ['in the same moment', sent, 'kept'],
    ['a minute after', '2026-11-16T10:01:00.000Z', 'broken'],
    ['at a moment that is missing', { missing: 'unknown' }, 'broken'],
    ['never', undefined, 'broken'],
  ])('checked %s', (_, qualityCheckedAt, expected) => {
    expect(disclosed({ qualityCheckedAt }).verdicts(qua01)).toEqual([expected, 'kept']);
  });

  it.each<[string, Data, string]>([
    ['with every mark', {}, 'kept'],
    ['said to be of unknown reliability', { reliability: 'unknown' }, 'kept'],
    ['without its day', { asOf: { missing: 'unknown' } }, 'broken'],
    ['without its reliability', { reliability: { missing: 'not-given' } }, 'broken'],
    ['that is neither fact nor assessment', { itemBasis: { missing: 'unknown' } }, 'broken'],
  ])('an item %s', (_, more, expected) => {
    const story = disclosed({ items: [item(), item(more)], qualityCheckedAt: sent });
    expect(story.judgements(qua01).map(({ part }) => part)).toEqual([null, '/items/0', '/items/1']);
    expect(story.verdicts(qua01)).toEqual(['kept', 'kept', expected]);
  });

  it('is high for the police, medium under the regulation, and policy for services', () => {
    const settings = (regime: string): unknown => {
      const [first] = disclosed({ regime, pack: undefined }).judgements(qua01);
      return [first?.settings.severity, first?.settings.basis];
    };
    expect(['LED', 'GDPR', 'NATSEC'].map(settings)).toEqual([
      ['high', 'law'],
      ['medium', 'law'],
      ['high', 'policy'],
    ]);
  });

  it('cannot be said of a disclosure that is erased', () => {
    expect(erased(disclosed({})).verdicts(qua01)).toEqual(['not-decidable']);
  });
});

/** The youth office told the police and the school; then it finds an error. */
class Correction extends Story {
  readonly invalidation: EntryId;

  constructor(data: Data = {}, at = found, registry: Partial<RegistryState> = {}) {
    super('exchange', { ...emptyRegistry, ...registry });
    const recipients = ['police.example', 'school.example'];
    this.tell('InformationDisclosed', {
      by: 'youth.example',
      at: sent,
      data: { disclosureId, recipients, derivedFrom: [received] },
    });
    const plain = {
      regime: 'GDPR',
      pack: 'DE-SGB',
      disclosureId,
      cause: 'incorrect',
      recipients,
      originator: undefined,
    };
    this.invalidation = this.tell('DisclosureInvalidated', { by: 'youth.example', at, data: { ...plain, ...data } });
  }

  tells(at: string, data: Data = {}): this {
    const plain = { disclosureId, notifiedAs: 'recipient', invalidation: this.invalidation, reached: true };
    this.tell('RecipientNotified', { by: 'youth.example', at, data: { ...plain, ...data } });
    return this;
  }

  confirms(by: string, at: string, data: Data = {}): this {
    const plain = { disclosureId, causedBy: undefined, done: true, notDoneBecause: undefined };
    this.tell('RecipientActionConfirmed', { by, at, data: { ...plain, ...data } });
    return this;
  }

  /** What is said of one agency: whose duty, and how it stands. */
  of(agency: string, now?: string): readonly string[] {
    const verdicts = this.verdicts(qua02, now);
    return this.judgements(qua02).flatMap(({ side, part }, place) =>
      part === agency ? [`${side.agency} ${verdicts[place] ?? ''}`] : [],
    );
  }
}

describe('QUA-02: who received what was wrong is told, and confirms', () => {
  const police = { notified: 'police.example' };
  const toldAt = '2026-11-18T11:00:00.000Z';

  it.each([
    ['on the third working day', found, '2026-11-23T22:59:00.000Z', 'kept'],
    ['on the fourth', found, '2026-11-23T23:00:00.000Z', 'broken'],
    ['after Easter', '2027-03-25T10:00:00.000Z', '2027-04-01T21:59:00.000Z', 'kept'],
    ['too long after Easter', '2027-03-25T10:00:00.000Z', '2027-04-01T22:00:00.000Z', 'broken'],
    ['around a leap day', '2028-02-25T10:00:00.000Z', '2028-03-01T22:59:00.000Z', 'kept'],
    ['at the turn of the year', '2026-12-30T10:00:00.000Z', '2027-01-05T22:59:00.000Z', 'kept'],
    ['too long after the turn of the year', '2026-12-30T10:00:00.000Z', '2027-01-05T23:00:00.000Z', 'broken'],
  ])('told %s', (_, at, when, expected) => {
    expect(new Correction({}, at).tells(when, police).of('police.example')[0]).toBe(`youth.example ${expected}`);
  });

  it.each([
    ['2026-11-23T22:59:59.999Z', 'pending'],
    ['2026-11-23T23:00:00.000Z', 'broken'],
  ])('not told at %s: %s', (now, expected) => {
    expect(new Correction().of('police.example', now)).toEqual([`youth.example ${expected}`]);
  });

  it('each of them', () => {
    const story = new Correction().tells(toldAt, police);
    expect(story.of('police.example')).toEqual(['youth.example kept', 'police.example broken']);
    expect(story.of('school.example')).toEqual(['youth.example broken']);
  });

  it('also whom the correction forgot, and who received it without being named', () => {
    const story = new Correction({ recipients: ['clinic.example'] });
    story.tell('DisclosureReceived', { by: 'probation.example', at: sent, data: { disclosureId } });
    expect(story.judgements(qua02).map(({ part }) => part)).toEqual([
      'clinic.example',
      'police.example',
      'school.example',
      'probation.example',
    ]);
    const unnamed = new Correction({ recipients: { missing: 'unknown' } });
    expect(unnamed.judgements(qua02).map(({ part }) => part)).toEqual(['police.example', 'school.example']);
  });

  it.each([
    ['in time', '2026-11-23T22:59:00.000Z', 'kept'],
    ['a minute too late', '2026-11-23T23:00:00.000Z', 'broken'],
  ])('the recipient confirms %s', (_, at, expected) => {
    const story = new Correction().tells(toldAt, police).confirms('police.example', at);
    expect(story.of('police.example')).toEqual(['youth.example kept', `police.example ${expected}`]);
  });

  it('the recipient has its time from when it was told, however late that was', () => {
    const story = new Correction().tells('2026-12-01T10:00:00.000Z', police);
    expect(story.of('police.example', '2026-12-04T22:59:59.999Z')).toEqual([
      'youth.example broken',
      'police.example pending',
    ]);
    expect(story.of('police.example', '2026-12-04T23:00:00.000Z')[1]).toBe('police.example broken');
  });

  it.each<[string, Data, string]>([
    ['done', { done: true }, 'kept'],
    ['not done, with the reason', { done: false, notDoneBecause: 'It was marked instead.' }, 'kept'],
    ['not done, without one', { done: false }, 'broken'],
    ['not done, with a reason that is missing', { done: false, notDoneBecause: { missing: 'follows' } }, 'broken'],
    ['not known', { done: { missing: 'unknown' } }, 'broken'],
    ['done, but of another disclosure', { disclosureId: received }, 'broken'],
    ['done, but of a disclosure that is missing', { disclosureId: { missing: 'unknown' } }, 'broken'],
  ])('an action that is %s', (_, data, expected) => {
    const story = new Correction().tells(toldAt, police).confirms('police.example', '2026-11-19T10:00:00.000Z', data);
    expect(story.of('police.example')[1]).toBe(`police.example ${expected}`);
  });

  it('who confirms was told, whether that was recorded or not', () => {
    const story = new Correction().confirms('police.example', '2026-11-19T10:00:00.000Z');
    expect(story.of('police.example')).toEqual(['youth.example kept']);
  });

  it.each<[string, Data]>([
    ['it tells the body they came from', { notifiedAs: 'originator' }],
    ['it does not say whom', { notified: { missing: 'unknown' } }],
    ['it tells of another correction', { invalidation: '0195a6f0-00aa-7000-8000-0000000000ff' }],
    ['it does not say whether it was reached', { reached: { missing: 'unknown' } }],
    ['it was not reached', { reached: false }],
  ])('a notice does not count where %s', (_, data) => {
    expect(new Correction().tells(toldAt, { ...police, ...data }).of('police.example')).toEqual([
      'youth.example broken',
    ]);
  });

  it('a notice that names no correction tells of those before it', () => {
    const unnamed = { ...police, invalidation: undefined };
    expect(new Correction().tells(toldAt, unnamed).of('police.example')[0]).toBe('youth.example kept');
    const before = new Correction().tells('2026-11-17T10:00:00.000Z', unnamed);
    expect(before.of('police.example')).toEqual(['youth.example broken']);
  });

  it('who cannot be reached need not be under the regulation; the directive knows no such exception', () => {
    const unreached = { ...police, reached: false, notReachedBecause: 'The association was dissolved.' };
    expect(new Correction().tells(toldAt, unreached).of('police.example')).toEqual(['youth.example kept']);
    const led = new Correction({ regime: 'LED', pack: 'DE-NW' }).tells(toldAt, unreached);
    expect(led.of('police.example')).toEqual(['youth.example broken']);
  });

  it.each<[unknown, number]>([
    ['incorrect', 2],
    ['unlawful', 2],
    [{ missing: 'unknown' }, 2],
    ['superseded', 0],
  ])('is asked where the cause is %j', (cause, count) => {
    expect(new Correction({ cause }).verdicts(qua02)).toHaveLength(count);
  });

  it('counts working days by the calendar of whoever owes', () => {
    const registry = { regimeOf: () => 'LED', packOf: () => 'DE-NW' };
    const corpusChristi = '2026-06-03T10:00:00.000Z';
    const story = new Correction({}, corpusChristi, registry).tells(corpusChristi, police);
    expect(story.of('police.example', '2026-06-08T22:30:00.000Z')).toEqual([
      'youth.example kept',
      'police.example pending',
    ]);
    const elsewhere = new Correction({}, corpusChristi).tells(corpusChristi, police);
    expect(elsewhere.of('police.example', '2026-06-08T22:30:00.000Z')[1]).toBe('police.example broken');
  });

  it('an erased entry may have been the notice, or the confirmation', () => {
    const story = new Correction().tells(toldAt, police).confirms('police.example', '2026-12-24T10:00:00.000Z');
    expect(story.of('police.example')).toEqual(['youth.example kept', 'police.example broken']);
    expect(erased(story, 0).of('police.example')).toEqual(['youth.example kept', 'police.example not-decidable']);
    expect(erased(new Correction().tells(toldAt, police), 2).of('police.example')).toEqual([
      'youth.example not-decidable',
    ]);
  });
});

describe('QUA-03: the body that wrong data came from is told', () => {
  const toldAt = '2026-11-18T11:00:00.000Z';
  const clinic = { notified: 'clinic.example', notifiedAs: 'originator', cause: 'incorrect-at-origin' };
  const wrong = (data: Data = {}, at = found): Correction =>
    new Correction({ originator: 'clinic.example', ...data }, at);

  it.each([
    ['on the third working day', '2026-11-23T22:59:00.000Z', 'kept'],
    ['on the fourth', '2026-11-23T23:00:00.000Z', 'broken'],
  ])('%s', (_, at, expected) => {
    expect(wrong().tells(at, clinic).verdicts(qua03)).toEqual([expected]);
  });

  it.each([
    ['2026-11-23T22:59:59.999Z', 'pending'],
    ['2026-11-23T23:00:00.000Z', 'broken'],
  ])('not told at %s: %s', (now, expected) => {
    expect(wrong().verdicts(qua03, now)).toEqual([expected]);
  });

  it.each<[string, Data]>([
    ['no body is named', { originator: undefined }],
    ['the body is missing', { originator: { missing: 'unknown' } }],
    ['it is its own error', { originator: 'youth.example' }],
    ['the data were right', { cause: 'unlawful' }],
    ['the data were right once', { cause: 'superseded' }],
  ])('is not asked where %s', (_, data) => {
    expect(wrong(data).verdicts(qua03)).toEqual([]);
  });

  it('is asked where the cause is missing', () => {
    expect(wrong({ cause: { missing: 'unknown' } }).verdicts(qua03)).toEqual(['broken']);
  });

  it.each<[string, Data]>([
    ['it tells somebody else', { notified: 'police.example' }],
    ['it does not say whom', { notified: { missing: 'unknown' } }],
    ['it was not reached', { reached: { missing: 'unknown' } }],
    ['it is about another correction', { invalidation: '0195a6f0-00aa-7000-8000-0000000000ff' }],
    [
      'it is about another disclosure',
      { invalidation: undefined, disclosureId: '0195a6f0-0003-7000-8000-00000000000c' },
    ],
  ])('a notice does not count where %s', (_, data) => {
    expect(
      wrong()
        .tells(toldAt, { ...clinic, ...data })
        .verdicts(qua03),
    ).toEqual(['broken']);
  });

  describe('in the exchange by which they came', () => {
    const elsewhere = (data: Data): Story => {
      const story = new Story();
      const plain = { ...clinic, reached: true, invalidation: undefined, disclosureId: received };
      story.tell('RecipientNotified', { by: 'youth.example', at: toldAt, data: { ...plain, ...data } });
      return story;
    };

    it('is told of the disclosure that was passed on', () => {
      expect(wrong().link(received, elsewhere({})).verdicts(qua03)).toEqual(['kept']);
    });

    it('is told of the correction', () => {
      const story = wrong();
      const notice = elsewhere({ invalidation: story.invalidation, disclosureId: { missing: 'unknown' } });
      expect(story.link(story.invalidation, notice).verdicts(qua03)).toEqual(['kept']);
    });

    it('cannot be said where the notice is erased', () => {
      expect(
        wrong()
          .link(received, erased(elsewhere({})))
          .verdicts(qua03),
      ).toEqual(['not-decidable']);
    });
  });

  it('is for who corrects to tell', () => {
    expect(
      wrong()
        .judgements(qua03)
        .map(({ side, part }) => [side.agency, part]),
    ).toEqual([['youth.example', 'clinic.example']]);
  });
});
