import { Writable } from 'node:stream';
import { generateKeyPairSync } from 'node:crypto';
import { StoreUnavailable } from '#event-store';
import { treeSize } from '#kernel';
import { readCheckpointRecord, StreamUnavailable } from '#messaging';
import { createLogger } from '#platform';
import { formatTreeHead, noteSigner, verifierKey, signNote } from '#transparency';
import { Random } from '../../test/support/random.js';
import { mac, origin, partitionKey, RelayedLog } from '../../test/support/relayed-log.js';
import { startRelay, type RelayPorts, type RelayService, type RelaySettings } from './relay-service.js';
import { exchangeRoute } from './route.js';
import { RelayRefused } from './relay-refused.js';

const signer = noteSigner(`${origin}/entries`, generateKeyPairSync('ed25519').privateKey);
const checkpointOf = (size: number, by = signer): string =>
  signNote(formatTreeHead({ origin: by.name, size: treeSize(size), root: Buffer.alloc(32, size) }), [by]);

const lines: string[] = [];
const logger = createLogger(
  'info',
  new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) }),
);
const turn = () => new Promise(setImmediate);
const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await turn();
};

let services: RelayService[] = [];
afterEach(async () => {
  for (const service of services) await service.close().catch(() => undefined);
  services = [];
  lines.splice(0);
});

async function started(log: RelayedLog, change: Partial<RelaySettings> = {}, open?: () => Promise<RelayPorts>) {
  const ports = (): RelayPorts => ({
    store: log.store,
    stream: log.stream,
    route: exchangeRoute(log.vault, partitionKey),
    mac,
    close: async () => undefined,
  });
  const settings: RelaySettings = {
    origin,
    log: 'entries',
    host: '127.0.0.1',
    metricsPort: 0,
    checkpointInterval: 1,
    pause: turn,
    isForeign: () => false,
    ...change,
  };
  const service = await startRelay(ports(), open ?? (async () => ports()), settings, logger);
  services.push(service);
  return service;
}

const figure = async ({ sidecar }: RelayService, name: string): Promise<number> => {
  const text = await (await fetch(`${sidecar.url}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`nachweis_${name}`))
      ?.split(' ')[1],
  );
};

describe('the service of a relay', () => {
  it('relays, shows its figures and is ready', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 50);
    const service = await started(log);
    await until(() => log.total === 50);
    await until(async () => (await figure(service, 'relay_lag_leaves{log="entries"}')) === 0);
    expect(await figure(service, 'relay_published_total{topic="ledger.entries.v1"}')).toBe(50);
    expect(await figure(service, 'relay_position{log="entries"}')).toBe(50);
    expect((await fetch(`${service.sidecar.url}/health/ready`)).status).toBe(200);
    await service.close();
    await expect(service.ended).resolves.toBeUndefined();
  });

  it('begins again with everything opened anew, and says meanwhile what is away', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 50);
    let opened = 0;
    const closed: number[] = [];
    const back = Promise.withResolvers<void>();
    const ports = (number: number): RelayPorts => ({
      store: log.store,
      stream: {
        tail: (topic, partition) => log.stream.tail(topic, partition),
        extent: (topic, partition) => log.stream.extent(topic, partition),
        publish: (topic, partition, records) =>
          number === 0
            ? Promise.reject(new StreamUnavailable('10.0.0.7 is away'))
            : log.stream.publish(topic, partition, records),
      },
      route: exchangeRoute(log.vault, partitionKey),
      mac,
      close: async () => void closed.push(number),
    });
    const pause = (): Promise<void> => back.promise;
    // The first run finds no log, the second no stream.
    const subscribe = log.store.subscribe.bind(log.store);
    log.store.subscribe = () => {
      log.store.subscribe = subscribe;
      throw new StoreUnavailable('away');
    };
    const service = await started(log, { pause }, async () => ports(opened++));
    const ready = () => fetch(`${service.sidecar.url}/health/ready`);
    await until(async () => (await ready()).status === 503);
    expect(await (await ready()).json()).toMatchObject({
      errors: [{ pointer: '/relay' }, { pointer: '/event-store' }],
    });
    back.resolve();
    await until(() => log.total === 50);
    expect(closed).toEqual([0]);
    expect(await figure(service, 'relay_runs_total{log="entries",outcome="failed"}')).toBe(2);
    expect((await ready()).status).toBe(200);
    expect(lines.join('')).toContain('StreamUnavailable');
    expect(lines.join('')).not.toContain('10.0.0.7');
  });

  it('ends with what no further run can mend', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 5);
    log.vault.exchangesOf = async () => new Map();
    const service = await started(log);
    await expect(service.ended).rejects.toThrow(RelayRefused);
    await expect(fetch(`${service.sidecar.url}/health/live`)).rejects.toThrow('fetch failed');
  });
});

describe('checkpoints', () => {
  const read = async (log: RelayedLog) => {
    const held = log.memory.partition('ledger.checkpoints.v1', 0);
    return held.extent.next === 0 ? [] : held.read(held.extent.earliest, new AbortController().signal);
  };
  const sizes = async (log: RelayedLog): Promise<number[]> => {
    const source = { origin, log: 'entries', verifiers: [verifierKey(signer.vkey)] } as const;
    return (await read(log)).map((record) => readCheckpointRecord(record, source).head.size);
  };

  it('are relayed as the ledger signed them, the newest each time, and never one that is not larger', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 9);
    const shown = [null, checkpointOf(3), checkpointOf(3), checkpointOf(2), checkpointOf(9), checkpointOf(5)];
    let asked = 0;
    await started(log, { newest: async () => shown[Math.min(asked++, shown.length - 1)] ?? null });
    await until(() => asked > 8);
    expect(await sizes(log)).toEqual([3, 9]);
    const again = await started(log, { newest: async () => (asked++, checkpointOf(9)) });
    const before = asked;
    await until(() => asked > before + 3);
    expect(await sizes(log)).toEqual([3, 9]);
    await again.close();
  });

  it('that are of another log, ahead of the log, or no checkpoints go nowhere, and leaves go on', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 9);
    const other = noteSigner('other.example/x', generateKeyPairSync('ed25519').privateKey);
    const shown = [checkpointOf(3, other), checkpointOf(10), 'Erika', ''];
    let asked = 0;
    await started(log, { newest: async () => shown[asked++ % shown.length] ?? null });
    await until(() => asked > 9 && log.total === 9);
    expect(await read(log)).toEqual([]);
    expect(lines.join('')).not.toContain('Erika');
  });
});
