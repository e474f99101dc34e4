import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { streamNames, type EventStore } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { SqliteEventStore } from '#event-store/sqlite';
import { leafIndex, treeSize, type EntryId } from '#kernel';
import { PostgresVault } from '#vault/postgres';
import { registerMigrate } from '../../apps/cli/migrate.js';
import { VaultServer } from '../../libs/vault/testing/vault-server.js';
import type { RecordedAnswer } from '../support/caller.js';
import { commandLine, type Ended } from '../support/command-line.js';
import { EventStorePeer } from '../support/event-store-peer.js';
import { postgresPassword } from '../support/postgres-server.js';
import { RunningLedger } from '../support/running-ledger.js';
import { police, request, youthOffice } from './sample-entries.js';

const wrongUse = 64;

let running: RunningLedger;
let peer: EventStorePeer;
let prefix: string;
let prefixes = 0;
let erased: EntryId;
let secrets: string;
let passwordFile: string;

beforeAll(async () => {
  peer = await EventStorePeer.start();
  running = await RunningLedger.start();
  await running.admit(police, youthOffice);
  const officer = await running.as('agency', police);
  for (let round = 0; round < 4; round += 1) {
    for (let one = 0; one < 5 - Math.floor(round / 3); one += 1)
      expect((await officer.record(request())).status).toBe(201);
    await running.advance();
  }
  const answer = await officer.record(request());
  erased = answer.json<RecordedAnswer>().id as EntryId;
  await running.ledger.vault.destroy({ entry: erased });
  await running.close();
  secrets = mkdtempSync(join(tmpdir(), 'migrate-'));
  passwordFile = join(secrets, 'password');
  writeFileSync(passwordFile, postgresPassword);
});
afterAll(async () => {
  await peer.stop();
  await running.remove();
  rmSync(secrets, { recursive: true });
});
beforeEach(() => {
  prefix = `migrated-${++prefixes}`;
  rmSync(join(running.directory, 'migrated'), { force: true });
});

const settings = (): Record<string, string> => ({
  NACHWEIS_DATA: running.directory,
  NACHWEIS_EVENT_STORE: peer.url,
  NACHWEIS_EVENT_STORE_PREFIX: prefix,
});
const migrate = (changed: Readonly<Record<string, string>> = {}, ...given: readonly string[]): Promise<Ended> =>
  commandLine(
    registerMigrate,
    { ...settings(), ...changed },
    'migrate',
    ...(given.length > 0 ? given : ['--from', 'sqlite', '--to', 'eventstoredb']),
  );

