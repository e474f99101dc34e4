import type { EntryId } from '#kernel';
import { emptyRegistry, Story } from '../testing/story.js';
import { inf01 } from './inf-01.js';
import { inf02 } from './inf-02.js';

type Data = Readonly<Record<string, unknown>>;

const sent = '2026-09-10T10:00:00.000Z';
const youth = 'youth.example';
const police = 'police.example';
const disclosureId = '0195a6f0-0003-7000-8000-0000000000e1';
const missing = { missing: 'unknown' };
const gdpr = { regime: 'GDPR', pack: 'DE-SGB' };
const federal = { regime: 'LED', pack: 'DE-BDSG3' };

const disclosed = (data: Data = {}, at = sent, registry = emptyRegistry): Story => {
  const story = new Story('exchange', registry);
  story.tell('InformationDisclosed', { by: youth, at, data: { disclosureId, ...gdpr, ...data } });
  return story;
};

const received = (data: Data = {}): Story => {
  const story = new Story();
  story.tell('DisclosureReceived', { by: police, at: sent, data: { disclosureId, ...federal, ...data } });
  return story;
};

const notice = (story: Story, type: string, at: string, data: Data = {}, by = youth): EntryId =>
  story.tell(type, { by, at, data: { covers: [disclosureId], ...data } });

describe('INF-01: the person is informed within a month, or it is recorded why not', () => {
  it.each([
    ['2026-10-12T21:59:59.999Z', 'kept', 'pending'],
    ['2026-10-12T22:00:00.000Z', 'broken', 'broken'],
  ])('at %s a notice is %s, and none is %s', (at, given, none) => {
    for (const type of ['DataSubjectInformed', 'NotificationDeferred']) {
      const story = disclosed();
      notice(story, type, at);
      expect(story.verdicts(inf01)).toEqual([given]);
    }
    expect(disclosed().verdicts(inf01, at)).toEqual([none]);
  });

  it.each([
    ['the end of a short month', '2027-01-29T08:00:00.000Z', '2027-03-01T22:59:59.999Z'],
    ['the leap day', '2028-01-31T08:00:00.000Z', '2028-02-29T22:59:59.999Z'],
    ['the end of summer time', '2026-10-01T08:00:00.000Z', '2026-11-02T22:59:59.999Z'],
    ['a holiday', '2026-04-01T08:00:00.000Z', '2026-05-04T21:59:59.999Z'],
  ])('over %s', (_, at, last) => {
    expect(disclosed({}, at).judgements(inf01)[0]?.verdict).toEqual({ is: 'pending', due: last });
  });

  it.each<[string, Data, string, string]>([
    ['covers another disclosure', { covers: ['0195a6f0-0003-7000-8000-0000000000e9'] }, youth, 'broken'],
    ['covers none', { covers: [] }, youth, 'broken'],
    ['does not say what it covers', { covers: missing }, youth, 'broken'],
    ['comes from the other side', {}, police, 'broken'],
    ['covers it among others', { covers: ['0195a6f0-0003-7000-8000-0000000000e9', disclosureId] }, youth, 'kept'],
  ])('a notice that %s', (_, data, by, expected) => {
    const story = disclosed();
    notice(story, 'DataSubjectInformed', sent, data, by);
    expect(story.verdicts(inf01)).toEqual([expected]);
  });

  it('no notice can cover a disclosure without a name', () => {
    const story = disclosed({ disclosureId: missing });
    notice(story, 'DataSubjectInformed', sent, { covers: missing });
    expect(story.verdicts(inf01)).toEqual(['broken']);
  });

  it('a notice outside the exchange counts as well', () => {
    const elsewhere = new Story('deferral');
    notice(elsewhere, 'NotificationDeferred', sent);
    expect(disclosed().link(disclosureId, elsewhere).verdicts(inf01)).toEqual(['kept']);
  });

  it('an erased entry may have been the notice, also one of a deferral elsewhere', () => {
    const story = disclosed();
    story.erase(notice(story, 'DataSubjectInformed', sent));
    expect(story.verdicts(inf01)).toEqual(['not-decidable', 'not-decidable']);
    const deferral = new Story('deferral');
    deferral.erase(notice(deferral, 'NotificationDeferred', sent));
    expect(disclosed().link('deferral', deferral).verdicts(inf01)).toEqual(['not-decidable']);
    const consent = new Story('consent');
    consent.erase(notice(consent, 'DataSubjectInformed', sent));
    expect(disclosed().link('consent', consent).verdicts(inf01)).toEqual(['broken']);
  });

  it('both sides owe it, each for what it recorded itself', () => {
    const story = disclosed();
    story.tell('DisclosureReceived', { by: police, at: sent, data: { disclosureId, ...gdpr } });
    notice(story, 'DataSubjectInformed', sent, {}, police);
    expect(story.judgements(inf01).map(({ side }) => side.agency)).toEqual([youth, police]);
    expect(story.verdicts(inf01)).toEqual(['broken', 'kept']);
  });

  it.each(['in the same exchange', 'in another one'])('who received it informs before passing it on, %s', (where) => {
    const data = { disclosureId: '0195a6f0-0003-7000-8000-0000000000e2', derivedFrom: [disclosureId], ...gdpr };
    const receipt = received(gdpr);
    const passing = where === 'in another one' ? new Story() : receipt;
    passing.tell('InformationDisclosed', { by: police, at: '2026-09-15T10:00:00.000Z', data });
    const story = passing === receipt ? receipt : receipt.link(disclosureId, passing);
    expect(story.judgements(inf01)[0]?.verdict).toEqual({ is: 'pending', due: '2026-09-15T10:00:00.000Z' });
  });

  it.each<[string, Data, readonly string[]]>([
    ['the regulation', gdpr, ['broken']],
    ['the directive alone', { regime: 'LED', pack: undefined }, []],
    ['the directive and a Land that names no such duty', { regime: 'LED', pack: 'DE-NW' }, []],
    ['the directive and the federal act', federal, ['broken']],
    ['no law that is known', { regime: missing, pack: missing }, ['broken']],
  ])('under %s: %j', (_, law, expected) => {
    expect(received(law).verdicts(inf01)).toEqual(expected);
  });

  it('who does not say its regime is judged by the one it was admitted with', () => {
    const registry = { ...emptyRegistry, regimeOf: () => 'LED', packOf: () => 'DE-NW' };
    expect(disclosed({ regime: missing, pack: undefined }, sent, registry).verdicts(inf01)).toEqual([]);
  });

  it('under the federal act the month is no law', () => {
    expect(received().judgements(inf01)).toMatchObject([
      { settings: { basis: 'policy', packs: ['DE-BDSG3@1', 'EU-LED@1'] } },
    ]);
  });
});

