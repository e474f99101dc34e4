import { EventStoreDBClient, binaryEvent } from '@eventstore/db-client';
import { leafIndex, treeSize } from '#kernel';
import { EventStoreDbEventStore, type EventStoreDbOptions } from '#event-store/eventstoredb';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from '../../../test/support/certificate.js';
import { EventStorePeer } from '../../../test/support/event-store-peer.js';
import { freePort } from '../../../test/support/postgres-server.js';

const opened: EventStoreDbEventStore[] = [];
const peers: EventStorePeer[] = [];
const folder = mkdtempSync(join(tmpdir(), 'event-store-files-'));
const noPause = async (): Promise<void> => {};
const username = 'ledger';
const password = 'correct horse';
let prefixes = 0;
let prefix = '';
let plain: EventStorePeer;

async function started(...options: Parameters<typeof EventStorePeer.start>): Promise<EventStorePeer> {
  const peer = await EventStorePeer.start(...options);
  peers.push(peer);
  return peer;
}

async function open(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
  const store = await EventStoreDbEventStore.open({
    patience: 5_000,
    deadline: 2_000,
    prefix,
    pause: noPause,
    ...options,
  });
  opened.push(store);
  return store;
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

beforeAll(async () => {
  plain = await started();
});
beforeEach(() => {
  prefixes += 1;
  prefix = `ledger-${prefixes}`;
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});
afterAll(async () => {
  await Promise.all(peers.map((peer) => peer.stop()));
  rmSync(folder, { recursive: true });
});

describe('an address', () => {
  it.each([
    ['http://127.0.0.1:2113', 'form'],
    ['esdb://', 'form'],
    ['esdb://admin:secret@127.0.0.1:2113', 'credentials do not belong there'],
    ['esdb://127.0.0.1:99999', 'no host and port'],
    ['esdb://127.0.0.1:2113?tls=maybe', 'tls is true or false'],
    ['esdb://127.0.0.1:2113?tlsVerifyCert=false', 'tlsVerifyCert is not known'],
    ['esdb://127.0.0.1:2113?throwOnAppendFailure=false', 'throwOnAppendFailure is not known'],
    ['esdb://127.0.0.1:2113?nodePreference=follower', 'only the leader'],
    ['esdb://127.0.0.1:2113?tlsCAFile=/nowhere/ca.pem', 'tlsCAFile /nowhere/ca.pem cannot be read'],
    ['esdb://127.0.0.1:2113?userCertFile=/nowhere', 'belong together'],
    ['esdb://127.0.0.1:2113?gossipTimeout=soon', 'a whole number'],
    ['esdb://127.0.0.1:2113?tls=false&tls=true', 'twice'],
  ])('%s is refused', async (url, why) => {
    const refused = open({ url });
    await expect(refused).rejects.toMatchObject({ name: 'StoreRefused', reason: 'address' });
    await expect(refused).rejects.toThrow(why);
    await expect(refused).rejects.not.toThrow('secret');
  });

  it.each([
    ['a user without a password', { username }],
    ['a password without a user', { password }],
    ['a password that would not be sent', { username, password }],
    ['a password file that is not there', { username, passwordFile: '/nowhere/password' }],
    ['a prefix that is no name', { prefix: '$system' }],
  ])('with %s is refused', async (_, options) => {
    await expect(open({ url: plain.url, ...options })).rejects.toMatchObject({ reason: 'address' });
  });
});

describe('a server', () => {
  it('that nobody runs is named, after patience ended', async () => {
    const port = await freePort();
    await expect(open({ url: `esdb://127.0.0.1:${port}?tls=false`, patience: 100 })).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining(`127.0.0.1:${port} cannot be reached`),
    });
  });

  it('that takes connections and says nothing does not hold the ledger up', async () => {
    const taken = new Set<Socket>();
    const silent = createServer((socket) => taken.add(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as AddressInfo;
    await expect(open({ url: `esdb://127.0.0.1:${port}?tls=false`, patience: 100 })).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining(`127.0.0.1:${port} is reached but does not answer`),
    });
    for (const socket of taken) socket.destroy();
    silent.close();
  });

  it('that answers nothing but its version does not hold the ledger up', async () => {
    await plain.fault({ at: 'read', what: 'silent', times: 1_000 });
    await expect(open({ url: plain.url, patience: 100 })).rejects.toMatchObject({ reason: 'unreachable' });
    await plain.clearFaults();
  });

  it('that starts a moment later is waited for', async () => {
    const late = await started();
    await late.kill();
    const store = await open({ url: late.url, patience: 20_000, pause: () => late.restart() });
    expect(await store.size('entries')).toBe(0);
  });

  it('of an old version is refused', async () => {
    const old = await started({ version: '20.10.4' });
    await expect(open({ url: old.url })).rejects.toMatchObject({
      reason: 'version',
      message: `the event store at 127.0.0.1:${old.endpoint.port} is version 20.10.4, needed is 22.10`,
    });
  });
});

