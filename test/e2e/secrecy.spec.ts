import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { EntryBody } from '#catalogue';
import type { EntryId } from '#kernel';
import { blockNames, canonical, parseDisclosure, type BlockName, type JsonObject } from '#statement';
import { exitCodeOf, verifyTrail } from '#trail';
import { leafHash, verifierKey, verifyTlogProof } from '#transparency';
import { unpack } from '../../libs/trail/testing/repack.js';
import type { Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { familyName, formsOf, plant } from './planted.js';
import {
  entryLike,
  freshId,
  intelligence,
  police,
  recorderOf,
  typesOfAgencies,
  youthOffice,
} from './sample-entries.js';
import { contentOf, ordered, savedIn } from './trails.js';

const look = { 'Access-Purpose': 'supervisory-request' };
const nosy = `KaetheStaff${familyName}`;

let running: RunningLedger;
let regulator: Caller;
let callers: Readonly<Record<string, Caller>>;
const entries: EntryBody[] = [];
const planted = new Map<string, BlockName>([[nosy, 'staff']]);
/** Texts that answers to those who may not see a block, and all problem documents, must not hold. */
const overheard: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'trails-'));

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, intelligence);
  const named: [string, Caller][] = [];
  for (const role of ['agency', 'dpo'] as const) {
    for (const agency of [police, youthOffice, intelligence]) {
      named.push([`${role} ${agency}`, await running.as(role, agency, { subject: nosy })]);
    }
  }
  const competentFor = [police, youthOffice, intelligence];
  regulator = await running.as('regulator', 'dpa.example', { competentFor, subject: nosy });
  callers = Object.fromEntries([...named, ['regulator', regulator]]);
});
afterAll(async () => {
  await running.remove();
  rmSync(folder, { recursive: true });
});

const by = (name: string): Caller => callers[name] as Caller;
const trail = async (): Promise<Buffer> =>
  (await contentOf(regulator, await ordered(regulator, { log: 'entries' }, look))).bytes;
const logKey = (): string => running.ledger.integrators.entries.verifierKey;

/** Which of the planted texts lie in a place, in whatever form. */
function found(place: Buffer, texts: Iterable<string> = planted.keys()): readonly string[] {
  if (!formsOf(familyName).some((form) => place.includes(form))) return [];
  return [...texts].filter((text) => formsOf(text).some((form) => place.includes(form)));
}

function foundInFiles(texts: Iterable<string> = planted.keys()): readonly string[] {
  const list = [...texts];
  return [...running.files()].flatMap(([name, bytes]) =>
    found(bytes, list).map((text) => `${text} in ${basename(name)}`),
  );
}

test('Texts are planted in every block but the terms of every type agencies record', () => {
  for (const type of typesOfAgencies) {
    const { data, texts } = plant(type);
    entries.push(entryLike(type, { data }));
    for (const [text, block] of texts) planted.set(text, block);
  }
  expect(planted.size).toBeGreaterThan(100);
  expect(new Set(planted.values())).toEqual(new Set(blockNames.filter((block) => block !== 'terms')));
  expect(found(Buffer.from(JSON.stringify(entries)))).toHaveLength(planted.size - 1);
  const [text = ''] = planted.keys();
  for (const offset of [0, 1, 2]) {
    const coded = Buffer.from(`${'x'.repeat(offset)}${text}, and more`).toString('base64url');
    expect(found(Buffer.from(coded), [text])).toEqual([text]);
  }
});