describe('INF-02: a deferred notice has ground, end and review', () => {
  const deferredAt = '2026-03-06T10:00:00.000Z';
  const plain = { nextReview: '2026-06-08', until: '2026-09-07', untilEvent: undefined };
  const deferred = (data: Data = {}): Story => {
    const story = new Story('deferral');
    notice(story, 'NotificationDeferred', deferredAt, { ...plain, ...data });
    return story;
  };
  const reviewed = (story: Story, at: string, data: Data = {}): Story => {
    story.tell('DeferralReviewed', { by: youth, at, data });
    return story;
  };

  it.each<[Data, string]>([
    [{}, 'kept'],
    [{ ground: missing }, 'broken'],
    [{ nextReview: missing }, 'broken'],
    [{ until: missing }, 'broken'],
    [{ until: undefined }, 'broken'],
    [{ until: undefined, untilEvent: 'End of the measure' }, 'kept'],
    [{ until: undefined, extent: 'omitted' }, 'kept'],
    [{ until: undefined, extent: missing }, 'broken'],
  ])('deferred with %j: %s', (data, expected) => {
    expect(deferred(data).verdicts(inf02)[0]).toBe(expected);
  });

  it.each<[Data, string]>([
    [{}, '2026-06-08T21:59:59.999Z'],
    [{ nextReview: '2026-11-30', until: '2026-11-30' }, '2026-09-07T21:59:59.999Z'],
    [{ nextReview: missing, until: missing }, '2026-09-07T21:59:59.999Z'],
    [{ nextReview: '2026-02-30' }, '2026-09-07T21:59:59.999Z'],
    [{ until: '2026-03-28' }, '2026-03-28T22:59:59.999Z'],
    [{ until: '2026-03-29' }, '2026-03-29T21:59:59.999Z'],
  ])('deferred with %j it is to be reviewed by %s', (data, due) => {
    expect(deferred(data).judgements(inf02)[1]?.verdict).toEqual({ is: 'pending', due });
    expect(reviewed(deferred(data), due, { outcome: 'ended' }).verdicts(inf02)[1]).toBe('kept');
  });

  it.each([
    ['2026-06-08T21:59:59.999Z', 'kept', 'pending'],
    ['2026-06-08T22:00:00.000Z', 'broken', 'broken'],
  ])('at %s a review or a notice is %s, and neither is %s', (at, done, none) => {
    expect(reviewed(deferred(), at, { outcome: 'ended' }).verdicts(inf02, at)).toEqual(['kept', done, 'pending']);
    const informed = deferred();
    notice(informed, 'DataSubjectInformed', at, { covers: [], deferral: informed.matter.entries[0]?.id });
    expect(informed.verdicts(inf02)).toEqual(['kept', done]);
    expect(deferred().verdicts(inf02, at)).toEqual(['kept', none]);
  });

  it('states six months only where no earlier day was named, and no time for what is owed at once', () => {
    const stated = (data: Data = {}) =>
      deferred(data)
        .judgements(inf02)
        .map(({ deadline }) => deadline);
    expect(stated()).toEqual(['at-once', null]);
    expect(stated({ nextReview: missing, until: missing })).toEqual(['at-once', undefined]);
  });

  it('what goes on is reviewed again, after six months at the latest', () => {
    const again = (data: Data): unknown =>
      reviewed(deferred(), '2026-06-05T08:30:00.000Z', { outcome: 'continued', until: undefined, ...data })
        .judgements(inf02)
        .at(-1)?.verdict;
    expect(again({ nextReview: '2026-08-31' })).toEqual({ is: 'pending', due: '2026-08-31T21:59:59.999Z' });
    expect(again({ nextReview: missing })).toEqual({ is: 'pending', due: '2026-12-07T22:59:59.999Z' });
    expect(again({ outcome: missing, nextReview: '2026-08-31' })).toEqual({
      is: 'pending',
      due: '2026-08-31T21:59:59.999Z',
    });
  });

  it('a late review stays late, whatever follows', () => {
    const story = reviewed(deferred(), '2026-06-10T10:00:00.000Z', { outcome: 'continued', nextReview: '2026-08-31' });
    notice(story, 'DataSubjectInformed', '2026-08-20T10:00:00.000Z');
    expect(story.verdicts(inf02)).toEqual(['kept', 'broken', 'kept']);
  });

  describe('once it ends', () => {
    const friday = '2026-06-05T08:30:00.000Z';
    const ended = (): Story => reviewed(deferred(), friday, { outcome: 'ended' });
    const last = (story: Story): unknown => story.verdicts(inf02).at(-1);

    it('the notice is owed within three working days', () => {
      expect(ended().judgements(inf02).at(-1)).toMatchObject({
        part: '/outcome',
        side: { agency: youth },
        verdict: { is: 'pending', due: '2026-06-10T21:59:59.999Z' },
        deadline: { workingDays: 3 },
      });
    });

    it.each([
      ['2026-06-10T21:59:59.999Z', 'kept'],
      ['2026-06-10T22:00:00.000Z', 'broken'],
    ])('a notice at %s is %s', (at, expected) => {
      const story = ended();
      notice(story, 'DataSubjectInformed', at);
      expect(story.verdicts(inf02)).toEqual(['kept', 'kept', expected]);
    });

    it('it is kept where the person had just been told', () => {
      const story = deferred();
      notice(story, 'DataSubjectInformed', '2026-06-05T08:00:00.000Z');
      expect(last(reviewed(story, friday, { outcome: 'ended' }))).toBe('kept');
    });

    it.each<[string, string, Data, string]>([
      ['another review that ends it', 'DeferralReviewed', { outcome: 'ended' }, 'broken'],
      ['a review that goes on with it', 'DeferralReviewed', { outcome: 'continued' }, 'kept'],
    ])('%s: %s %j is %s', (_, type, data, expected) => {
      const story = ended();
      story.tell(type, { by: youth, at: '2026-06-08T08:00:00.000Z', data });
      expect(story.verdicts(inf02)[2]).toBe(expected);
    });

    it('is one notice, however often it is said that it ends, until it is decided anew to wait', () => {
      const monday = '2026-06-08T08:00:00.000Z';
      const twice = reviewed(ended(), monday, { outcome: 'ended' });
      expect(twice.verdicts(inf02)).toEqual(['kept', 'kept', 'broken']);
      const goesOn = { outcome: 'continued', until: undefined, nextReview: '2026-08-31' };
      const again = reviewed(reviewed(ended(), monday, goesOn), '2026-08-31T08:00:00.000Z', { outcome: 'ended' });
      expect(again.verdicts(inf02)).toEqual(['kept', 'kept', 'kept', 'kept', 'broken']);
    });

    it('a new deferral of the same takes its place, and an older one or one of others does not', () => {
      const anew = (at: string, data: Data = {}, by = youth): unknown => {
        const another = new Story('deferral');
        notice(another, 'NotificationDeferred', at, data, by);
        return last(ended().link(disclosureId, another));
      };
      expect(anew('2026-06-08T08:00:00.000Z')).toBe('kept');
      expect(anew('2026-06-08T08:00:00.000Z', { covers: [] })).toBe('broken');
      expect(anew('2026-06-08T08:00:00.000Z', {}, police)).toBe('broken');
      expect(anew('2026-05-04T08:00:00.000Z')).toBe('broken');
    });

    it.each<[string, string, Data, string]>([
      ['deferred anew', '2026-06-05T09:20:00.000Z', {}, 'kept'],
      ['deferred anew too late', '2026-06-10T22:00:00.000Z', {}, 'broken'],
      ['deferred before it ended', '2026-05-04T08:00:00.000Z', {}, 'broken'],
      ['left, and another deferred', '2026-06-05T09:20:00.000Z', { covers: [disclosureId] }, 'broken'],
    ])('of two disclosures one is told and the other is %s', (_, at, data, expected) => {
      const other = '0195a6f0-0003-7000-8000-0000000000e9';
      const story = reviewed(deferred({ covers: [disclosureId, other] }), friday, { outcome: 'ended' });
      notice(story, 'DataSubjectInformed', '2026-06-05T09:10:00.000Z');
      const another = new Story('deferral');
      notice(another, 'NotificationDeferred', at, { covers: [other], ...data });
      expect(last(story.link(other, another))).toBe(expected);
    });
  });

  describe('of two disclosures', () => {
    const other = '0195a6f0-0003-7000-8000-0000000000e9';
    const told = (...notices: readonly unknown[]): readonly string[] => {
      const story = deferred({ covers: [disclosureId, other] });
      const deferral = story.matter.entries[0]?.id;
      notices.forEach((covers, day) =>
        notice(story, 'DataSubjectInformed', `2026-05-0${day + 4}T10:00:00.000Z`, { covers, deferral }),
      );
      return story.verdicts(inf02);
    };

    it('a notice of one leaves the other owed though it names the deferral', () => {
      expect(told([disclosureId])).toEqual(['kept', 'broken']);
      expect(told(missing)).toEqual(['kept', 'broken']);
    });

    it('both are told in one notice, in one after the other, or in a general one', () => {
      expect(told([other, disclosureId])).toEqual(['kept', 'kept']);
      expect(told([disclosureId], [other])).toEqual(['kept', 'kept']);
      expect(told([])).toEqual(['kept', 'kept']);
    });
  });

  it('where it is unknown what was held back, a notice that names the deferral counts', () => {
    const story = deferred({ covers: missing });
    const deferral = story.matter.entries[0]?.id;
    notice(story, 'DataSubjectInformed', '2026-05-04T10:00:00.000Z');
    expect(story.verdicts(inf02)).toEqual(['kept', 'broken']);
    notice(story, 'DataSubjectInformed', '2026-05-05T10:00:00.000Z', { deferral });
    expect(story.verdicts(inf02)).toEqual(['kept', 'kept']);
  });

  it('a notice that does not name the deferral counts where it covers all of it', () => {
    const told = (covers: unknown, by = youth): Story => {
      const elsewhere = new Story();
      notice(elsewhere, 'DataSubjectInformed', '2026-05-04T10:00:00.000Z', { covers }, by);
      return deferred().link(disclosureId, elsewhere);
    };
    expect(told([disclosureId]).verdicts(inf02)).toEqual(['kept', 'kept']);
    expect(told([disclosureId], police).verdicts(inf02)).toEqual(['kept', 'broken']);
    expect(told([]).verdicts(inf02)).toEqual(['kept', 'broken']);
  });

  it('an erased entry may have been the review', () => {
    const story = reviewed(deferred(), '2026-05-04T10:00:00.000Z', { outcome: 'ended' });
    story.erase(story.matter.entries[1]?.id as EntryId);
    expect(story.verdicts(inf02)).toEqual(['kept', 'not-decidable', 'not-decidable']);
  });
});
