import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { everyProjection, completeUpTo, type Views } from '#compliance';
import { createGeneration, switchTo } from '#compliance/postgres';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { leafIndex, treeSize } from '#kernel';
import { KafkaRecordStream } from '#messaging/kafka';
import { migrateVault, PostgresVault } from '#vault/postgres';
import { PostgresDatabase, testOrigin } from '../../libs/compliance/testing/databases.js';
import { rebuiltElsewhere } from '../../libs/compliance/testing/projected.js';
import { exchangeOf, RecordedLog } from '../../libs/compliance/testing/recorded-log.js';
import { story } from '../../libs/compliance/testing/stories.js';
import { digestsOf, entriesTopic, outgoing, streamKey, type Outgoing } from '../../libs/compliance/testing/streamed.js';
import { EventStorePeer } from '../../test/support/event-store-peer.js';
import { postgresPassword } from '../../test/support/postgres-server.js';

const main = fileURLToPath(new URL('../../dist/apps/projector/main.js', import.meta.url));
const brokers = process.env['NACHWEIS_TEST_KAFKA']?.split(',') ?? [];
const prefix = `${randomUUID()}.`;
const names = everyProjection.map(({ name }) => name);
const server = new PostgresDatabase();
const processes: ProjectorProcess[] = [];
let directory: string;
let database: string;
let stream: KafkaRecordStream;
let peer: EventStorePeer;
let store: EventStoreDbEventStore;
let log: RecordedLog;
let settings: Record<string, string>;

/** A projector as its operator runs it: the built program in a process of its own. */
class ProjectorProcess {
  readonly #child: ChildProcess;
  readonly ended: Promise<unknown>;
  output = '';

