import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyProfile } from '#compliance/exports';
import { verifyTrail, type TrailReport } from '#trail';
import { unpack } from '../../libs/trail/testing/repack.js';
import type { Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { planted, refused } from './refusal.js';
import { entryLike, exampleOf, freshId, intelligence, police, recorderOf, youthOffice } from './sample-entries.js';
import { contentOf, ordered, savedIn } from './trails.js';

let running: RunningLedger;
let folder: string;
let worker: Caller;
let dpo: Caller;
let policeDpo: Caller;
let supervisor: Caller;

const exchange = freshId();
const person = 'subject-of-the-exports';
const exampleItem = (exampleOf('InformationDisclosed').data['items'] as readonly object[])[0];
const year = { from: '2020-01-01T00:00:00.000Z', until: '2030-01-01T00:00:00.000Z' };
const quarter = '2026-Q3';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exports-'));
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, intelligence, 'clinic.example');
  worker = await running.as('agency', youthOffice);
  dpo = await running.as('dpo', youthOffice);
  policeDpo = await running.as('dpo', police);
  supervisor = await running.as('regulator', 'dpa.example', { competentFor: [youthOffice] });
});
afterAll(async () => {
  await running.remove();
  rmSync(folder, { recursive: true });
});

async function record(type: string, data = {}, more: { readonly exchange?: string } = { exchange }): Promise<string> {
  const by = await running.as('agency', recorderOf(type));
  const entry = entryLike(type, { ...more, data });
  expect([type, (await by.record(entry)).status]).toEqual([type, 201]);
  return entry.id;
}

interface Handed {
  readonly report: TrailReport;
  readonly files: ReadonlyMap<string, Buffer>;
  /** everything that can be read in it */
  readonly text: string;
}

/** Orders an export of what was recorded a moment ago, fetches it, and checks it as its recipient would. */
async function handed(caller: Caller, order: object, purpose: string, of = running): Promise<Handed> {
  const path = await ordered(caller, order, { 'Access-Purpose': purpose }, '/v1/exports');
  const { status, bytes } = await contentOf(caller, path);
  expect(status).toBe(200);
  const files = await unpack(bytes);
  const logKey = of.ledger.integrators[(order as { log?: 'registry' }).log ?? 'entries'].verifierKey;
  const registryKey = of.ledger.integrators.registry.verifierKey;
  const key = files.get('data/log-key.txt')?.toString().trim() === registryKey ? registryKey : logKey;
  const report = await verifyTrail(savedIn(folder, bytes), { logKey: key });
  const opened = (files.get('data/disclosures.ndjson')?.toString() ?? '')
    .split('\n')
    .flatMap((line) =>
      line === '' ? [] : (JSON.parse(line) as { d: string[] }).d.map((one) => Buffer.from(one, 'base64url').toString()),
    );
  return { report, files, text: [...files.values()].map(String).join('\n') + opened.join('\n') };
}

const valid = (entries: number) => ({ verdict: 'valid', entries, findings: [] });

