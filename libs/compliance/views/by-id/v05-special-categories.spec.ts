import { agencyId, type EntryId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v5 } from './v05-special-categories.js';

type Data = Readonly<Record<string, unknown>>;
const youth = agencyId('youth-office.example');
const police = agencyId('police.example');
const school = agencyId('school.example');
const missing = { missing: 'unknown' };
const at = '2026-03-06T14:05:00.000Z';

class Passed extends Story {
  readonly id: EntryId;

  /** @param categories of data that an adult's disclosure holds */
  constructor(categories: readonly string[], data: Data = {}) {
    super();
    const items = categories.map((dataCategory) => ({ dataCategory }));
    const usual = { items, ageBand: 'adult', recipients: [police] };
    this.id = this.tell('InformationDisclosed', { by: youth, at, data: { ...usual, ...data } });
  }

  cells(agency = youth) {
    return v5.rows(this.matter, agency).map(({ cells }) => cells);
  }
}

describe('V5: special categories, criminal data, minors', () => {
  it('shows what of it was passed on, to whom, for what and on which ground', () => {
    const data = { specialGround: 'GDPR-A9-2-h', threshold: 'danger to life' };
    expect(new Passed(['family', 'mental-health'], data).cells()).toMatchObject([
      {
        at,
        kinds: ['special'],
        direction: 'given',
        sender: youth,
        recipients: [police],
        dataCategories: ['mental-health'],
        purpose: 'exit-support',
        specialGround: 'GDPR-A9-2-h',
        legalBasis: 'GDPR-A6-1-e',
        provision: 'SGB X § 69(1) no. 1',
        threshold: 'danger to life',
        lacking: [],
      },
    ]);
  });

  it.each([
    ['health-record', ['special']],
    ['ideology-assessment', ['special']],
    ['criminal-charge', ['criminal']],
    ['detention-record', ['criminal']],
  ])('counts %s as %j', (category, kinds) => {
    expect(new Passed([category]).cells()).toMatchObject([{ kinds }]);
  });

  it.each(['under-14', '14-17'])('counts everything of a minor (%s) and does not say how old', (ageBand) => {
    const passed = new Passed(['family', 'address'], { ageBand });
    expect(passed.cells()).toMatchObject([{ kinds: ['minor'], dataCategories: ['family', 'address'] }]);
    expect(JSON.stringify(passed.cells())).not.toContain(ageBand);
  });

  it('names several kinds at once', () => {
    const passed = new Passed(['mental-health', 'criminal-offence'], { ageBand: '14-17' });
    expect(passed.cells()).toMatchObject([{ kinds: ['special', 'criminal', 'minor'] }]);
  });

  it.each([
    ['flagged', true, ['special']],
    ['not known to be special', missing, ['special']],
  ])('counts other data that are %s', (_, specialCategory, kinds) => {
    const items = [{ dataCategory: 'other', specialCategory }];
    expect(new Passed([], { items }).cells()).toMatchObject([{ kinds, dataCategories: ['other'] }]);
  });

  it('does not count data on offences as special because they are flagged', () => {
    const items = [{ dataCategory: 'criminal-charge', specialCategory: true }];
    expect(new Passed([], { items }).cells()).toMatchObject([{ kinds: ['criminal'] }]);
  });

  it('leaves out other data of adults', () => {
    expect(new Passed(['family']).cells()).toEqual([]);
  });

  it.each([
    ['the ground', ['mental-health'], {}, ['specialGround']],
    [
      'in law enforcement why it is strictly necessary',
      ['mental-health'],
      { regime: 'LED', specialGround: 'LED-A10-a' },
      ['strictNecessity'],
    ],
    ['the provision', ['criminal-charge'], { legalBasisTransmit: missing }, ['provision']],
    ['the age band', ['criminal-charge'], { ageBand: missing }, ['ageBand']],
  ])('says that it lacks %s', (_, categories, data, lacking) => {
    expect(new Passed(categories, data).cells()).toMatchObject([{ lacking }]);
  });

  it('knows that a reason was given without reading it', () => {
    const strictNecessity = 'Without it nobody could be protected.';
    const passed = new Passed(['mental-health'], { regime: 'LED', specialGround: 'LED-A10-a', strictNecessity });
    expect(passed.cells()).toMatchObject([{ lacking: [] }]);
    expect(JSON.stringify(passed.cells())).not.toMatch(/nobody could|staff-|person-/);
    expect(Object.keys(passed.cells()[0] ?? {}).toSorted()).toEqual(Object.keys(v5.columns).toSorted());
  });

  it('shows a recipient that it received it, without the other recipients, and others nothing', () => {
    const passed = new Passed(['mental-health'], { recipients: [police, school] });
    expect(passed.cells(police)).toMatchObject([{ direction: 'received', sender: youth, recipients: [police] }]);
    expect(passed.cells(agencyId('clinic.example'))).toEqual([]);
  });

  it('shows nothing of what is missing altogether or was erased', () => {
    expect(new Passed([], { items: missing }).cells()).toEqual([]);
    const passed = new Passed(['mental-health']);
    expect(passed.erase(passed.id).cells()).toEqual([]);
  });
});
