import { agencyId, type EntryId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v13 } from './v13-breaches.js';

type Data = Readonly<Record<string, unknown>>;
const youth = agencyId('youth.example');
const police = agencyId('police.example');
const clinic = agencyId('clinic.example');
const missing = { missing: 'unknown' };
const aware = '2026-11-16T08:00:00.000Z';
const due = '2026-11-19T08:00:00.000Z';

/** A breach of the youth office, detected on a Monday. */
class Breach extends Story {
  readonly id: EntryId;

  constructor(data: Data = {}) {
    super('breach');
    this.id = this.detected(data);
  }

  detected(data: Data): EntryId {
    const usual = { awareAt: aware, partnersAffected: [police, clinic], subjectsAbout: 40, disclosures: [] };
    return this.tell('BreachDetected', { by: 'youth.example', at: aware, data: { ...usual, ...data } });
  }

  assessed(at: string, data: Data): this {
    const usual = { partnersAffected: [police, clinic], subjectsAbout: undefined, disclosures: undefined };
    this.tell('BreachAssessed', { by: 'youth.example', at, data: { ...usual, ...data } });
    return this;
  }

  notified(target: string, notifiedAt: unknown, data: Data = {}): this {
    const at = typeof notifiedAt === 'string' ? notifiedAt : aware;
    this.tell('BreachNotified', { by: 'youth.example', at, data: { target, notifiedAt, recipients: [], ...data } });
    return this;
  }

  closed(at: string, data: Data = {}): this {
    this.tell('BreachClosed', { by: 'youth.example', at, data });
    return this;
  }

  seenBy(agency = youth) {
    return v13.rows(this.matter, agency).map(({ cells }) => cells);
  }
}

describe('V13: the breach desk', () => {
  it('shows a new breach with the end of its 72 hours, also over a weekend', () => {
    expect(new Breach({ awareAt: '2026-11-20T10:00:00.000Z' }).seenBy()).toMatchObject([
      { side: 'own', state: 'to-assess', notifyBy: '2026-11-23T10:00:00.000Z', authorityToldAt: null, persons: 40 },
    ]);
  });

  it('shows what an assessment made of it', () => {
    const breach = new Breach().assessed('2026-11-16T12:00:00.000Z', { riskLevel: 'high', subjectsAbout: 52 });
    expect(breach.seenBy()).toMatchObject([{ state: 'to-notify', risk: 'high', persons: 52, notifyBy: due }]);
  });

  it.each([
    [due, true],
    ['2026-11-19T08:00:00.001Z', false],
  ])('notified at %s: in time is %s', (notifiedAt, inTime) => {
    const breach = new Breach().notified('authority', notifiedAt);
    expect(breach.seenBy()).toMatchObject([{ state: 'notified', authorityToldAt: notifiedAt, inTime, notifyBy: null }]);
  });

  it('owes nothing to the authority where a risk is unlikely for a reason', () => {
    const breach = new Breach().assessed('2026-11-17T08:00:00.000Z', { riskLevel: 'unlikely' });
    expect(breach.seenBy()).toMatchObject([{ state: 'not-owed', notifyBy: null, inTime: null }]);
  });

  it('still owes it where the reason is missing', () => {
    const breach = new Breach().assessed('2026-11-17T08:00:00.000Z', { riskLevel: 'unlikely', justification: missing });
    expect(breach.seenBy()).toMatchObject([{ state: 'to-notify', notifyBy: due }]);
  });

  it('runs again from when a risk is found after all', () => {
    const breach = new Breach()
      .assessed('2026-11-17T08:00:00.000Z', { riskLevel: 'unlikely' })
      .assessed('2026-12-01T08:00:00.000Z', { riskLevel: 'risk' });
    expect(breach.seenBy()).toMatchObject([{ state: 'to-notify', notifyBy: '2026-12-04T08:00:00.000Z' }]);
    expect(breach.notified('authority', '2026-12-02T08:00:00.000Z').seenBy()).toMatchObject([{ inTime: true }]);
  });

  it('names the partners that are still to be told', () => {
    const breach = new Breach().notified('partner', '2026-11-16T10:00:00.000Z', { recipients: [police] });
    expect(breach.seenBy()).toMatchObject([{ partnersToTell: [clinic] }]);
    expect(breach.assessed('2026-11-16T11:00:00.000Z', { partnersAffected: [police] }).seenBy()).toMatchObject([
      { partnersToTell: [] },
    ]);
  });

  it('names the member states that are still to be told', () => {
    const breach = new Breach()
      .assessed('2026-11-16T09:00:00.000Z', { statesAffected: ['FR', 'BE'] })
      .notified('partner', '2026-11-16T10:00:00.000Z', { states: ['BE'] });
    expect(breach.seenBy()).toMatchObject([{ partnersToTell: [police, clinic], statesToTell: ['FR'] }]);
    const found = breach.assessed('2026-11-17T10:00:00.000Z', { statesAffected: [] });
    expect(found.seenBy()).toMatchObject([{ statesToTell: [] }]);
  });

  it('is closed, with the number of persons in the end', () => {
    const breach = new Breach().notified('subject', '2026-11-18T08:00:00.000Z').closed('2026-12-20T08:00:00.000Z', {
      subjects: 37,
    });
    expect(breach.seenBy()).toMatchObject([
      {
        state: 'closed',
        persons: 37,
        personsToldAt: '2026-11-18T08:00:00.000Z',
        closedAt: '2026-12-20T08:00:00.000Z',
      },
    ]);
  });

  it('counts from the day of the entry where it is not said since when it was known', () => {
    expect(new Breach({ awareAt: missing, subjectsAbout: missing, nature: missing }).seenBy()).toMatchObject([
      { awareAt: aware, notifyBy: due, persons: null, nature: [] },
    ]);
  });

  it('does not take a notice without a moment for one', () => {
    expect(new Breach().notified('authority', missing).seenBy()).toMatchObject([{ authorityToldAt: null }]);
  });

  it('cannot say what is owed where an entry was erased that may have shown it', () => {
    const breach = new Breach().notified('authority', due);
    const [, notice] = breach.matter.entries;
    if (notice) breach.erase(notice.id);
    expect(breach.seenBy()).toMatchObject([{ state: 'not-decidable', authorityToldAt: null }]);
    breach.erase(breach.id);
    expect(breach.seenBy()).toEqual([]);
  });

  it('shows a partner that it was told, and nothing else', () => {
    const disclosures = ['0195a6f0-0003-7000-8000-000000000001'];
    const breach = new Breach().notified('partner', due, { recipients: [police], disclosures });
    expect(breach.seenBy(police)).toMatchObject([
      { side: 'told', controller: youth, awareAt: due, disclosures, state: null, risk: null, persons: null },
    ]);
    expect(breach.seenBy(clinic)).toEqual([]);
  });
});