async function withStore<Result>(store: EventStore, work: (store: EventStore) => Promise<Result>): Promise<Result> {
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
const target = () => EventStoreDbEventStore.open({ url: peer.url, prefix });
const everything = (store: EventStore) =>
  withStore(store, () =>
    Promise.all(
      streamNames.map(async (stream) =>
        (await store.read(stream, leafIndex(0), 400)).map(({ index, bytes }) => [index, bytes.toString()]),
      ),
    ),
  );

describe('nachweis migrate', () => {
  test('carries both logs of a stopped ledger into an event store, byte for byte, and says what it proved', async () => {
    const { code, out } = await migrate();
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^entries: 20 entries, \d+ tree heads, all equal; root \S+\n/),
    ]);
    const source = SqliteEventStore.open(join(running.directory, 'log.sqlite'));
    expect(await everything(await target())).toEqual(await everything(source));
    expect(await migrate()).toMatchObject({ code: 0, out });
  });

  test.each(['kill', 'kill-after'] as const)(
    'goes on after the event store was lost in the middle (%s)',
    async (what) => {
      await peer.fault({ at: 'append', what, stream: `${prefix}-registry` });
      expect(await migrate()).toMatchObject({ code: 2, err: expect.stringContaining('registry') });
      await peer.ended();
      await peer.restart();
      expect(await migrate()).toMatchObject({ code: 0 });
      const source = SqliteEventStore.open(join(running.directory, 'log.sqlite'));
      expect(await everything(await target())).toEqual(await everything(source));
    },
  );

  test('is refused while a ledger runs on the data', async () => {
    await running.open();
    try {
      expect(await migrate()).toMatchObject({ code: wrongUse, err: expect.stringContaining('running') });
    } finally {
      await running.close();
    }
    expect(await migrate()).toMatchObject({ code: 0 });
  });

  test('leaves a folder on which no embedded ledger starts any more: its log lives on elsewhere', async () => {
    expect((await migrate()).code).toBe(0);
    await expect(running.open()).rejects.toMatchObject({ name: 'DataMigrated' });
  });

  test('is refused by an event store that holds something else, and names the place', async () => {
    await withStore(await target(), (store) => store.append('entries', treeSize(0), [Buffer.from('{"another":1}')]));
    expect(await migrate()).toMatchObject({ code: 1, err: expect.stringContaining('target, entries/0') });
  });

  test('finds a leaf that was changed in the event store', async () => {
    expect((await migrate()).code).toBe(0);
    await peer.change(`${prefix}-entries`, 7, { data: Buffer.from('{"changed":true}') });
    const { code, err } = await migrate();
    expect([code, err]).toEqual([1, expect.stringMatching(/entries.{0,30}7/)]);
  });

  test.each<[string, Record<string, string>, string[], string]>([
    ['without an event store', { NACHWEIS_EVENT_STORE: undefined as never }, [], 'NACHWEIS_EVENT_STORE'],
    ['in another direction', {}, ['--from', 'eventstoredb', '--to', 'sqlite'], '--from sqlite'],
    ['without saying where to', {}, ['--from', 'sqlite'], '--to'],
    ['with a folder that holds no log', { NACHWEIS_DATA: tmpdir() }, [], 'holds no log'],
    ['with a password in the address', { NACHWEIS_EVENT_STORE: 'esdb://a:geheim@host:1' }, [], 'NACHWEIS_EVENT_STORE'],
  ])('ends with 64 %s', async (_, changed, given, why) => {
    const { code, err } = await migrate(changed, ...given);
    expect([code, err]).toEqual([wrongUse, expect.stringContaining(why)]);
    expect(err).not.toContain('geheim');
  });

  test('carries the sealed blocks, too, before the log, and what was erased stays erased', async () => {
    const server = await VaultServer.start();
    const { blocks, keys, keyFile } = server.place();
    const passwords = { NACHWEIS_VAULT_PASSWORD_FILE: passwordFile, NACHWEIS_VAULT_KEYS_PASSWORD_FILE: passwordFile };
    const vault = { NACHWEIS_VAULT: blocks.url, NACHWEIS_VAULT_KEYS: keys.url, NACHWEIS_KEYS: dirname(keyFile) };
    const given = ['--from', 'sqlite', '--to', 'eventstoredb', '--vault'];
    try {
      const half = await migrate({ NACHWEIS_VAULT: blocks.url }, ...given);
      expect(half).toMatchObject({ code: wrongUse, err: expect.stringContaining('NACHWEIS_VAULT_KEYS') });
      const denied = await migrate(vault, ...given);
      expect(denied).toMatchObject({ code: 2, err: expect.stringContaining('NACHWEIS_VAULT, NACHWEIS_VAULT_KEYS: ') });
      expect(await withStore(await target(), (store) => store.size('entries'))).toBe(0);
      const { code, out } = await migrate({ ...vault, ...passwords }, ...given);
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/^blocks: \d+ sealed, [1-9]\d* erased, all equal\nentries: 20/),
      ]);
      const migrated = await PostgresVault.open(server.place());
      expect((await migrated.open([erased])).get(erased)?.every((block) => 'erased' in block)).toBe(true);
      await migrated.close();
    } finally {
      await server.stop();
    }
  });

  test('says which setting leads nowhere, and with --data where the ledger is', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'migrate-'));
    const unreachable = { NACHWEIS_EVENT_STORE: 'esdb://127.0.0.1:1?tls=false', NACHWEIS_DATA: empty };
    const given = ['--from', 'sqlite', '--to', 'eventstoredb', '--data', running.directory];
    const { code, err } = await migrate(unreachable, ...given);
    expect([code, err]).toEqual([2, expect.stringContaining('NACHWEIS_EVENT_STORE: ')]);
    expect(err).toContain('127.0.0.1:1');
    rmSync(empty, { recursive: true });
  });
});
