import { agencyId, type Instant } from '#kernel';
import { Story } from '../rules/testing/story.js';
import { accessAnswerOf } from './access-answer.js';
import { v3 } from './by-id/v03-recipients.js';

type Data = Readonly<Record<string, unknown>>;
const youth = agencyId('youth-office.example');
const police = agencyId('police.example');
const school = agencyId('school.example');
const service = agencyId('service.example');
const missing = { missing: 'unknown' };
const today = '2026-11-22';
/** Of that day, in Berlin. */
const lastMoment = '2026-11-22T22:59:59.999Z';
const disclosureId = (number: number): string => `0195a6f0-0003-7000-8000-00000000000${number}`;

/** What the youth office can say of one person. */
class Told extends Story {
  #disclosures = 0;

  gave(month: number, data: Data = {}) {
    this.#disclosures += 1;
    const usual = { disclosureId: disclosureId(this.#disclosures), recipients: [police] };
    return this.tell('InformationDisclosed', { by: youth, at: at(month), data: { ...usual, ...data } });
  }

  received(month: number, by: string, data: Data = {}) {
    this.#disclosures += 1;
    const usual = { disclosureId: disclosureId(this.#disclosures), recipients: [youth] };
    return this.tell('InformationDisclosed', { by, at: at(month), data: { ...usual, ...data } });
  }

  answer(now = lastMoment) {
    return accessAnswerOf(v3.rows(this.matter, youth), now as Instant);
  }

  gaps() {
    return this.answer().gaps.map(({ what }) => what);
  }
}

const at = (month: number): string => `2026-0${month}-06T14:05:00.000Z`;

describe('the draft of an access answer', () => {
  it('says purposes, categories, each recipient with its dates and provisions, and the origin', () => {
    const told = new Told();
    const last = told.gave(5, { purpose: 'probation-supervision', items: [{ dataCategory: 'address' }] });
    const first = told.gave(3);
    const from = told.received(4, school, { purpose: 'school-support', items: [{ dataCategory: 'education' }] });
    expect(told.answer()).toEqual({
      purposes: ['exit-support', 'school-support', 'probation-supervision'],
      dataCategories: ['exit-progress', 'family', 'education', 'address'],
      recipients: [
        {
          agency: police,
          from: at(3),
          to: at(5),
          purposes: ['exit-support', 'probation-supervision'],
          dataCategories: ['exit-progress', 'family', 'address'],
          provisions: ['SGB X § 69(1) no. 1'],
          transfers: [],
          entries: [first, last],
        },
      ],
      origins: [
        {
          agency: school,
          from: at(4),
          to: at(4),
          purposes: ['school-support'],
          dataCategories: ['education'],
          provisions: ['PolG NRW § 9'],
          transfers: [],
          entries: [from],
        },
      ],
      gaps: [{ what: 'storage', entry: null }],
    });
  });

  it('always lacks how long data are stored: no view may read what was told about it', () => {
    expect(new Told().answer()).toEqual({
      purposes: [],
      dataCategories: [],
      recipients: [],
      origins: [],
      gaps: [{ what: 'storage', entry: null }],
    });
  });

  it('marks what is missing as a gap, with the entry that lacks it', () => {
    const told = new Told();
    const entry = told.gave(3, { recipients: missing, purpose: missing, items: missing });
    const gaps = ['recipient', 'purpose', 'categories'].map((what) => ({ what, entry }));
    expect(told.answer()).toMatchObject({ recipients: [], gaps: [...gaps, { what: 'storage' }] });
  });

  it('marks an origin that nobody has recorded', () => {
    const told = new Told();
    told.tell('DisclosureReceived', { by: youth, at: at(3), data: { disclosedBy: missing } });
    expect(told.gaps()).toEqual(['origin', 'purpose', 'categories', 'storage']);
  });

  it('names safeguards of transfers, and where they are not recorded', () => {
    const told = new Told();
    told.gave(3, { transfer: { country: 'CH', tool: 'Decision 2000/518/EC' } });
    told.gave(4, { transfer: { country: 'TR', tool: missing } });
    expect(told.answer().recipients).toMatchObject([
      {
        transfers: [
          { country: 'CH', safeguard: 'Decision 2000/518/EC' },
          { country: 'TR', safeguard: null },
        ],
      },
    ]);
    expect(told.gaps()).toEqual(['safeguard', 'storage']);
  });

  it.each([
    ['restricted', { visibility: 'restricted' }],
    ['sealed', { visibility: 'sealed' }],
    ['deferred without a day', { visibility: 'deferred-until' }],
    ['deferred until today', { visibility: 'deferred-until', hiddenUntil: today }],
  ])('reveals nothing of what is %s', (_, data) => {
    const told = new Told();
    const entry = told.gave(3, data);
    expect(told.answer()).toMatchObject({
      purposes: [],
      dataCategories: [],
      recipients: [],
      gaps: [{ what: 'hidden', entry }, { what: 'storage' }],
    });
  });

  it('tells of it once the day until which it was hidden is over', () => {
    const told = new Told();
    told.gave(3, { visibility: 'deferred-until', hiddenUntil: today });
    expect(told.answer('2026-11-22T23:00:00.000Z').recipients).toHaveLength(1);
  });

  it('names no intelligence service before somebody has asked for its consent', () => {
    const told = new Told();
    told.gave(3, { recipients: [service], regimeRecipient: 'NATSEC' });
    told.received(4, service, { regime: 'NATSEC' });
    expect(told.answer()).toMatchObject({ recipients: [], origins: [] });
    expect(told.gaps()).toEqual(['consent-of-service', 'consent-of-service', 'storage']);
  });

  it('leaves out what was corrected or taken back until somebody has checked what is right', () => {
    const told = new Told();
    const wrong = told.gave(3);
    told.tell('EntryCorrected', { by: youth, at: at(4), data: { corrects: wrong, cause: 'wrong-person' } });
    told.gave(5);
    told.tell('DisclosureInvalidated', { by: youth, at: at(6), data: { disclosureId: disclosureId(2) } });
    expect(told.answer().recipients).toEqual([]);
    expect(told.gaps()).toEqual(['corrected', 'corrected', 'storage']);
  });

  it('knows nothing of what was erased', () => {
    const told = new Told();
    told.erase(told.gave(3));
    expect(told.answer().recipients).toEqual([]);
  });
});
