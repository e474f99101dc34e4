import { agencyId, type EntryId } from '#kernel';
import { Story } from '../../rules/testing/story.js';
import { v6 } from './v06-regime-crossings.js';

type Data = Readonly<Record<string, unknown>>;
const youth = agencyId('youth-office.example');
const police = agencyId('police.example');
const service = agencyId('service.example');
const missing = { missing: 'unknown' };
const at = '2026-03-06T14:05:00.000Z';

class Passed extends Story {
  readonly id: EntryId;

  constructor(data: Data = {}) {
    super();
    const usual = { regime: 'LED', regimeRecipient: 'GDPR', recipients: [police], items: [item()] };
    this.id = this.tell('InformationDisclosed', { by: youth, at, data: { ...usual, ...data } });
  }

  received(regime: unknown, by: string = police): EntryId {
    return this.tell('DisclosureReceived', { by, at, data: { regime } });
  }

  /** @param regimes under which bodies were admitted when it was recorded */
  cells(agency = youth, regimes: Readonly<Record<string, string>> = {}) {
    const admittedAt = (entry: EntryId) => ({
      regimeOf: (body: string) => (entry === this.id ? (regimes[body] ?? null) : null),
      packOf: () => null,
    });
    return v6.rows(this.matter, agency, admittedAt).map(({ cells }) => cells);
  }
}

const admitted = { [police]: 'LED', [service]: 'NATSEC', [youth]: 'GDPR' };

const item = (collectedFor?: unknown, dataCategory = 'family') => ({
  dataCategory,
  ...(collectedFor !== undefined && { collectedFor }),
});

describe('V6: regime crossings', () => {
  it('shows from which regime into which, the provision and the data', () => {
    expect(new Passed().cells()).toMatchObject([
      {
        at,
        kind: 'regime',
        direction: 'given',
        counterpart: police,
        fromRegime: 'LED',
        toRegime: 'GDPR',
        provisionNeeded: true,
        provision: 'SGB X § 69(1) no. 1',
        legalBasis: 'GDPR-A6-1-e',
        dataCategories: ['family'],
      },
    ]);
  });

  it.each([
    ['LED', 'GDPR', true],
    ['GDPR', 'LED', false],
    ['GDPR', 'NATSEC', true],
    ['LED', 'NATSEC', true],
    ['NATSEC', 'GDPR', true],
    ['NATSEC', 'LED', true],
  ])('from %s into %s: a provision is needed is %s', (regime, regimeRecipient, provisionNeeded) => {
    expect(new Passed({ regime, regimeRecipient }).cells()).toMatchObject([{ provisionNeeded }]);
  });

  it('believes the recipient about its own regime', () => {
    const passed = new Passed({ regimeRecipient: 'LED' });
    expect(passed.cells()).toEqual([]);
    passed.received('GDPR');
    expect(passed.cells()).toMatchObject([{ toRegime: 'GDPR' }]);
  });

  it('knows each of several recipients by what it was admitted with, whichever regime the sender names for all', () => {
    const passed = new Passed({ regime: 'LED', recipients: [police, youth, service], regimeRecipient: 'LED' });
    expect(passed.cells(youth, admitted).map(({ counterpart, toRegime }) => [counterpart, toRegime])).toEqual([
      [youth, 'GDPR'],
      [service, 'NATSEC'],
    ]);
    const toOne = new Passed({ regime: 'GDPR', recipients: [police, youth], regimeRecipient: 'LED' });
    expect(toOne.cells(youth, admitted)).toMatchObject([{ counterpart: police, toRegime: 'LED' }]);
  });

  it('lets nobody name an intelligence service away, but believes one recipient to be what the sender names it', () => {
    expect(new Passed({ regime: 'GDPR', recipients: [service] }).cells(youth, admitted)).toMatchObject([
      { toRegime: 'NATSEC', provisionNeeded: true },
    ]);
    expect(new Passed({ recipients: [police] }).cells(youth, admitted)).toMatchObject([{ toRegime: 'GDPR' }]);
  });

  it('lets no intelligence service name itself away by what it receipts', () => {
    const passed = new Passed({ recipients: [service], regimeRecipient: undefined });
    passed.received('LED', service);
    const crossing = [{ counterpart: service, fromRegime: 'LED', toRegime: 'NATSEC', provisionNeeded: true }];
    expect(passed.cells(youth, admitted)).toMatchObject(crossing);
  });

  it('knows the sender by what it was admitted with, where the disclosure does not say it', () => {
    const passed = new Passed({ regime: missing, regimeRecipient: undefined });
    expect(passed.cells(youth, admitted)).toMatchObject([{ fromRegime: 'GDPR', toRegime: 'LED' }]);
  });

  it.each([
    ['stays in its regime', { regimeRecipient: 'LED' }],
    ['says nothing of the recipient', { regimeRecipient: undefined }],
    ['does not know its own', { regime: missing }],
    ['has no recipient', { recipients: missing }],
  ])('shows no crossing where a disclosure %s', (_, data) => {
    expect(new Passed(data).cells()).toEqual([]);
  });

  it('judges each recipient by itself and shows it to both sides, and to nobody else', () => {
    const passed = new Passed({ recipients: [police, service], regimeRecipient: undefined });
    passed.received('NATSEC', service);
    expect(passed.cells()).toMatchObject([{ counterpart: service, toRegime: 'NATSEC' }]);
    expect(passed.cells(service)).toMatchObject([{ direction: 'received', counterpart: youth }]);
    expect(passed.cells(police)).toEqual([]);
  });

  it('knows nothing any more of what was erased', () => {
    const passed = new Passed({ regimeRecipient: undefined });
    passed.erase(passed.received('GDPR'));
    expect(passed.cells()).toEqual([]);
    expect(new Passed().cells()).toHaveLength(1);
    const gone = new Passed();
    expect(gone.erase(gone.id).cells()).toEqual([]);
  });
});