describe('An export', () => {
  let disclosure: string;

  beforeAll(async () => {
    await record('InformationRequested');
    disclosure = await record('InformationDisclosed', { subject: person });
    await record('InformationDisclosed', { subject: person, visibility: 'restricted' });
    await record('InformationDisclosed', { subject: 'somebody-else' }, { exchange: freshId() });
  });

  test('of a period holds what its profile is for, verified offline, with documents in German and what they rest on', async () => {
    const { report, files, text } = await handed(supervisor, { profile: 'X1', ...year }, 'supervisory-request');
    expect(report).toMatchObject(valid(3));
    expect(report.notChecked.join(' ')).toMatch(/selected.*documents/i);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['data/documents/contents.html', 'data/documents/contents.txt']),
    );
    expect(files.get('data/documents/contents.txt')?.toString()).toMatch(/Auszug aus den Protokolldaten/);
    expect(text).toContain('staff-');
  });

  test('of one exchange is for its agency and its supervisor, each with the entries of that agency', async () => {
    const order = { profile: 'X7', exchange, language: 'en' };
    const own = await handed(dpo, order, 'self-monitoring');
    const supervised = await handed(supervisor, order, 'supervisory-request');
    expect([own.report, supervised.report]).toMatchObject([valid(2), valid(2)]);
    const theirs = await handed(policeDpo, order, 'self-monitoring');
    expect(theirs.report).toMatchObject(valid(1));
    expect(theirs.text).not.toContain(disclosure);
  });

  test('of one case holds its reviews, whatever exchange they stand in, and by which versions it was written', async () => {
    const opening = await record('CaseOpened', {}, { exchange: freshId() });
    const reviewed = await record('CaseReviewed', { opening, causedBy: opening }, { exchange: freshId() });
    const by = recorderOf('CaseOpened');
    const order = { profile: 'X7', matter: opening, language: 'en' };
    const { report, files, text } = await handed(await running.as('dpo', by), order, 'self-monitoring');
    expect([report, text.includes(reviewed)]).toMatchObject([valid(2), true]);
    expect(JSON.parse(String(files.get('data/documents/versions.json')))).toMatchObject({
      entryTypes: { CaseOpened: 1 },
      rules: { 'LOG-01': expect.any(Number) },
    });
  });

  test('is itself recorded, with its profile, its purpose and its basis, before it is written', async () => {
    const before = await running.size('entries');
    await handed(dpo, { profile: 'X8', ...year, basis: 'Order of 3 March, GDPR 58(1)(a)' }, 'supervisory-request');
    expect(await running.size('entries')).toBe(before + 1);
    const { accesses } = (await dpo.get('/v1/views/accesses')).json<{ accesses: readonly object[] }>();
    expect(accesses).toContainEqual(expect.objectContaining({ purpose: 'supervisory-request' }));
  });

  test('for the person concerned holds only what may be told, and nothing that would reveal the rest', async () => {
    const hidden = freshId();
    await record('InformationDisclosed', { subject: person, visibility: 'sealed', disclosureId: hidden });
    const revealing = await record('InformationDisclosed', { subject: person, derivedFrom: [hidden] });
    const ownItems = { items: [{ ...exampleItem, thirdPerson: false }] };
    await record('InformationDisclosed', { subject: person, disclosureId: freshId(), ...ownItems });
    const toService = await record('InformationDisclosed', { subject: person, recipients: [intelligence] });
    const search = (
      await dpo.post('/v1/subject-searches', { kind: 'subject', value: person }, { 'Access-Purpose': 'rights-request' })
    ).json<{ search: string; matches: number }>();
    const { report, files, text } = await handed(dpo, { profile: 'X5', search: search.search }, 'rights-request');
    const told = files.get('data/entries.ndjson')?.toString() ?? '';
    expect(report.verdict).toBe('valid');
    expect(search.matches).toBe(6);
    expect(report.entries).toBeGreaterThan(0);
    for (const kept of [hidden, revealing, toService, intelligence, person]) expect(text).not.toContain(kept);
    expect(text).not.toMatch(/"(?:staff|reasons|withheld|people)"/);
    expect(told.split('\n').filter((line) => line !== '').length).toBe(report.entries);
    expect(report.entries).toBeLessThan(search.matches - 2);
    expect(files.get('data/documents/draft-answer.txt')?.toString()).toMatch(
      /Entwurf einer Auskunft[\s\S]*Office of police\.example/,
    );
  });

  test('for the person concerned holds nothing that was recorded of somebody else first; who answers either one knows', async () => {
    const ownItems = { items: [{ ...exampleItem, thirdPerson: false }] };
    const told = await record('InformationDisclosed', { subject: 'taken-for', disclosureId: freshId(), ...ownItems });
    const wrong = await record('InformationDisclosed', { subject: 'taken-for', disclosureId: freshId(), ...ownItems });
    const inPeople = [{ field: '/subject', was: 'taken-for', right: 'meant' }];
    await record('EntryCorrected', { subject: 'meant', corrects: wrong, inPeople });
    const look = { 'Access-Purpose': 'rights-request' };
    for (const [value, entries] of [
      ['taken-for', [told]],
      ['meant', []],
    ] as const) {
      const searched = await dpo.post('/v1/subject-searches', { kind: 'subject', value }, look);
      const { search } = searched.json<{ search: string }>();
      const { text, report } = await handed(dpo, { profile: 'X5', search }, 'rights-request');
      expect([report.entries, text.includes(told), text.includes(wrong)]).toEqual([
        entries.length,
        entries.length > 0,
        false,
      ]);
      const draft = await dpo.get(`/v1/views/recipients/draft-answer?search=${search}`, look);
      const { gaps } = draft.json<{ gaps: { entry: string; what: { code: string } }[] }>();
      expect(gaps.filter(({ entry }) => entry === wrong).map(({ what }) => what.code)).toEqual(['corrected']);
    }
  });

  test('for the person concerned is never made of a search by case: others may be in it', async () => {
    const look = { 'Access-Purpose': 'rights-request' };
    const { search } = (await dpo.post('/v1/subject-searches', { kind: 'case', value: 'case-e01b' }, look)).json<{
      search: string;
      matches: number;
    }>();
    const refusal = { status: 400, code: 'invalid-query', pointers: ['/search'] };
    await refused(running, () => dpo.post('/v1/exports', { profile: 'X5', search }, look), refusal);
    await refused(running, () => dpo.get(`/v1/views/recipients/draft-answer?search=${search}`, look), refusal);
  });

  test('for a verification holds the decision on the person’s request with the reasons that are kept from that person', async () => {
    const [request, withheld] = [await record('RightsRequestReceived', {}, {}), 'A search of the flat is planned.'];
    const decided = { rightsRequest: request, causedBy: request, covers: [freshId()], reasonsWithheld: withheld };
    await record('RightsRequestDecided', decided, {});
    const { report, text } = await handed(supervisor, { profile: 'X6', matter: request }, 'supervisory-request');
    expect(report).toMatchObject(valid(2));
    expect(text).toContain(withheld);
  });

  test('of a registry is the open register of an agency', async () => {
    await record('ProcessingActivityRegistered', {}, {});
    const { report, text } = await handed(dpo, { profile: 'X2' }, 'self-monitoring');
    expect(report).toMatchObject({ verdict: 'valid', entries: 1 });
    expect(text).toContain('ProcessingActivityRegistered');
    const adopted = await record('AgreementAdopted', {}, {});
    const ofTheOtherParty = await handed(policeDpo, { profile: 'X2' }, 'self-monitoring');
    expect(ofTheOtherParty.report.verdict).toBe('valid');
    expect(ofTheOtherParty.text).toContain(adopted);
  });

  test('on an agreement counts by rule, and names nobody', async () => {
    const order = { profile: 'X10', agreement: 'exit-network-exampletown@3', language: 'en' };
    const { report, text } = await handed(dpo, order, 'self-monitoring');
    expect(report).toMatchObject(valid(0));
    expect(text).toMatch(/Departures are check notes, not findings/);
    expect(text).not.toMatch(new RegExp(`${person}|${exchange}`));
  });

  test('is asked for by the roles and for the purposes its profile names, and by nobody else', async () => {
    const given = { ...year, quarter, exchange, matter: disclosure, search: freshId(), agreement: 'a@1' } as const;
    const needs = {
      period: ['from', 'until'],
      quarter: ['quarter'],
      matter: ['matter'],
      'exchange-or-matter': ['matter'],
      person: ['search'],
      agreement: ['agreement'],
      registry: [],
    } as const;
    const operator = await running.as('operator', 'host.example');
    for (const { id, of, roles, purposes } of everyProfile.values()) {
      const order = { profile: id, ...Object.fromEntries(needs[of].map((name) => [name, given[name]])) };
      for (const [role, caller] of [
        ['agency', worker],
        ['operator', operator],
        ['dpo', dpo],
        ['regulator', supervisor],
      ] as const) {
        const isFor = roles.some((one) => one === role);
        const { status } = await caller.post('/v1/exports', order, { 'Access-Purpose': purposes[0] });
        expect([id, role, status === 403]).toEqual([id, role, !isFor]);
      }
      const wrong = ['integrity-security', 'rights-request', 'criminal-proceedings', 'self-monitoring'].find(
        (one) => !purposes.includes(one),
      );
      const caller = roles.includes('dpo') ? dpo : supervisor;
      if (wrong !== undefined) {
        expect([id, (await caller.post('/v1/exports', order, { 'Access-Purpose': wrong })).status]).toEqual([id, 403]);
      }
    }
  });

  const purpose = { 'Access-Purpose': 'supervisory-request' };
  test.each([
    ['/profile', { profile: planted }],
    ['/profile', {}],
    ['/from', { profile: 'X1', until: year.until }],
    ['/until', { profile: 'X1', from: year.until, until: year.from }],
    ['/exchange', { profile: 'X7', exchange: planted }],
    ['/exchange', { profile: 'X6' }],
    ['/matter', { profile: 'X6', exchange, matter: freshId() }],
    ['/colour', { profile: 'X1', ...year, colour: planted }],
    ['/quarter', { profile: 'X9' }],
    ['/quarter', { profile: 'X9', quarter: '2026' }],
    ['/quarter', { profile: 'X9', quarter: planted }],
    ['/quarter', { profile: 'X9', quarter: '2026-Q4' }],
    ['/from', { profile: 'X9', quarter, from: year.from }],
    ['/agencies', { profile: 'X9', quarter, agencies: [youthOffice] }],
    ['/basis', { profile: 'X1', ...year, basis: 'two\nlines' }],
    ['/agencies', { profile: 'X1', ...year, agencies: Array.from({ length: 10_000 }, () => police) }],
  ])('is refused at %s for what is no order', async (pointer, order) => {
    await refused(running, () => supervisor.post('/v1/exports', order, purpose), {
      status: 422,
      code: 'invalid-body',
      pointers: [pointer],
    });
  });

  test('does not exist for agencies and exchanges of others, nor for an agreement that nobody knows', async () => {
    for (const order of [
      { profile: 'X1', ...year, agencies: [police] },
      { profile: 'X7', exchange: freshId() },
      { profile: 'X4', matter: freshId() },
      { profile: 'X6', matter: freshId() },
      { profile: 'X10', agreement: 'typo@1' },
    ]) {
      await refused(running, () => supervisor.post('/v1/exports', order, purpose), { status: 404, code: 'not-found' });
    }
  });

  test('needs its purpose', async () => {
    await refused(running, () => supervisor.post('/v1/exports', { profile: 'X1', ...year }), {
      status: 400,
      code: 'malformed-request',
      pointers: ['/Access-Purpose'],
    });
  });
});