describe('a cluster', () => {
  let leader: EventStorePeer;
  let follower: EventStorePeer;
  const both = (): string => {
    const [one, other] = [follower, leader].map(({ endpoint }) => `${endpoint.host}:${endpoint.port}`);
    return `esdb://${one},${other}?tls=false`;
  };

  beforeAll(async () => {
    leader = await started();
    follower = await started({ leader: leader.endpoint });
  });

  it('is asked who leads it', async () => {
    const store = await open({ url: both() });
    await store.append('entries', treeSize(0), [Buffer.from('led')]);
    expect(await (await open({ url: leader.url })).size('entries')).toBe(1);
  });

  it('is found through a node that does not lead it', async () => {
    const store = await open({ url: follower.url });
    await store.append('entries', treeSize(0), [Buffer.from('led')]);
    expect(await (await open({ url: leader.url })).size('entries')).toBe(1);
  });

  it('that nobody runs is named with all its nodes', async () => {
    const ports = [await freePort(), await freePort()];
    const hosts = ports.map((port) => `127.0.0.1:${port}`);
    const url = `esdb://${hosts.join(',')}?tls=false&maxDiscoverAttempts=1&discoveryInterval=1`;
    const refused = open({ url, patience: 100 });
    await expect(refused).rejects.toMatchObject({ reason: 'unreachable' });
    await expect(refused).rejects.toThrow(hosts[0]);
  });
});

describe('a secured server', () => {
  const certificate = selfSigned('event store');
  const stranger = selfSigned('stranger');
  let secured: EventStorePeer;
  let ca: string;
  const urlOf = ({ endpoint }: EventStorePeer, options: string): string =>
    `esdb://${endpoint.host}:${endpoint.port}?${options}`;

  beforeAll(async () => {
    ca = file('ca.pem', certificate.cert);
    secured = await started({ tls: certificate, username, password });
  });

  it('lets in who knows the password', async () => {
    const passwordFile = file('password', `${password}\n`);
    const store = await open({ url: urlOf(secured, `tlsCaFile=${ca}`), username, passwordFile });
    await store.append('entries', treeSize(0), [Buffer.from('secured')]);
    expect(await store.size('entries')).toBe(1);
  });

  it.each([
    ['the wrong password', { username, password: 'battery staple' }],
    ['no password', {}],
  ])('refuses %s, and the message does not repeat it', async (_, credentials) => {
    const refused = open({ url: urlOf(secured, `tlsCaFile=${ca}`), ...credentials });
    await expect(refused).rejects.toMatchObject({
      reason: 'denied',
      message: `the event store at 127.0.0.1:${secured.endpoint.port} refuses the credentials`,
    });
  });

  it.each([
    ['an authority nobody trusts', ''],
    ['another authority', `tlsCaFile=${file('stranger.pem', stranger.cert)}`],
  ])('is refused with a certificate of %s', async (_, option) => {
    await expect(open({ url: urlOf(secured, option) })).rejects.toMatchObject({
      reason: 'tls',
      message: expect.stringContaining(`127.0.0.1:${secured.endpoint.port}: the connection cannot be secured`),
    });
  });

  it('is not taken for one that is just away, when it is spoken to without TLS', async () => {
    await expect(open({ url: urlOf(secured, 'tls=false'), patience: 100 })).rejects.toMatchObject({
      reason: 'unreachable',
    });
  });

  it('is expected where there is one without TLS', async () => {
    await expect(open({ url: urlOf(plain, '') })).rejects.toMatchObject({ reason: 'tls' });
  });

  it('lets in who has the certificate it asks for', async () => {
    const client = selfSigned('ledger');
    const strict = await started({ tls: { ...certificate, clientCa: client.cert } });
    const files = `userCertFile=${file('user.pem', client.cert)}&userKeyFile=${file('user.key', client.key)}`;
    const store = await open({ url: urlOf(strict, `tlsCaFile=${ca}&${files}`) });
    await store.append('entries', treeSize(0), [Buffer.from('known')]);
    await expect(open({ url: urlOf(strict, `tlsCaFile=${ca}`) })).rejects.toMatchObject({ reason: 'tls' });
  });
});

