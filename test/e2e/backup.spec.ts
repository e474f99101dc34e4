import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { registerBackup } from '../../apps/cli/backup.js';
import { commandLine } from '../support/command-line.js';
import { BackedUpLedger, expectKept, sha256 } from './backed-up-ledger.js';
import { police, request } from './sample-entries.js';

const wrongUse = 64;

let ledger: BackedUpLedger;

beforeEach(async () => {
  ledger = await BackedUpLedger.start();
});
afterEach(() => ledger.remove());

describe('A ledger that is backed up while it records', () => {
  test('is restored with every entry that was acknowledged before, each readable and provable', async () => {
    await ledger.record(3);
    await ledger.running.advance();
    await ledger.record(5);
    const before = [...ledger.acknowledged];
    await ledger.recordDuring(() => ledger.backUpAll());
    expect(ledger.acknowledged.length).toBeGreaterThan(before.length);
    await ledger.running.close();

    expect(await ledger.restore()).toMatchObject({ code: 0, out: expect.stringContaining('none missing') });
    await ledger.onRestored((restored) => expectKept(restored, before));
  });

  test('leaves no leaf without its blocks, however the copies fall between two entries', async () => {
    await ledger.recordDuring(async () => {
      for (let round = 0; round < 8; round += 1) {
        expect((await ledger.backUp(ledger.folder(`l${round}`), '--keys', ledger.folder(`k${round}`))).code).toBe(0);
      }
    });
    for (let round = 0; round < 8; round += 1) {
      const into = ['--keys', ledger.folder(`k${round}`), '--data', ledger.folder(`d${round}`)];
      const restored = await ledger.restoreFrom(ledger.folder(`l${round}`), ...into);
      expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('none missing') });
    }
  });

  test('goes on with the restored history: what is sent again is known, what is new is added', async () => {
    const entry = request();
    expect((await ledger.officer.record(entry)).status).toBe(201);
    await ledger.backUpAll();
    await ledger.running.close();
    expect((await ledger.restore()).code).toBe(0);
    await ledger.onRestored(async (restored) => {
      const caller = await restored.as('agency', police);
      expect((await caller.record(entry)).status).toBe(200);
      expect((await caller.record(request())).status).toBe(201);
    });
  });
});

describe('A backup', () => {
  test('can be read by its owner only, keeps apart what opens the blocks, and can be checked by hand', async () => {
    await ledger.record();
    const { id } = (await ledger.recordAssessed()).assessment;
    await ledger.backUpAll();
    const listed = (name: string) => readdirSync(ledger.folder(name), { recursive: true }).map(String).toSorted();
    const manifests = ['manifest.json', 'manifest.json.sha256'];
    const opening = ['keys/assessments', `keys/assessments/${id}`, 'keys/vault.key'];
    expect(listed('keys')).toEqual(['keys', 'keys.sqlite', ...opening, ...manifests]);
    const signing = ['cursor', 'entries.pem', 'receipt.pem', 'registry.pem', 'token-issuer.pem'];
    const parts = ['keys', ...signing.map((name) => `keys/${name}`), 'log.sqlite', 'origin', 'vault.sqlite'];
    const assessments = ['assessments', `assessments/${id}.json`];
    expect(listed('ledger')).toEqual([...parts, ...assessments, ...manifests].toSorted());
    for (const name of ['ledger', 'keys']) {
      expect(statSync(ledger.folder(name)).mode & 0o077).toBe(0);
      for (const file of listed(name)) expect(statSync(ledger.folder(`${name}/${file}`)).mode & 0o077).toBe(0);
    }
    const sum = sha256(readFileSync(ledger.folder('ledger/manifest.json')));
    expect(readFileSync(ledger.folder('ledger/manifest.json.sha256'), 'utf8')).toBe(`${sum}  manifest.json\n`);
  });

  test('prints nothing that is secret', async () => {
    await ledger.recordAssessed();
    const { out, err } = await ledger.backUp(ledger.folder('ledger'), '--keys', ledger.folder('keys'));
    const keys = join(ledger.running.directory, 'keys');
    const secrets = [...ledger.running.files()].flatMap(([name, bytes]) => (name.startsWith(keys + sep) ? bytes : []));
    expect(secrets.length).toBeGreaterThan(6);
    for (const secret of secrets) {
      for (const form of ['latin1', 'hex', 'base64'] as const) expect(out + err).not.toContain(secret.toString(form));
    }
  });

  test.each([
    ['no folder at all', () => [], 'name a folder'],
    ['a folder that holds something', () => [ledger.place], 'not empty'],
    ['keys in the same folder', () => [ledger.folder('a'), '--keys', ledger.folder('a')], 'apart'],
    ['keys inside the folder', () => [ledger.folder('a'), '--keys', ledger.folder('a/keys')], 'apart'],
    ['the folder inside the keys', () => [ledger.folder('a/b'), '--keys', ledger.folder('a')], 'apart'],
    [
      'a folder of data without a ledger',
      () => [ledger.folder('a'), '--data', ledger.folder('none')],
      'no embedded ledger',
    ],
  ])('is refused as wrong use with %s, and nothing is written', async (_, given, why) => {
    writeFileSync(ledger.folder('mine'), 'kept');
    const { code, err } = await ledger.backUp(...given());
    expect([code, err]).toEqual([wrongUse, expect.stringContaining(why)]);
    expect(readdirSync(ledger.place)).toEqual(['mine']);
    expect(readFileSync(ledger.folder('mine'), 'utf8')).toBe('kept');
  });

  test('goes on where an assessment is destroyed or still being written meanwhile', async () => {
    const [over, begun, kept] = [await ledger.assess(), await ledger.assess(), await ledger.assess()];
    const { directory } = ledger.running;
    rmSync(join(directory, 'trails', 'assessments', `${over.assessment.id}.json`));
    writeFileSync(join(directory, 'keys', 'assessments', begun.assessment.id), '');
    await ledger.backUpAll();
    expect(readdirSync(ledger.folder('ledger/assessments'))).toContain(`${kept.assessment.id}.json`);
    expect(readdirSync(ledger.folder('ledger/assessments'))).not.toContain(`${over.assessment.id}.json`);
    expect(readdirSync(ledger.folder('keys/keys/assessments'))).not.toContain(begun.assessment.id);
    expect((await ledger.restore()).code).toBe(0);
    expect(readdirSync(ledger.folder('data/keys/assessments'))).toEqual([kept.assessment.id]);
  });

  test('of the cluster profile is left to the tools of its stores, and nothing seems done', async () => {
    const environment = { NACHWEIS_DATA: ledger.running.directory, NACHWEIS_EVENT_STORE: 'esdb://store.example:2113' };
    const { code, err } = await commandLine(registerBackup, environment, 'backup', ledger.folder('a'));
    expect([code, err]).toEqual([wrongUse, expect.stringContaining('pg_dump')]);
    expect(existsSync(ledger.folder('a'))).toBe(false);
  });

  test('of a damaged log is none: it says where, and has no manifest', async () => {
    await ledger.record(3);
    await ledger.running.advance();
    await ledger.running.close();
    const database = new DatabaseSync(join(ledger.running.directory, 'log.sqlite'));
    database.exec(`UPDATE entries SET bytes = CAST('{}' AS BLOB) WHERE idx = 1`);
    database.close();
    const { code, err } = await ledger.backUp(ledger.folder('ledger'));
    expect([code, err]).toEqual([1, expect.stringMatching(/backup, entries\/\d: the root/)]);
    expect(existsSync(ledger.folder('ledger/manifest.json'))).toBe(false);
  });
});