describe('Statistics of a quarter', () => {
  const months = 100 * 24 * 60 * 60_000;
  const order = { profile: 'X9', quarter: '2026-Q4', language: 'en' };
  let own: RunningLedger;

  beforeAll(async () => {
    own = await RunningLedger.start();
    await own.admit(youthOffice, police);
  });
  afterAll(() => own.remove());

  async function happened(times: number, type: string, data = {}, more: { readonly exchange?: string } = {}) {
    const by = await own.as('agency', youthOffice);
    for (let count = 0; count < times; count += 1) {
      const entry = entryLike(type, { ...more, occurredAt: '2026-11-20T09:00:00.000Z', data });
      expect((await by.record(entry)).status).toBe(201);
    }
  }

  const made = async (): Promise<Handed> => handed(await own.as('dpo', youthOffice), order, 'self-monitoring', own);
  const figuresIn = ({ files }: Handed): string => files.get('data/documents/statistics.txt')?.toString() ?? '';

  test('are refused until it is closed, rounded, and the same whatever is recorded later', async () => {
    await happened(8, 'CaseOpened');
    await happened(6, 'InformationDisclosed', { subject: person, disclosureId: freshId() }, { exchange });
    const officer = await own.as('dpo', youthOffice);
    await refused(own, () => officer.post('/v1/exports', order, { 'Access-Purpose': 'self-monitoring' }), {
      status: 422,
      code: 'invalid-body',
      pointers: ['/quarter'],
    });
    own.clock.tick(months);
    const first = figuresIn(await made());
    expect(first).toMatch(/Case opened\s+2026-11: 10\b/);
    await happened(5, 'CaseOpened');
    expect(figuresIn(await made())).toBe(first);
  });

  test('hold no entry, and nothing of an exchange, a person or who acted, though these are counted', async () => {
    const { report, text } = await made();
    expect(report).toMatchObject({ ...valid(0), blocks: { disclosed: 0 } });
    expect(text).toMatch(/happened in 2026-Q4/);
    expect(text).toMatch(/Information disclosed\s+2026-11: 5\b/);
    expect(text).not.toMatch(new RegExp(`${person}|${exchange}|staff-`));
  });
});