describe('a stream in the place of ours', () => {
  const records = [0, 1, 2].map((place) => Buffer.from(`record ${place}`));
  const refusal = (stream = 'entries'): Promise<unknown> =>
    open({ url: plain.url }).then(
      () => `opened with ${stream}`,
      (error: unknown) => error,
    );

  async function write(): Promise<void> {
    const store = await open({ url: plain.url });
    await store.append('entries', treeSize(0), records);
  }

  it('that is whole is opened again', async () => {
    await write();
    const store = await open({ url: plain.url });
    expect((await store.read('entries', leafIndex(0), 9)).map(({ bytes }) => bytes)).toEqual(records);
  });

  it('is refused when its beginning was truncated', async () => {
    await write();
    await plain.truncate(`${prefix}-entries`, 2);
    expect(await refusal()).toMatchObject({ reason: 'truncated', message: expect.stringContaining('$tb is 2') });
  });

  it('is refused when it was deleted for ever', async () => {
    await write();
    await plain.tombstone(`${prefix}-entries`);
    expect(await refusal()).toMatchObject({ reason: 'deleted', message: expect.stringContaining(`${prefix}-entries`) });
  });

  it('is refused when the first record was changed', async () => {
    await write();
    await plain.change(`${prefix}-entries`, 0, { data: Buffer.from('Record 0') });
    expect(await refusal()).toMatchObject({
      reason: 'changed',
      message: `stream ${prefix}-entries of the event store, index 0: its bytes do not fit its id`,
    });
  });

  it('is refused when the last record was changed', async () => {
    await write();
    await plain.change(`${prefix}-entries`, 2, { data: Buffer.from('Record 2') });
    expect(await refusal()).toMatchObject({ reason: 'changed', message: expect.stringContaining('index 2') });
  });

  it.each([
    ['belongs to somebody else', { type: 'order-placed' }],
    ['is a tree head', { type: 'nachweis.tree-head.v1' }],
    ['belongs to the other log', { metadata: '{"log":"registry"}' }],
    ['has no metadata', { metadata: '' }],
    ['has other metadata', { metadata: 'null' }],
  ])('is refused when its first event %s', async (_, change) => {
    await write();
    await plain.change(`${prefix}-entries`, 0, change);
    expect(await refusal()).toMatchObject({ reason: 'foreign', message: expect.stringContaining('index 0') });
  });

  it.each(['delete', 'limit'] as const)('is refused after a %s by another client', async (how) => {
    await write();
    const client = EventStoreDBClient.connectionString(plain.url);
    const name = `${prefix}-entries`;
    if (how === 'delete') await client.deleteStream(name);
    else await client.setStreamMetadata(name, { maxCount: 1_000 });
    expect(await refusal()).toMatchObject({ reason: how === 'delete' ? 'deleted' : 'truncated' });
    await client.dispose();
  });

  it('is refused when another program began it', async () => {
    const client = EventStoreDBClient.connectionString(plain.url);
    await client.appendToStream(`${prefix}-registry.checkpoints`, binaryEvent({ type: 'x', data: Buffer.from('x') }));
    expect(await refusal()).toMatchObject({
      reason: 'foreign',
      message: `stream ${prefix}-registry.checkpoints of the event store, index 0: an event of type x`,
    });
    await client.dispose();
  });
});
