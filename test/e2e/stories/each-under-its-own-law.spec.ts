import { readFileSync } from 'node:fs';
import type { JsonObject } from '#statement';
import { exitProgramme, police, school, Telling, youthOffice, type Body, type Said } from './telling.js';

/** The shipped template for case conferences, between the bodies of this story. */
function caseConference(): Said {
  const inPlaceOf = { jugendamt: youthOffice, polizei: police, schule: school, ausstiegsprogramm: exitProgramme };
  const shipped = readFileSync('deploy/agreements/template-case-conference.json', 'utf8');
  const between = Object.entries(inPlaceOf).reduce(
    (text, [name, { agency }]) => text.replaceAll(`${name}.example`, agency),
    shipped,
  );
  return { ...(JSON.parse(between) as JsonObject), validFrom: '2026-11-01', reviewDue: '2027-11-01' };
}

/** Bodies under several laws sit at one table, under one clause. */
describe('Police, youth office and school share what they know in a case conference', () => {
  let told: Telling;
  const disclosed: Record<string, JsonObject> = {};

  /** One line on the sheet of a conference: what, and why. */
  async function contribute(by: Body, dataCategory: string): Promise<JsonObject> {
    const caller = await told.as('agency', by);
    const answer = await caller.post('/v1/quick-entries', {
      id: crypto.randomUUID(),
      template: 'vorlage-fallkonferenz',
      kind: 'conference',
      case: { case: 'case-7f3a', subject: 'person-1', subjectCategory: 'client', ageBand: '14-17' },
      purpose: 'joint-risk-assessment',
      room: [police, youthOffice, school].map(({ agency }) => agency),
      contributions: [{ items: [dataCategory], reason: 'The others have to know it to judge the danger.' }],
    });
    expect(answer.status).toBe(201);
    const rows = answer.json<{ readonly entries: readonly { readonly entry: { type: string; data: JsonObject } }[] }>();
    const found = rows.entries.find(({ entry }) => entry.type === 'InformationDisclosed');
    return { id: '', ...found?.entry.data };
  }

  beforeAll(async () => {
    told = await Telling.begin(youthOffice, police, school, exitProgramme);
    await told.record(youthOffice, 'AgreementAdopted', { validUntil: undefined, ...caseConference() });
    for (const [by, category] of [
      [police, 'threat-indicator'],
      [youthOffice, 'exit-progress'],
      [school, 'school-attendance'],
    ] as const) {
      disclosed[by.agency] = await contribute(by, category);
    }
  });
  afterAll(() => told.end());

  test('each passes on under its own law, and so does each receive', () => {
    const doors = Object.entries(disclosed).map(([agency, { legalBasisTransmit, legalBasisCollect, collectBases }]) => [
      agency,
      legalBasisTransmit,
      legalBasisCollect,
      collectBases,
    ]);
    const collects = {
      youth: { code: 'GDPR-A6-1-e', provision: 'SGB VIII § 62 Abs. 3; SGB X § 67a' },
      police: { code: 'LED-A8-1', provision: 'PolG NRW § 9 Abs. 1' },
      school: { code: 'GDPR-A6-1-e', provision: 'SchulG NRW § 120 Abs. 1' },
    };
    const schoolToo = [{ agency: school.agency, ...collects.school }];
    expect(doors).toEqual([
      [police.agency, { code: 'LED-A9-1', provision: 'PolG NRW § 27; DSG NRW § 9' }, collects.youth, schoolToo],
      [
        youthOffice.agency,
        { code: 'GDPR-A6-1-e', provision: 'SGB VIII § 64 Abs. 2, § 81; SGB X § 69 Abs. 1 Nr. 1' },
        collects.police,
        schoolToo,
      ],
      [
        school.agency,
        { code: 'GDPR-A6-1-e', provision: 'SchulG NRW § 120 Abs. 7, § 42 Abs. 6' },
        collects.police,
        [{ agency: youthOffice.agency, ...collects.youth }],
      ],
    ]);
  });

  test('each lets the data pass into another regime by its own law, and who has none by no other', () => {
    const provisions = Object.entries(disclosed).map(([agency, said]) => [agency, said['regimeChangeProvision']]);
    expect(provisions).toEqual([
      [police.agency, 'PolG NRW § 27 Abs. 2'],
      [youthOffice.agency, 'SGB X § 78 Abs. 1'],
      [school.agency, undefined],
    ]);
  });

  test('the police find of each who heard them by which power it did', async () => {
    const given = await told.view(police, 'recipients?direction=given');
    const powers = new Map(given.map(({ cells }) => [cells['counterpart'], cells['collectProvision']]));
    expect(powers.get(school.agency)).toBe('SchulG NRW § 120 Abs. 1');
    expect(powers.get(youthOffice.agency)).toBe('SGB VIII § 62 Abs. 3; SGB X § 67a');
    expect(powers.size).toBe(2);
  });

  test('nobody is told that a power is missing, or that one is none of a public body', async () => {
    for (const body of [police, youthOffice, school]) {
      const rules = (await told.notes(body)).map(({ rule }) => JSON.stringify(rule));
      expect(rules.filter((rule) => /LAW-0[12356]/.test(rule))).toEqual([]);
    }
  });
});
