import { codeOf, exitProgramme, notGiven, police, Telling } from './telling.js';

interface Differing {
  readonly rule: string;
  readonly entry: string;
  readonly judged: { readonly severity: string } | null;
  readonly under: { readonly severity: string } | null;
}

interface Rules {
  readonly rules: readonly { readonly id: string; readonly packs: readonly { readonly pack: string }[] }[];
  readonly packs: readonly { readonly pack: string; readonly publishedAt: string | null }[];
}

/** A network decides that a missing justification is urgent no more for those under the general regulation. */
describe('A published rule pack changes what a missing justification weighs', () => {
  let told: Telling;
  let [before, after, byPolice, published]: string[] = [];

  const unexplained = (by: typeof police) =>
    told.record(by, 'InformationDisclosed', {
      disclosureId: crypto.randomUUID(),
      recipients: [by === police ? exitProgramme.agency : police.agency],
      justification: notGiven,
    });
  const noted = async (by: typeof police, about = '') =>
    (await told.notes(by, `rule=LOG-01&about=${about}`)).map(({ severity, kind, pack }) => [
      codeOf(severity),
      codeOf(kind),
      pack,
    ]);

  beforeAll(async () => {
    told = await Telling.begin(exitProgramme, police);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    before = await unexplained(exitProgramme);
    await told.running.raiseCheckNotes();
    published = await told.record('host.example', 'RulePackPublished', {
      pack: 'EU-GDPR',
      version: 1001,
      extends: [],
      validFrom: '2026-12-01',
      overrides: [{ rule: 'LOG-01', severity: 'medium', source: 'Decision of the network of 23 November' }],
    });
    told.goOnTo('2026-12-02T09:00:00.000Z');
    after = await unexplained(exitProgramme);
    byPolice = await unexplained(police);
  });
  afterAll(() => told.end());

  test('from its day on the check note is medium, and cites the pack and its version', async () => {
    expect(await noted(exitProgramme, after)).toEqual([['medium', 'policy', 'EU-GDPR@1001']]);
  });

  test('the rules show the pack as data: its version, since when it is valid, who published it, what it changes', async () => {
    const { rules, packs } = (await (await told.as('agency', police)).get('/v1/rules')).json<Rules>();
    const shown = packs.filter(({ pack }) => pack.startsWith('EU-GDPR@'));
    expect(shown).toMatchObject([
      { pack: 'EU-GDPR@2', inForce: true, validFrom: null, publishedBy: null, publishedAt: null, entry: null },
      {
        pack: 'EU-GDPR@1001',
        inForce: true,
        extends: [],
        validFrom: '2026-12-01',
        publishedBy: 'ledger',
        entry: published,
        changes: [{ rule: 'LOG-01', severity: 'medium', source: 'Decision of the network of 23 November' }],
      },
    ]);
    expect(shown[1]?.publishedAt).toMatch(/^2026-11-23T/);
    const changed = rules.find(({ id }) => id === 'LOG-01')?.packs;
    expect(changed).toContainEqual(expect.objectContaining({ pack: 'EU-GDPR@1001', severity: 'medium' }));
  });

  test('what was judged before stays as it was judged', async () => {
    expect(await noted(exitProgramme, before)).toEqual([['urgent', 'policy', 'EU-GDPR@2']]);
  });

  test('who works under other law is measured by that law', async () => {
    expect(await noted(police, byPolice)).toEqual([['urgent', 'law', null]]);
  });

  test('what would have been noticed under either version can be asked, and changes nothing', async () => {
    const dpo = await told.running.as('dpo', exitProgramme.agency);
    const size = await told.running.size('entries');
    const ask = async (query: string) => {
      const { differences } = (await dpo.get(`/v1/judgements${query}`)).json<{ differences: readonly Differing[] }>();
      return differences
        .filter(({ rule }) => rule === 'LOG-01')
        .map(({ entry, judged, under }) => [entry, judged?.severity, under?.severity]);
    };
    expect(await ask('')).toEqual([[before, 'urgent', 'medium']]);
    expect(await ask('?under=0')).toEqual([[after, 'medium', 'urgent']]);
    // On the day before, the version that was published is not in force yet.
    expect(await ask('?at=2026-11-30T12:00:00.000Z')).toEqual([[after, 'medium', 'urgent']]);
    expect(await told.running.size('entries')).toBe(size);
    expect(await noted(exitProgramme, before)).toEqual([['urgent', 'policy', 'EU-GDPR@2']]);
  });

  test('versions that are not there yet, and callers that are no officers, are refused', async () => {
    const dpo = await told.running.as('dpo', exitProgramme.agency);
    const worker = await told.running.as('agency', exitProgramme.agency);
    expect((await dpo.get('/v1/judgements?under=999999')).status).toBe(400);
    expect((await dpo.get('/v1/judgements?under=-1')).status).toBe(400);
    expect((await dpo.get('/v1/judgements?at=tomorrow')).status).toBe(400);
    expect((await worker.get('/v1/judgements')).status).toBe(403);
  });

  test('the publication can be looked up by everybody in the network', async () => {
    const supervisor = await told.supervisorOf(exitProgramme);
    const notes = await told.view(supervisor, 'check-notes?rule=LOG-01&pack=EU-GDPR@1001');
    expect(notes.map(({ cells }) => cells['about'])).toEqual([after]);
  });
});
