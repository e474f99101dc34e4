import { never } from '#catalogue';
import { agencyId, type EntryId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v9 } from './v09-deferred-notices.js';

type Data = Readonly<Record<string, unknown>>;
const police = agencyId('police.example');
const youth = agencyId('youth-office.example');
const missing = { missing: 'unknown' };
const disclosure = '0195a6f0-0003-7000-8000-000000000001';

/** The police do not tell the person yet. */
class Deferred extends Story {
  readonly id: EntryId;

  constructor(data: Data = {}) {
    super('deferral');
    this.id = this.tell('NotificationDeferred', { at: '2026-03-07T10:00:00.000Z', data });
  }

  reviewed(day: string, data: Data = {}): EntryId {
    const usual = { deferral: this.id, until: undefined, nextReview: undefined };
    return this.tell('DeferralReviewed', { at: `${day}T08:30:00.000Z`, data: { ...usual, ...data } });
  }

  informed(data: Data = {}, story: Story = this): EntryId {
    const at = '2026-09-01T09:00:00.000Z';
    return story.tell('DataSubjectInformed', { at, data: { deferral: this.id, covers: [disclosure], ...data } });
  }

  cells(agency = police, at = '2026-04-01T00:00:00.000Z') {
    return v9
      .rows(this.matter, agency)
      .filter(({ shownFrom = '', shownUntil = never }) => shownFrom <= at && at < shownUntil)
      .map(({ cells }) => cells);
  }
}

describe('V9: deferred notices', () => {
  it('shows since when, until when, of what, and by when it is reviewed', () => {
    expect(new Deferred().cells()).toMatchObject([
      {
        reviewBy: '2026-06-07',
        state: 'deferred',
        deferredAt: '2026-03-07T10:00:00.000Z',
        until: '2026-09-07',
        article: 'LED-A13',
        extent: 'delayed',
        regime: 'LED',
        covers: [disclosure],
        reviews: 0,
        reviewedAt: null,
        informedAt: null,
        lacking: [],
      },
    ]);
  });

  it('goes on with the days that a review sets', () => {
    const deferred = new Deferred();
    deferred.reviewed('2026-06-05', { outcome: 'continued', until: '2026-10-07', nextReview: '2026-08-31' });
    expect(deferred.cells()).toMatchObject([
      { reviewBy: '2026-08-31', until: '2026-10-07', reviews: 1, reviewedAt: '2026-06-05T08:30:00.000Z' },
    ]);
  });

  it('is due on its last day where that comes before the review, or a review sets no other day', () => {
    expect(new Deferred({ until: '2026-05-01' }).cells()).toMatchObject([{ reviewBy: '2026-05-01' }]);
    const deferred = new Deferred();
    deferred.reviewed('2026-06-05', { outcome: 'continued' });
    expect(deferred.cells()).toMatchObject([{ reviewBy: '2026-09-07', until: '2026-09-07' }]);
  });

  it('owes the notice once a review has ended it', () => {
    const deferred = new Deferred();
    deferred.reviewed('2026-06-05', { outcome: 'ended' });
    expect(deferred.cells()).toMatchObject([{ state: 'to-inform', reviewBy: null }]);
    deferred.informed();
    expect(deferred.cells()).toMatchObject([{ state: 'informed', informedAt: '2026-09-01T09:00:00.000Z' }]);
  });

  it('owes the notice once the last day is over, though nobody reviewed it', () => {
    const deferred = new Deferred({ until: '2027-02-01', nextReview: '2027-01-15' });
    const at = (moment: string) => deferred.cells(police, moment);
    expect(at('2027-02-01T22:59:59.999Z')).toMatchObject([{ state: 'deferred', reviewBy: '2027-01-15' }]);
    expect(at('2027-02-01T23:00:00.000Z')).toMatchObject([{ state: 'to-inform', reviewBy: null, until: '2027-02-01' }]);
    deferred.reviewed('2027-02-03', { outcome: 'continued' });
    expect(at('2027-02-15T08:00:00.000Z')).toMatchObject([{ state: 'deferred' }]);
  });

  it('counts a notice that covers all of it, also elsewhere, and none that covers a part', () => {
    const other = '0195a6f0-0003-7000-8000-000000000002';
    const deferred = new Deferred({ covers: [disclosure, other] });
    const exchange = new Story();
    deferred.link(disclosure, exchange);
    deferred.informed({ deferral: undefined, covers: [disclosure] }, exchange);
    expect(deferred.link(disclosure, exchange).cells()).toMatchObject([{ state: 'deferred' }]);
    const inPart = new Deferred({ covers: [disclosure, other] });
    inPart.informed();
    expect(inPart.cells()).toMatchObject([{ state: 'deferred', informedAt: null }]);
    deferred.informed({ deferral: undefined, covers: [disclosure, other] }, exchange);
    expect(deferred.link(disclosure, exchange).cells()).toMatchObject([{ state: 'informed' }]);
  });

  it('says what is missing', () => {
    const deferred = new Deferred({ ground: missing, until: missing, untilEvent: undefined, nextReview: missing });
    expect(deferred.cells()).toMatchObject([{ reviewBy: null, lacking: ['ground', 'until', 'nextReview'] }]);
  });

  it('misses no end where the notice is omitted for good', () => {
    const deferred = new Deferred({ extent: 'omitted', until: undefined, untilEvent: undefined });
    expect(deferred.cells()).toMatchObject([{ until: null, lacking: [] }]);
  });

  it('never shows ground, authority or reasons', () => {
    const cells = new Deferred().cells();
    expect(JSON.stringify(cells)).not.toMatch(/prosecution|LED-A15|covert|warn|staff-|person-/);
    expect(Object.keys(cells[0] ?? {}).toSorted()).toEqual(Object.keys(v9.columns).toSorted());
  });

  it('is the view of who deferred it: nobody else knows of it', () => {
    expect(new Deferred().cells(youth)).toEqual([]);
  });

  it('cannot say where it stands after an entry was erased that may have ended it', () => {
    const deferred = new Deferred();
    deferred.erase(deferred.reviewed('2026-06-05', { outcome: 'ended' }));
    expect(deferred.cells()).toMatchObject([{ state: 'not-decidable', reviewBy: '2026-06-07' }]);
    expect(deferred.erase(deferred.id).cells()).toEqual([]);
  });
});