test('They are recorded, read, searched and handed over, and those who may see them do', async () => {
  for (const entry of entries) {
    const recorder = recorderOf(entry.type);
    expect((await by(`agency ${recorder}`).record(entry)).status).toBe(201);
    expect((await by(`agency ${recorder}`).record(entry)).status).toBe(200);
    const { text } = await by(`dpo ${recorder}`).get(`/v1/entries/${entry.id}`, look);
    const mine = found(Buffer.from(JSON.stringify(entry)));
    expect(found(Buffer.from(text), mine)).toEqual(mine);
    for (const kind of ['case', 'subject']) {
      const value = entry.data[kind];
      if (typeof value !== 'string') continue;
      const search = await by(`agency ${recorder}`).post('/v1/subject-searches', { kind, value }, look);
      expect(search.json()).toMatchObject({ matches: 1 });
      overheard.push(search.text);
      overheard.push(
        (await by(`agency ${recorder}`).get(`/v1/views/disclosures?search=${String(search.json()['search'])}`)).text,
      );
    }
    overheard.push((await by(`agency ${recorder}`).get(`/v1/entries/${entry.id}`)).text);
    const operator = await running.as('operator', 'host.example', { subject: nosy });
    overheard.push((await operator.get(`/v1/entries/${entry.id}`, look)).text);
  }
  await running.advance();
  const report = await verifyTrail(savedIn(folder, await trail()), { logKey: logKey() });
  expect(report).toMatchObject({ verdict: 'valid', findings: [] });
  const disclosures = (await unpack(await trail())).get('data/disclosures.ndjson') ?? Buffer.of();
  const opened =
    disclosures
      .toString()
      .match(/[\w-]{40,}/g)
      ?.map((one) => JSON.stringify(parseDisclosure(one))) ?? [];
  expect(found(Buffer.from(opened.join('\n')))).toHaveLength(planted.size);
});

test('Each block reaches its audience and nobody else', async () => {
  const audiences: Readonly<Record<string, readonly BlockName[]>> = {
    'agency other': ['people', 'told'],
    'dpo other': ['told'],
    'agency own': ['people', 'told', 'reasons'],
    'dpo own': ['people', 'told', 'reasons', 'staff', 'withheld'],
    regulator: ['people', 'told', 'reasons', 'staff', 'withheld'],
  };
  for (const entry of entries) {
    const own = recorderOf(entry.type);
    const other = own === police ? youthOffice : police;
    for (const [name, blocks] of Object.entries(audiences)) {
      const caller = by(name.replace('own', own).replace('other', other));
      const { text } = await caller.get(`/v1/entries/${entry.id}`, look);
      const beyond = found(Buffer.from(text)).filter((one) => !blocks.includes(planted.get(one) as BlockName));
      expect([entry.type, name, beyond]).toEqual([entry.type, name, []]);
    }
  }
});

