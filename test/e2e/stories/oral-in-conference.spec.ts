import { exitProgramme, police, school, Telling, youthOffice } from './telling.js';

/** In a case conference the police say what they know; the youth office and the programme listen. */
describe('The police tell the youth office something in a conference', () => {
  let told: Telling;
  const conference = crypto.randomUUID();
  const said = crypto.randomUUID();
  let convening: string;
  let disclosure: string;
  let unlogged: string;

  const contribution = (disclosureId: string) => ({
    convening,
    agendaItem: '1',
    disclosureId,
    contributor: police.agency,
    heardBy: [youthOffice.agency, exitProgramme.agency],
    dataCategories: ['threat-indicator'],
  });

  beforeAll(async () => {
    told = await Telling.begin(exitProgramme, police, youthOffice, school);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    const members = [police, youthOffice].map(({ agency }) => ({ agency, role: 'member' }));
    convening = await told.record(
      exitProgramme,
      'ConferenceConvened',
      {
        opening: undefined,
        scheduledFor: '2026-11-30T13:00:00.000Z',
        invited: members,
        agenda: [{ agendaItem: '1', purpose: 'joint-risk-assessment' }],
      },
      conference,
    );
    told.goOnTo('2026-11-30T13:05:00.000Z');
    const present = [exitProgramme, police, youthOffice].map(({ agency }) => ({
      agency,
      attendance: 'present',
      authorised: true,
      undertakingSigned: true,
    }));
    await told.record(
      exitProgramme,
      'AttendanceRecorded',
      { convening, agendaItem: '1', attendees: present },
      conference,
    );
    told.goOnTo('2026-11-30T13:20:00.000Z');
    await told.record(exitProgramme, 'ContributionRecorded', contribution(said), conference);
    disclosure = await told.record(
      police,
      'InformationDisclosed',
      {
        disclosureId: said,
        recipients: [youthOffice.agency, exitProgramme.agency],
        channel: 'oral-conference',
        conferenceRef: convening,
        agendaItem: '1',
        spontaneous: true,
        request: undefined,
        recipientPersons: undefined,
        attendees: ['youth-office-person-2', 'exit-person-1'],
        items: [
          { dataCategory: 'threat-indicator', itemBasis: 'assessment', reliability: 'medium', asOf: '2026-11-29' },
        ],
        reasonsWithheld: 'The source of the indication is in danger.',
      },
      conference,
    );
    unlogged = await told.record(exitProgramme, 'ContributionRecorded', contribution(crypto.randomUUID()), conference);
  });
  afterAll(() => told.end());

  test('the youth office finds it among what it received, and owes a receipt', async () => {
    const [row] = await told.view(youthOffice, 'recipients?direction=received');
    expect(row).toMatchObject({
      entry: disclosure,
      cells: { counterpart: police.agency, channel: { code: 'oral-conference' }, receipt: { code: 'open' } },
    });
    const waiting = await told.view(youthOffice, `today?source=inbox&disclosure=${said}`);
    expect(waiting.map(({ cells }) => cells['owes'])).toMatchObject([{ code: 'receipt' }]);
  });

  test('it knows whom it is about and who heard it, not who of the police said it, nor their source', async () => {
    const { opened, data } = await told.look(await told.as('agency', youthOffice), disclosure);
    expect(opened).toEqual(['terms', 'people', 'told']);
    expect(data).toMatchObject({ attendees: ['youth-office-person-2', 'exit-person-1'], ageBand: '14-17' });
    expect(JSON.stringify(data)).not.toMatch(/staff-0815|source of the indication/);
    expect((await told.look(await told.as('agency', school), disclosure)).status).toBe(404);
  });

  test('what was said without being logged is noted at the police once a day has passed', async () => {
    const unpaired = async () =>
      (await told.notes(police, 'rule=CNF-01')).map(({ about, severity }) => ({ about, severity }));
    told.goOnTo('2026-12-01T13:19:59.999Z');
    expect(await unpaired()).toEqual([]);
    told.goOnTo('2026-12-01T13:20:00.001Z');
    expect(await unpaired()).toMatchObject([{ about: unlogged, severity: { code: 'high' } }]);
  });

  test('the view of conferences counts both contributions, one of them without its disclosure', async () => {
    const [item] = await told.view(exitProgramme, 'conferences?line=item');
    expect(item?.cells).toMatchObject({ item: '1', contributions: 2, withoutDisclosure: 1, unbound: [] });
  });
});
