import { exitProgramme, notGiven, police, service, Telling, textOf } from './telling.js';

/** What happened is recorded, however wrong it was: refusing the entry would only hide it. */
describe('An entry that breaks every rule it can', () => {
  let told: Telling;
  let entry: string;
  let received: string;

  beforeAll(async () => {
    told = await Telling.begin(police, exitProgramme, service);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    received = crypto.randomUUID();
    await told.record(exitProgramme, 'InformationDisclosed', {
      disclosureId: received,
      recipients: [police.agency],
      conditions: ['no-onward'],
    });
    told.goOnTo('2026-12-01T09:00:00.000Z');
    const item = {
      dataCategory: 'health-record',
      specialCategory: true,
      secrecyClass: 'professional',
      thirdPerson: true,
    };
    const marks = { itemBasis: notGiven, reliability: notGiven, asOf: notGiven, collectedFor: 'health-care' };
    const recorded = told.running.clock;
    const late = { occurredAt: recorded.in(-72 * 60 * 60 * 1000) };
    entry = await told.record(
      police,
      'InformationDisclosed',
      {
        disclosureId: crypto.randomUUID(),
        recipients: [service.agency],
        derivedFrom: [received],
        items: [{ ...item, ...marks }],
        actor: notGiven,
        ageBand: notGiven,
        justification: notGiven,
        legalBasisTransmit: notGiven,
        legalBasisCollect: notGiven,
        transfer: { country: 'TR' },
        regimeRecipient: 'NATSEC',
        regimeChangeProvision: undefined,
        threshold: undefined,
        purposeCompatible: false,
        necessity: undefined,
        alternatives: undefined,
        gateway: undefined,
        consentRef: undefined,
        specialGround: undefined,
        strictNecessity: undefined,
        qualityCheckedAt: undefined,
        activity: 'nowhere-registered@1',
        lateReason: undefined,
      },
      undefined,
      late.occurredAt,
    );
    told.goOnTo('2027-03-01T09:00:00.000Z');
  });
  afterAll(() => told.end());

  /** Of the rules about a disclosure, and that nobody checked the log since: who sends answers for it. */
  const broken = [
    'AGR-02',
    'CHD-01',
    'CON-02',
    'INT-01',
    'LAW-01',
    'LAW-02',
    'LAW-03',
    'LAW-04',
    'LOG-01',
    'LOG-02',
    'LOG-03',
    'MRK-01',
    'NEC-02',
    'PUR-01',
    'QUA-01',
    'SEC-01',
    'SPC-01',
    'SPC-02',
    'TRF-01',
  ];

  test('is recorded like any other', async () => {
    const { status, data } = await told.look(await told.as('agency', police), entry);
    expect(status).toBe(200);
    expect(data).toMatchObject({ justification: notGiven, legalBasisTransmit: notGiven });
  });

  test('and each rule it breaks says so to the officer, and no other', async () => {
    expect([...new Set(await told.rulesNotedOf(police, entry))].toSorted()).toEqual(broken);
  });

  test('with its facts, its severity and whether it is law', async () => {
    for (const note of await told.notes(police, `about=${entry}`)) {
      expect(note).toMatchObject({
        facts: expect.arrayContaining([entry]) as unknown,
        severity: { code: expect.stringMatching(/^(urgent|high|medium|low)$/) as unknown },
        kind: { code: expect.stringMatching(/^(law|policy)$/) as unknown },
        outcome: { code: 'broken' },
        status: { code: 'open' },
        finding: false,
      });
    }
  });

  test('each once, however often the ledger looks', async () => {
    const first = await told.notes(police, `about=${entry}`);
    expect(await told.notes(police, `about=${entry}`)).toEqual(first);
    const parts = first.map(({ rule, part }) => `${textOf(rule)} ${textOf(part)}`);
    expect(new Set(parts).size).toBe(parts.length);
  });

  test('what the service owes for having received it is noted at the service', async () => {
    expect((await told.rulesNotedOf(service, entry)).toSorted()).toEqual(['CON-01', 'FBK-01', 'LOG-04']);
  });
});