test('Problems of every kind repeat none of them', async () => {
  for (const entry of entries) {
    const caller = by(`agency ${recorderOf(entry.type)}`);
    const other = { ...entry, data: { ...entry.data, lateReason: nosy } };
    const bad = [
      other,
      { ...other, id: freshId(), type: 'Unknown' },
      { ...other, id: freshId(), occurredAt: nosy },
      { ...other, id: freshId(), data: { ...entry.data, purpose: nosy, items: nosy, actor: { missing: nosy } } },
    ];
    for (const body of [
      ...bad,
      JSON.stringify(entry).slice(0, -2),
      JSON.stringify(entry).replace('"data"', '"type":0,"data"'),
    ]) {
      const answer = await caller.record(body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      overheard.push(answer.text);
      overheard.push((await caller.batch(typeof body === 'string' ? `${body}\n` : [body])).text);
    }
    overheard.push((await running.bearing(`${String(caller.token)}x`).record(entry)).text);
    const late = { ...entry, id: freshId() };
    const { store } = running.ledger;
    const append = store.append.bind(store);
    store.append = () => Promise.reject(new Error(JSON.stringify(entry)));
    const failed = await caller.record(late);
    store.append = append;
    expect(failed.status).toBe(503);
    overheard.push(failed.text);
  }
  const dpo = by(`dpo ${police}`);
  for (const path of [
    'views/disclosures',
    'views/flows',
    'views/summary',
    'views/accesses',
    'inbox',
    `entries/${nosy}`,
  ]) {
    overheard.push((await dpo.get(`/v1/${path}`)).text, (await dpo.get(`/v1/${path}?person=${nosy}`)).text);
  }
  for (const { exchange } of entries) overheard.push((await dpo.get(`/v1/exchanges/${String(exchange)}`)).text);
  expect(found(Buffer.from(overheard.join('\n')))).toEqual([]);
});

test('No file of the ledger, no line of its log and no figure holds one of them, in whatever form', async () => {
  const operator = await running.as('operator', 'host.example');
  const metrics = await operator.get('/metrics');
  expect(metrics.text).toContain('nachweis_http_request_seconds');
  expect(running.logged.join('')).toContain('request failed');
  expect(found(Buffer.from([metrics.text, ...running.logged, ...running.alarms].join('\n')))).toEqual([]);
  expect(foundInFiles()).toEqual([]);
  await running.close();
  expect(foundInFiles()).toEqual([]);
  await running.open();
  expect(running.files().size).toBeGreaterThan(5);
  const files = Buffer.concat([...running.files().values()]);
  expect(files.includes(police)).toBe(true);
});

test('Only block terms of an entry is ever in the views', async () => {
  const views = [...running.files()].filter(([name]) => basename(name).startsWith('views.sqlite'));
  expect(Buffer.concat(views.map(([, bytes]) => bytes)).includes('exit-support')).toBe(true);
  expect(views.flatMap(([, bytes]) => found(bytes))).toEqual([]);
});

describe('After destruction', () => {
  beforeAll(async () => {
    const ids = entries.map(({ id }) => id as EntryId);
    for (const entry of ids) await running.ledger.vault.destroy({ entry });
    await running.ledger.projections.erase(ids);
  });

  test('every proof and receipt still verifies, and the entry says what was erased', async () => {
    for (const { id, type } of entries) {
      const caller = by(`dpo ${recorderOf(type)}`);
      const shown = (await caller.get(`/v1/entries/${id}`, look)).json<{
        leaf: JsonObject;
        opened: string[];
        erased: string[];
      }>();
      expect(shown.opened).toEqual([]);
      expect(shown.erased).toHaveLength((shown.leaf['statement'] as { _sd: string[] })._sd.length);
      expect(found(Buffer.from(JSON.stringify(shown)))).toEqual([]);
      const proof = await caller.get(`/v1/entries/${id}/proof`);
      const hash = leafHash(Buffer.from(canonical(shown.leaf)));
      verifyTlogProof(proof.text, hash, [verifierKey(logKey())], 'ledger.example/nachweis/entries');
    }
  });

  test('a new trail is valid with the verdict erased, and holds none of them', async () => {
    const bytes = await trail();
    const report = await verifyTrail(savedIn(folder, bytes), { logKey: logKey() });
    expect([report.verdict, exitCodeOf(report.verdict), report.findings]).toEqual(['erased', 0, []]);
    expect(report.blocks.erased).toBeGreaterThan(entries.length * 3);
    const destroyed = [...planted.keys()].filter((text) => text !== nosy);
    expect(found(bytes, destroyed)).toEqual([]);
  });

  test('nobody finds them any more, not in searches, not in views, not after a restart', async () => {
    await running.close();
    await running.open();
    for (const { type, data, exchange } of entries) {
      const caller = by(`agency ${recorderOf(type)}`);
      for (const kind of ['case', 'subject']) {
        const search = await caller.post('/v1/subject-searches', { kind, value: data[kind] ?? 'none' }, look);
        expect(search.json()).toMatchObject({ matches: 0 });
      }
      if (exchange !== undefined) expect((await caller.get(`/v1/exchanges/${exchange}`)).status).toBe(404);
    }
    expect((await regulator.get('/v1/views/disclosures')).json()).toMatchObject({ disclosures: [] });
    expect((await by(`dpo ${police}`).get('/v1/views/summary')).json()).toMatchObject({ entries: 0 });
  });
});