  constructor(more: Readonly<Record<string, string>> = {}) {
    if (!existsSync(main)) throw new Error('the projector is not built: run `npm run build` first');
    this.#child = spawn(process.execPath, [main], { env: { PATH: '/usr/bin:/bin', ...settings, ...more } });
    this.ended = once(this.#child, 'close');
    for (const out of [this.#child.stdout, this.#child.stderr]) {
      out?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    processes.push(this);
  }

  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  async url(): Promise<string> {
    await soon(() => this.output.includes('answers on') || this.exitCode !== null);
    const url = /answers on (\S+)/.exec(this.output)?.[1];
    if (url === undefined) throw new Error(`the projector did not start:\n${this.output}`);
    return url;
  }

  async figure(name: string): Promise<number> {
    const text = await (await fetch(`${await this.url()}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    );
  }

  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void {
    this.#child.kill(name);
  }
}

/** @throws Error when it is not so within half a minute */
async function soon(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await isSo()) return;
    await setTimeout(50);
  }
  throw new Error(`it did not come to this:\n${processes.map(({ output }) => output).join('\n')}`);
}

async function publish(leaves: readonly Outgoing[]): Promise<void> {
  for (const [partition, own] of Map.groupBy(leaves, (leaf) => leaf.partition)) {
    await stream.publish(
      entriesTopic,
      partition,
      own.map(({ record }) => record),
    );
  }
}

async function record(exchanges: number): Promise<readonly Outgoing[]> {
  const before = await log.size();
  for (let number = 0; number < exchanges; number += 1) {
    const exchange = exchangeOf(`exchange ${before + number}`);
    await log.record(...story.map((told) => (told.exchange ? { ...told, exchange } : told)));
  }
  const leaves = await log.store.read('entries', leafIndex(before), 400);
  await store.append(
    'entries',
    treeSize(before),
    leaves.map(({ bytes }) => bytes),
  );
  return (await outgoing(log)).slice(before);
}

async function generation(): Promise<{ readonly number: number; readonly views: Views }> {
  const owner = await server.as('owner', database);
  const { number } = await createGeneration(owner.database, everyProjection, 12);
  await owner.database.destroy();
  return { number, views: await server.as('projector', database, number) };
}

const hasAll = async ({ database: views }: Views): Promise<boolean> =>
  (await completeUpTo(views, names)) === (await log.size());

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'projector-'));
  await server.start();
  peer = await EventStorePeer.start();
  store = await EventStoreDbEventStore.open({ url: peer.url });
  await server.server.run('postgres', 'CREATE DATABASE vault OWNER owner');
  database = await server.create();
  const admin = { url: server.address('vault', 'postgres').url, password: postgresPassword };
  const keyFile = join(directory, 'vault.key');
  await migrateVault({ blocks: admin, keys: admin, keyFile, origin: testOrigin });
  await server.server.run('postgres', 'GRANT nachweis_vault_reader, nachweis_keys_reader TO projector');
  await writeFile(join(directory, 'partition.key'), streamKey.toString('base64'), { mode: 0o600 });
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, postgresPassword);
  await chmod(passwordFile, 0o600);
  settings = {
    NACHWEIS_ORIGIN: testOrigin,
    NACHWEIS_KEYS: directory,
    NACHWEIS_METRICS_PORT: '0',
    NACHWEIS_DATA: directory,
    NACHWEIS_VIEWS: server.address(database, 'projector').url,
    NACHWEIS_VIEWS_PASSWORD_FILE: passwordFile,
    NACHWEIS_VAULT: server.address('vault', 'projector').url,
    NACHWEIS_VAULT_PASSWORD_FILE: passwordFile,
    NACHWEIS_VAULT_KEYS: server.address('vault', 'projector').url,
    NACHWEIS_VAULT_KEYS_PASSWORD_FILE: passwordFile,
    NACHWEIS_EVENT_STORE: peer.url,
    NACHWEIS_LOG_LEVEL: 'warn',
    NACHWEIS_KAFKA: brokers.join(),
    NACHWEIS_KAFKA_PREFIX: prefix,
  };
  const vault = await PostgresVault.open({ blocks: admin, keys: admin, keyFile, origin: testOrigin });
  log = new RecordedLog();
  const remember = log.vault.store.bind(log.vault);
  log.vault.store = async (entries) => {
    await remember(entries);
    await vault.store(entries, treeSize(0));
  };
  stream = new KafkaRecordStream({ brokers, prefix });
  await stream.prepare();
});

afterAll(async () => {
  for (const one of processes) one.signal('SIGKILL');
  await Promise.all(processes.map(({ ended }) => ended));
  await stream.close();
  await store.close();
  await peer.stop();
  await server.stop();
  await rm(directory, { recursive: true });
});

describe('projectors on Kafka and PostgreSQL', () => {
  it('fold every leaf once, whoever of them is killed, stopped and resumed, and end in good order', async () => {
    const { number, views } = await generation();
    const owner = await server.as('owner', database);
    await switchTo(owner.database, number);
    const one = new ProjectorProcess();
    const two = new ProjectorProcess();
    await publish(await record(40));
    await soon(() => hasAll(views));
    two.signal('SIGSTOP');
    await publish(await record(40));
    const three = new ProjectorProcess();
    await three.url();
    one.signal('SIGKILL');
    await publish(await record(40));
    await soon(async () => (await three.figure('nachweis_projector_generation{state="active"}')) === number);
    two.signal('SIGCONT');
    await soon(() => hasAll(views));
    expect(await digestsOf(views)).toEqual(await rebuiltElsewhere(log));
    expect(await three.figure('process_resident_memory_bytes')).toBeLessThan(300 * 1024 * 1024);
    for (const left of [two, three]) {
      left.signal('SIGTERM');
      await left.ended;
      expect([left.exitCode, left.output]).toEqual([0, expect.stringContaining('answers on')]);
    }
    await owner.database.destroy();
    await views.database.destroy();
  });

  it('build a new generation from the beginning beside the one that is read', async () => {
    const { number, views } = await generation();
    const one = new ProjectorProcess();
    await soon(() => hasAll(views));
    expect(await one.figure('nachweis_projector_generation{state="building"}')).toBe(number);
    expect(await digestsOf(views)).toEqual(await rebuiltElsewhere(log));
    one.signal('SIGTERM');
    await one.ended;
    await views.database.destroy();
  });

  it('end with a line that names NACHWEIS_KEYS and the file when the relay has made no partition key', async () => {
    const keys = join(directory, 'without-partition-key');
    await mkdir(keys, { mode: 0o700 });
    await copyFile(join(directory, 'vault.key'), join(keys, 'vault.key'));
    const one = new ProjectorProcess({ NACHWEIS_KEYS: keys });
    await one.ended;
    expect(one.exitCode).toBe(69);
    expect(one.output.trim()).toMatch(/^NACHWEIS_KEYS: .*partition\.key is missing.*$/);
    expect(await readdir(keys)).toEqual(['vault.key']);
  });

  it.each([
    ['NACHWEIS_VIEWS', 'postgres://projector@127.0.0.1:9/views'],
    ['NACHWEIS_VAULT', 'postgres://projector@127.0.0.1:9/vault'],
    ['NACHWEIS_KAFKA', '127.0.0.1:9'],
    ['NACHWEIS_EVENT_STORE', 'esdb://127.0.0.1:9?tls=false'],
  ])(
    'end with a line that names %s and the host when it cannot be reached',
    async (name, value) => {
      const one = new ProjectorProcess({ [name]: value });
      await one.ended;
      expect(one.exitCode).toBe(69);
      expect(one.output).toContain(name);
      expect(one.output).toContain('127.0.0.1:9');
      expect(one.output.trim().split('\n')).toHaveLength(1);
    },
    60_000,
  );
});
