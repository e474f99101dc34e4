import type { Caller } from '../../support/caller.js';
import { police, Telling, youthOffice } from './telling.js';

const year = { from: '2026-01-01T00:00:00.000Z', until: '2027-01-01T00:00:00.000Z' };
const justification = 'The next step was agreed in the conference of November.';

/** The supervisor of the youth office asks for what it may see, and checks it without trusting anybody. */
describe('An export for the regulator, with inclusion proofs', () => {
  let told: Telling;
  let regulator: Caller;
  let disclosure: string;
  let receipt: string;
  const exchange = crypto.randomUUID();

  beforeAll(async () => {
    told = await Telling.begin(youthOffice, police);
    regulator = await told.supervisorOf(youthOffice);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    await told.record(police, 'InformationRequested', {}, exchange);
    const disclosureId = crypto.randomUUID();
    disclosure = await told.record(youthOffice, 'InformationDisclosed', { disclosureId, justification }, exchange);
    receipt = await told.record(police, 'DisclosureReceived', { disclosureId }, exchange);
    await told.record(youthOffice, 'ProcessingOperationLogged');
    await told.record(youthOffice, 'TrainingHeld');
  });
  afterAll(() => told.end());

  test('X1 holds the log of the youth office, each entry proved to be in the signed tree', async () => {
    const order = { profile: 'X1', ...year, language: 'en', basis: 'Order of 23 November 2026' };
    const { report, text, documents } = await told.handed(regulator, order, 'supervisory-request');
    expect(report).toMatchObject({ verdict: 'valid', entries: 2, findings: [] });
    expect(documents.get('contents')).toMatch(/Log extract/);
    expect(text).toContain(justification);
    expect(text).toContain(disclosure);
    expect(text).not.toContain(receipt);
  });

  test('X7 holds one exchange: to each supervisor the side it is competent for', async () => {
    const order = { profile: 'X7', exchange, language: 'en' };
    const ofYouth = await told.handed(regulator, order, 'supervisory-request');
    expect(ofYouth.report).toMatchObject({ verdict: 'valid', entries: 1, findings: [] });
    const ofPolice = await told.handed(await told.supervisorOf(police), order, 'supervisory-request');
    expect(ofPolice.report).toMatchObject({ verdict: 'valid', entries: 2, findings: [] });
    expect(ofPolice.text).not.toContain(justification);
    const ofBoth = await told.handed(await told.supervisorOf(police, youthOffice), order, 'supervisory-request');
    expect(ofBoth.report).toMatchObject({ verdict: 'valid', entries: 3, findings: [] });
  });

  test('whoever changes one letter in it is found out', async () => {
    const order = { profile: 'X7', exchange, language: 'en' };
    const forged = await told.handed(regulator, order, 'supervisory-request', (files) => {
      const name = 'data/entries.ndjson';
      const [first = '', ...rest] = (files.get(name)?.toString() ?? '').split('\n');
      const leaf = JSON.parse(first) as { recordedAt: string };
      const said = first.replace(leaf.recordedAt, '2026-11-20T09:00:00.000Z');
      expect(said).not.toBe(first);
      files.set(name, Buffer.from([said, ...rest].join('\n')));
    });
    expect(forged.report.verdict).toBe('tampered');
  });

  test('who is competent for nobody else gets nothing of others', async () => {
    const stranger = await told.as('regulator', 'dpa.example', { competentFor: [] });
    const refused = await stranger.post(
      '/v1/exports',
      { profile: 'X7', exchange },
      { 'Access-Purpose': 'supervisory-request' },
    );
    expect(refused.status).toBe(404);
  });

  test('the agency does not learn of what its supervisor looked at; the supervisor finds it again', async () => {
    await told.look(regulator, disclosure, 'supervisory-request');
    const [looked] = await told.view(regulator, `looks?entry=${disclosure}`);
    expect(looked?.cells).toMatchObject({ role: { code: 'regulator' }, hidden: true });
    expect(await told.view(youthOffice, 'looks')).toEqual([]);
  });

  test('each export is found again by who was competent for what it holds', async () => {
    const exports = async (by: Caller): Promise<readonly unknown[]> =>
      (await told.view(by, 'looks?kind=export')).map(({ cells }) => cells['profile']);
    expect(await exports(regulator)).toEqual(expect.arrayContaining(['X1', 'X7']));
  });
});
