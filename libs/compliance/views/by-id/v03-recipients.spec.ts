import { agencyId, type EntryId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { rowsOf } from '../rows-of.js';
import { v3 } from './v03-recipients.js';

type Data = Readonly<Record<string, unknown>>;
const youth = agencyId('youth-office.example');
const police = agencyId('police.example');
const school = agencyId('school.example');
const missing = { missing: 'unknown' };
const disclosureId = '0195a6f0-0003-7000-8000-000000000001';
const at = '2026-03-06T14:05:00.000Z';

/** The youth office passes something on to the police. */
class Passed extends Story {
  readonly id: EntryId;

  constructor(data: Data = {}) {
    super();
    this.id = this.tell('InformationDisclosed', { by: youth, at, data });
  }

  replied(type: string, data: Data = {}, by: string = police): EntryId {
    return this.tell(type, { by, at: '2026-03-06T15:20:00.000Z', data });
  }

  rows(agency = youth) {
    return v3.rows(this.matter, agency);
  }

  cells(agency = youth) {
    return this.rows(agency).map(({ cells }) => cells);
  }
}

describe('V3: who received what', () => {
  it('shows recipient, date, data, purpose, both powers, channel and conditions', () => {
    const passed = new Passed();
    expect(passed.rows()).toMatchObject([
      {
        entry: passed.id,
        cells: {
          at,
          direction: 'given',
          counterpart: police,
          counterpartRegime: 'LED',
          unit: 'State protection, prevention desk',
          disclosure: disclosureId,
          dataCategories: ['exit-progress', 'family'],
          purpose: 'exit-support',
          transmitBasis: 'GDPR-A6-1-e',
          transmitProvision: 'SGB X § 69(1) no. 1',
          collectBasis: 'LED-A8-1',
          collectProvision: 'PolG NRW § 9',
          channel: 'secure-mail',
          conditions: ['purpose-only', 'social-secrecy'],
          spontaneous: false,
          country: null,
          visibility: 'open',
        },
      },
    ]);
  });

  it('has one row for each recipient, named twice or not', () => {
    const passed = new Passed({ recipients: [police, school, police] });
    expect(passed.cells().map(({ counterpart }) => counterpart)).toEqual([police, school]);
  });

  it('says of each of several recipients under which law it is, whichever the sender names for all of them', () => {
    const regimes: Readonly<Record<string, string>> = { [police]: 'LED', [school]: 'GDPR', [youth]: 'GDPR' };
    const admitted = { regimeOf: (body: string) => regimes[body] ?? null, packOf: () => null };
    const passed = new Passed({ recipients: [police, school], regimeRecipient: 'LED', regime: missing });
    const lawsOf = (agency = youth) =>
      v3.rows(passed.matter, agency, () => admitted).map(({ cells }) => cells['counterpartRegime']);
    expect(lawsOf()).toEqual(['LED', 'GDPR']);
    expect(lawsOf(school)).toEqual(['GDPR']);
    passed.replied('DisclosureReceived', { regime: 'NATSEC' }, school);
    expect(lawsOf()).toEqual(['LED', 'NATSEC']);
  });

  it('keeps an intelligence service one, whatever its receipt says', () => {
    const admitted = { regimeOf: (body: string) => (body === school ? 'NATSEC' : null), packOf: () => null };
    const passed = new Passed({ recipients: [school] });
    passed.replied('DisclosureReceived', { regime: 'GDPR' }, school);
    expect(v3.rows(passed.matter, youth, () => admitted)).toMatchObject([{ cells: { counterpartRegime: 'NATSEC' } }]);
  });

  it('says of each of several recipients by which power it collects', () => {
    const collectBases = [{ agency: school, code: 'GDPR-A6-1-e', provision: 'SchulG NRW § 120' }];
    const passed = new Passed({ recipients: [police, school], collectBases });
    const powersOf = (agency = youth): unknown => passed.cells(agency).map(({ collectProvision }) => collectProvision);
    expect(powersOf()).toEqual(['PolG NRW § 9', 'SchulG NRW § 120']);
    expect(powersOf(school)).toEqual(['SchulG NRW § 120']);
  });

  it('says of each recipient whether receipt and feedback came', () => {
    const passed = new Passed({ recipients: [police, school] });
    passed.replied('DisclosureReceived');
    expect(passed.cells()).toMatchObject([
      { counterpart: police, receipt: 'came', receivedAt: '2026-03-06T15:20:00.000Z', feedback: 'open' },
      { counterpart: school, receipt: 'open', receivedAt: null, feedback: 'open' },
    ]);
    passed.replied('FeedbackGiven', {}, school);
    expect(passed.cells()).toMatchObject([{ feedback: 'open' }, { feedback: 'came' }]);
  });

  it('does not take a receipt of another disclosure for the one of this', () => {
    const passed = new Passed();
    passed.replied('DisclosureReceived', { disclosureId: '0195a6f0-0003-7000-8000-000000000099' });
    expect(passed.cells()).toMatchObject([{ receipt: 'open' }]);
  });

  it('does not know what came where the recipient has erased something', () => {
    const passed = new Passed();
    passed.erase(passed.replied('DisclosureReceived'));
    const unknown = { receipt: 'not-decidable', receivedAt: null, feedback: 'not-decidable' };
    expect(passed.cells()).toMatchObject([unknown]);
    expect(rowsOf(v3, passed.matter)).toMatchObject([{ agency: youth, cells: unknown }, { agency: police }]);
  });

  it('never reads what was told to the recipient alone', () => {
    const passed = new Passed();
    passed.replied('FeedbackGiven');
    expect(JSON.stringify(passed.rows())).not.toMatch(/two years|Answer to the request|"used"/);
    expect(Object.keys(passed.cells()[0] ?? {}).toSorted()).toEqual(Object.keys(v3.columns).toSorted());
  });

  it('shows a transfer to a third country with what it rests on', () => {
    const passed = new Passed({ transfer: { country: 'CH', tool: 'Decision 2000/518/EC' } });
    expect(passed.cells()).toMatchObject([{ country: 'CH', safeguard: 'Decision 2000/518/EC' }]);
  });

  it('takes Switzerland for none where law enforcement sends, whether or not it says its regime', () => {
    const passed = new Passed({ regime: missing, transfer: { country: 'CH' } });
    const admittedAt = () => ({ regimeOf: () => 'LED', packOf: () => null });
    expect(v3.rows(passed.matter, youth, admittedAt).map(({ cells }) => cells)).toMatchObject([{ country: null }]);
  });

  it('shows a disclosure together with what takes it back and what corrects it', () => {
    const passed = new Passed();
    passed.replied('DisclosureInvalidated', { cause: 'unlawful' }, youth);
    const correction = passed.replied('EntryCorrected', { corrects: passed.id, cause: 'wrong-person' }, youth);
    expect(passed.cells()).toMatchObject([
      { invalidated: 'unlawful', corrections: [correction], correctionCauses: ['wrong-person'] },
    ]);
  });

  it('finds a correction that was recorded outside of the exchange', () => {
    const passed = new Passed();
    const elsewhere = new Story();
    elsewhere.tell('EntryCorrected', { by: youth, at, data: { corrects: passed.id } });
    expect(passed.link(passed.id, elsewhere).cells()).toMatchObject([{ correctionCauses: ['mistake'] }]);
  });

  it('lets nobody but the discloser take back or correct', () => {
    const passed = new Passed();
    passed.replied('DisclosureInvalidated');
    passed.replied('EntryCorrected', { corrects: passed.id });
    expect(passed.cells()).toMatchObject([{ invalidated: null, corrections: [], correctionCauses: [] }]);
  });

  it('shows what is missing as missing', () => {
    const passed = new Passed({
      recipients: missing,
      purpose: missing,
      items: missing,
      legalBasisTransmit: missing,
      legalBasisCollect: { code: missing, provision: 'PolG NRW § 9' },
      spontaneous: missing,
    });
    expect(passed.cells()).toMatchObject([
      {
        counterpart: null,
        purpose: null,
        dataCategories: [],
        transmitBasis: null,
        collectBasis: null,
        collectProvision: 'PolG NRW § 9',
        spontaneous: null,
        receipt: null,
        feedback: null,
      },
    ]);
  });

  it('shows nothing of what was erased', () => {
    const passed = new Passed();
    expect(passed.erase(passed.id).rows()).toEqual([]);
  });
});

describe('V3: from whom we received it', () => {
  it('shows the recipient where the data come from, by its own receipt', () => {
    const passed = new Passed();
    const receipt = passed.replied('DisclosureReceived', {
      legalBasisCollect: { code: 'LED-A8-1', provision: 'PolG NRW § 10' },
    });
    expect(passed.rows(police)).toMatchObject([
      {
        entry: receipt,
        cells: {
          direction: 'received',
          counterpart: youth,
          counterpartRegime: 'GDPR',
          purpose: 'exit-support',
          dataCategories: ['exit-progress', 'family'],
          collectProvision: 'PolG NRW § 10',
          receipt: 'came',
          feedback: 'open',
        },
      },
    ]);
  });

  it('shows a disclosure that the recipient has not confirmed yet', () => {
    const passed = new Passed();
    expect(passed.rows(police)).toMatchObject([{ entry: passed.id, cells: { counterpart: youth, receipt: 'open' } }]);
  });

  it('shows what was received although the sender recorded nothing, hides it or has erased it', () => {
    const passed = new Passed();
    const receipt = passed.replied('DisclosureReceived');
    expect(passed.erase(passed.id).rows(police)).toMatchObject([
      {
        entry: receipt,
        cells: {
          at: '2026-03-06T15:20:00.000Z',
          direction: 'received',
          counterpart: youth,
          disclosure: disclosureId,
          dataCategories: [],
          purpose: null,
          collectProvision: 'PolG NRW § 9',
          receipt: 'came',
        },
      },
    ]);
  });

  it('knows under which law a sender is that hides its side, by what it was admitted with', () => {
    const story = new Story();
    const receipt = story.tell('DisclosureReceived', { by: police, at, data: { disclosedBy: school } });
    const admittedAt = (entry: EntryId) => ({
      regimeOf: (body: string) => (entry === receipt && body === school ? 'GDPR' : null),
      packOf: () => null,
    });
    expect(v3.rows(story.matter, police, admittedAt)).toMatchObject([
      { cells: { counterpart: school, counterpartRegime: 'GDPR' } },
    ]);
    expect(v3.rows(story.matter, police)).toMatchObject([{ cells: { counterpartRegime: null } }]);
  });

  it('shows the receipt of a disclosure that nobody has named', () => {
    const story = new Story();
    story.tell('DisclosureReceived', { by: police, at, data: { disclosureId: missing, disclosedBy: missing } });
    expect(v3.rows(story.matter, police)).toMatchObject([
      { cells: { counterpart: null, disclosure: null, receipt: 'came', feedback: 'open' } },
    ]);
  });

  it('keeps what the recipient hides from the person apart from what the sender does', () => {
    const passed = new Passed();
    passed.replied('DisclosureReceived', { visibility: 'deferred-until', hiddenUntil: '2026-09-07' });
    expect(passed.cells(police)).toMatchObject([{ visibility: 'deferred-until', hiddenUntil: '2026-09-07' }]);
    expect(passed.cells(youth)).toMatchObject([{ visibility: 'open', hiddenUntil: null }]);
  });

  it('holds back from the person what an earlier entry hid by a day alone', () => {
    const passed = new Passed();
    passed.replied('DisclosureReceived', { hiddenUntil: '2026-09-07' });
    expect(passed.cells(police)).toMatchObject([{ visibility: 'deferred-until', hiddenUntil: '2026-09-07' }]);
  });

  it('shows nobody what passed between others', () => {
    const passed = new Passed();
    passed.replied('DisclosureReceived');
    expect(passed.rows(school)).toEqual([]);
  });
});
