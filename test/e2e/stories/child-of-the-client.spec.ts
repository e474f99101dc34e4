import { codeOf, exitProgramme, notGiven, Telling, youthOffice } from './telling.js';

const [child, client] = ['contact-jonas', 'client-karim'];

/** The exit programme worries about the small son of its client and turns to the youth office. */
describe('The child of a client, known as a contact person', () => {
  let told: Telling;
  let careless: string;
  let careful: string;
  let aboutClient: string;

  const toYouthOffice = {
    recipients: [youthOffice.agency],
    subject: child,
    subjectCategory: 'contact',
    purpose: 'child-welfare',
    spontaneous: true,
    request: undefined,
    gateway: 'child-endangerment',
  };
  const situation = { dataCategory: 'family', itemBasis: 'fact', reliability: 'high', asOf: '2026-11-22' };
  const reason = 'The father cannot be left out: it is his flat in which the child sleeps.';

  beforeAll(async () => {
    told = await Telling.begin(exitProgramme, youthOffice);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    careless = await told.record(exitProgramme, 'InformationDisclosed', {
      ...toYouthOffice,
      disclosureId: crypto.randomUUID(),
      ageBand: notGiven,
      items: [situation],
    });
    careful = await told.record(exitProgramme, 'InformationDisclosed', {
      ...toYouthOffice,
      disclosureId: crypto.randomUUID(),
      ageBand: 'under-14',
      items: [{ ...situation, thirdPerson: true, thirdPersonReason: reason }],
    });
    aboutClient = await told.record(exitProgramme, 'InformationDisclosed', {
      ...toYouthOffice,
      disclosureId: crypto.randomUUID(),
      subject: client,
      subjectCategory: 'client',
      ageBand: 'adult',
      items: [{ ...situation, thirdPerson: true, thirdPersonReason: 'What he does for the child is the point.' }],
    });
  });
  afterAll(() => told.end());

  test('is protected where nobody said how old it is: urgent for the officer', async () => {
    const notes = await told.notes(exitProgramme, `about=${careless}`);
    const found = notes.filter(({ rule }) => rule === 'CHD-01' || rule === 'SPC-02');
    const severities = found.map(({ rule, severity, part }) => [rule, codeOf(severity), part]);
    expect(new Set(severities)).toEqual(
      new Set([
        ['CHD-01', 'urgent', null],
        ['SPC-02', 'high', '/items/0'],
      ]),
    );
  });

  test('raises nothing where its age band and the reason to speak of others are given', async () => {
    const rules = await told.rulesNotedOf(exitProgramme, careful);
    expect(rules.filter((rule) => rule === 'CHD-01' || rule === 'SPC-02')).toEqual([]);
  });

  test('is found in the register of minors, without a word of how old it is', async () => {
    const rows = await told.view(exitProgramme, 'special-categories?kinds=minor');
    expect(rows.map(({ entry }) => entry)).toEqual([careful]);
    expect(JSON.stringify(rows)).not.toMatch(/under-14|jonas/);
  });

  test('is known to the youth office by its age band, while the reason stays with the programme', async () => {
    const { data, opened } = await told.look(await told.as('agency', youthOffice), careful);
    expect(opened).toEqual(['terms', 'people', 'told']);
    expect(data).toMatchObject({ subjectCategory: 'contact', ageBand: 'under-14', subject: child });
    expect(JSON.stringify(data)).not.toContain(reason);
  });

  test('is not handed to the client who asks for access to his own data', async () => {
    const dpo = await told.as('dpo', exitProgramme);
    const purpose = { 'Access-Purpose': 'rights-request' };
    const { search } = (await dpo.post('/v1/subject-searches', { kind: 'subject', value: client }, purpose)).json();
    const { report, text, documents } = await told.handed(
      dpo,
      { profile: 'X5', search, language: 'en' },
      purpose['Access-Purpose'],
    );
    expect(report).toMatchObject({ verdict: 'valid', entries: 0 });
    for (const kept of [aboutClient, careful, child]) expect(text).not.toContain(kept);
    expect(documents.get('contents')).toMatch(/also speak of other persons/);
    // That the youth office received something about him is his to know.
    for (const letter of ['recipients', 'draft-answer']) expect(documents.get(letter)).toContain(youthOffice.agency);
    expect(documents.get('draft-answer')).toContain('to be filled in');
  });
});