describe('V6: crossings of which the agency knows its own receipt alone', () => {
  const known = { regimeOf: (body: string) => (admitted as Data)[body] as string, packOf: () => null };
  const received = (data: Data): Story => {
    const story = new Story();
    story.tell('DisclosureReceived', { by: police, at, data: { disclosedBy: service, ...data } });
    return story;
  };
  const cellsOf = (story: Story, agency = police) => v6.rows(story.matter, agency, () => known);

  it('are from the regime that the sender was admitted with, into the one of the receipt', () => {
    const story = received({ regime: 'LED' });
    expect(cellsOf(story)).toMatchObject([
      {
        entry: story.matter.entries[0]?.id,
        cells: {
          kind: 'regime',
          direction: 'received',
          counterpart: service,
          fromRegime: 'NATSEC',
          toRegime: 'LED',
          provisionNeeded: true,
          dataCategories: [],
        },
      },
    ]);
    expect(cellsOf(story, service)).toEqual([]);
  });

  it('are into the one that the recipient was admitted with, where the receipt does not say it', () => {
    expect(cellsOf(received({ regime: missing }))).toMatchObject([{ cells: { toRegime: 'LED' } }]);
    expect(cellsOf(received({ regime: 'NATSEC' }))).toEqual([]);
    expect(cellsOf(received({ disclosedBy: missing }))).toEqual([]);
  });

  it('are shown once the sender’s disclosure is erased, and once only while it is known', () => {
    const passed = new Passed({ regime: 'NATSEC', regimeRecipient: 'LED' });
    passed.received('LED');
    expect(passed.cells(police, admitted)).toMatchObject([{ fromRegime: 'NATSEC', dataCategories: ['family'] }]);
    expect(cellsOf(passed.erase(passed.id))).toMatchObject([{ cells: { fromRegime: 'GDPR', dataCategories: [] } }]);
  });
});

describe('V6: purpose changes', () => {
  const changed = (data: Data = {}) => new Passed({ regimeRecipient: 'LED', purpose: 'exit-support', ...data });

  it('shows what was collected for something else, and that it was found compatible', () => {
    const items = [item('child-welfare', 'exit-progress'), item('exit-support'), item()];
    expect(changed({ items, purposeCompatible: true }).cells()).toMatchObject([
      {
        kind: 'purpose',
        collectedFor: ['child-welfare'],
        purpose: 'exit-support',
        compatible: true,
        dataCategories: ['exit-progress'],
        fromRegime: null,
        provisionNeeded: null,
      },
    ]);
  });

  it('does not say that it was found compatible where nobody has said so', () => {
    expect(changed({ items: [item('child-welfare')] }).cells()).toMatchObject([{ compatible: null }]);
  });

  it.each([
    ['the same', [item('exit-support')]],
    ['not said', [item()]],
    ['unknown', [item(missing)]],
  ])('shows no change where what it was collected for is %s', (_, items) => {
    expect(changed({ items }).cells()).toEqual([]);
  });

  it('shows no change where the purpose is missing', () => {
    expect(changed({ purpose: missing, items: [item('child-welfare')] }).cells()).toEqual([]);
  });

  it('shows both where both happen', () => {
    const cells = new Passed({ items: [item('child-welfare')], purpose: 'exit-support' }).cells();
    expect(cells.map(({ kind }) => kind)).toEqual(['regime', 'purpose']);
    expect(Object.keys(cells[1] ?? {}).toSorted()).toEqual(Object.keys(v6.columns).toSorted());
  });
});
