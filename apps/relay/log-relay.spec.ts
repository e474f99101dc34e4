import type { StoredRecord } from '#event-store';
import { leafIndex } from '#kernel';
import { StreamUnavailable } from '#messaging';
import { leafHash } from '#transparency';
import { Random } from '../../test/support/random.js';
import { faults, RelayedLog, type Meddling, type PublishFault } from '../../test/support/relayed-log.js';

/** The promise to every subscriber: what is read by the rule is the log, filtered to the partition, byte for byte. */
async function expectWhole(log: RelayedLog): Promise<void> {
  for (const partition of log.partitions) {
    expect(digests(await log.read(partition))).toEqual(digests(await log.filtered(partition)));
  }
}

const digests = (leaves: readonly StoredRecord[]): string[] =>
  leaves.map(({ index, bytes }) => `${index} ${leafHash(bytes).toString('hex')}`);

/** Lets other work go on in between, so that lanes overtake each other. */
async function turns(random: Random): Promise<void> {
  for (let turn = random.between(0, 3); turn > 0; turn--) await new Promise(setImmediate);
}

const failing = (fault: PublishFault, at: number): Meddling => {
  let calls = 0;
  return async () => (calls++ === at ? fault : 'none');
};

const seeds = Array.from({ length: 15 }, (_, seed) => seed + 1);

describe.each(['entries', 'registry'] as const)('the relay of %s', (name) => {
  it('puts every leaf into its partition, in order, byte for byte, once', async () => {
    const log = new RelayedLog(name);
    await log.record(new Random(1), 900);
    expect(await log.relayAll(log.relay())).toBeUndefined();
    await expectWhole(log);
    expect(log.total).toBe(900);
    expect(Math.max(...log.publishes.map(({ records }) => records))).toBeLessThanOrEqual(200);
    expect(log.busiest.one).toBe(1);
  });

  it.each(faults)('begins again from the tails, whichever publish fails (%s)', async (fault) => {
    for (let at = 0, struck = true; struck; at++) {
      const log = new RelayedLog(name);
      const random = new Random(at + 1);
      await log.record(random, 60);
      const failure = await log.relayAll(log.relay(failing(fault, at)));
      struck = failure !== undefined;
      if (struck) expect(failure).toBeInstanceOf(StreamUnavailable);
      await log.record(random, 20);
      expect(await log.relayAll(log.relay())).toBeUndefined();
      await expectWhole(log);
      // Nothing comes twice unless records were stored that the tail did not show yet.
      if (fault !== 'late') expect(log.total).toBe(80);
    }
  });

  it.each(seeds)('loses nothing and keeps the order through failures at random, seed %i', async (seed) => {
    const random = new Random(seed);
    const log = new RelayedLog(name);
    const meddle: Meddling = async () => {
      await turns(random);
      return random.chance(name === 'registry' ? 0.4 : 0.15) ? random.pick(faults) : 'none';
    };
    let failures = 0;
    for (let round = 0; round < 12; round++) {
      await log.record(random, random.between(0, 80));
      if ((await log.relayAll(log.relay(meddle))) !== undefined) failures += 1;
      await Promise.all(log.partitions.map((partition) => log.read(partition)));
    }
    expect(failures).toBeGreaterThan(0);
    expect(await log.relayAll(log.relay())).toBeUndefined();
    await expectWhole(log);
  });

  it.each(seeds)('keeps the stream whole when an old relay wakes up beside a new one, seed %i', async (seed) => {
    const random = new Random(seed);
    const log = new RelayedLog(name);
    await log.record(random, 200);
    const asleep = Promise.withResolvers<void>();
    const nap = name === 'registry' ? 0 : random.between(0, 8);
    let calls = 0;
    const old: Meddling = async () => {
      if (calls++ >= nap) await asleep.promise;
      await turns(random);
      return random.chance(0.02) ? random.pick(faults) : 'none';
    };
    const first = log.relay(old);
    const stop = new AbortController();
    let ended = false;
    const firstRun = first
      .run(stop.signal)
      .catch(() => undefined)
      .finally(() => (ended = true));
    for (let turn = 0; turn < 40; turn++) await new Promise(setImmediate);
    await log.record(random, 60);
    const second = log.relay(async () => {
      await turns(random);
      // It wakes up somewhere in the middle of the work of its successor.
      if (random.chance(0.2)) asleep.resolve();
      return 'none';
    });
    expect(await log.relayAll(second)).toBeUndefined();
    asleep.resolve();
    await log.record(random, 60);
    while (!ended && first.position < log.size) await new Promise(setImmediate);
    stop.abort();
    await firstRun;
    expect(await log.relayAll(log.relay())).toBeUndefined();
    await expectWhole(log);
    expect(log.total).toBeGreaterThan(log.size);
  });
});

describe('a relay', () => {
  it('sends to several partitions at once, but to one partition one batch after the other', async () => {
    const log = new RelayedLog();
    const random = new Random(3);
    await log.record(random, 2_000);
    await log.relayAll(log.relay(async () => (await turns(random), 'none')));
    expect(log.busiest.one).toBe(1);
    expect(log.busiest.all).toBeGreaterThan(3);
  });

  it('sends no more than 512 KiB at once, and a larger leaf than that never is', async () => {
    const log = new RelayedLog('registry');
    await log.record(new Random(4), 60, 60_000);
    await log.relayAll(log.relay());
    expect(Math.max(...log.publishes.map(({ bytes }) => bytes))).toBeLessThanOrEqual(512 * 1024);
    await expectWhole(log);
  });

  it('reads no further than a bounded distance ahead of a stream that does not answer', async () => {
    const log = new RelayedLog('registry');
    await log.record(new Random(5), 900, 30_000);
    const stop = new AbortController();
    const answer = Promise.withResolvers<void>();
    const relay = log.relay(async () => (await answer.promise, 'none'));
    const run = relay.run(stop.signal);
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
    const batch = 400 * 31_000;
    expect(relay.waitingBytes).toBeGreaterThan(0);
    expect(relay.waitingBytes).toBeLessThanOrEqual(4 * 1024 * 1024 + batch);
    expect(relay.position).toBe(0);
    stop.abort();
    answer.resolve();
    await run;
    expect(log.total).toBeLessThanOrEqual(200);
  });

  it('finishes what is under way when it is stopped, and starts nothing more', async () => {
    const log = new RelayedLog();
    await log.record(new Random(6), 300);
    const stop = new AbortController();
    const answer = Promise.withResolvers<void>();
    const run = log.relay(async () => (await answer.promise, 'none')).run(stop.signal);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    stop.abort();
    answer.resolve();
    await expect(run).resolves.toBeUndefined();
    expect(log.publishes.length).toBeLessThanOrEqual(12);
    expect(await log.relayAll(log.relay())).toBeUndefined();
    expect(log.total).toBe(300);
  });

  it('follows what arrives, in step with its tails: a second run reads again what a quiet partition has behind it', async () => {
    const log = new RelayedLog();
    const random = new Random(7);
    await log.record(random, 500);
    await log.relayAll(log.relay());
    expect(log.skipped).toBe(0);
    await log.record(random, 5);
    await log.relayAll(log.relay());
    expect(log.skipped).toBeGreaterThan(0);
    expect(log.total).toBe(505);
    await expectWhole(log);
  });

  it('knows at any time how far the log is in its partitions without a gap', async () => {
    const log = new RelayedLog();
    const random = new Random(8);
    await log.record(random, 700);
    const seen: boolean[] = [];
    const relay = log.relay(async () => {
      await turns(random);
      for (const partition of log.partitions) {
        const due = (await log.filtered(partition)).filter(({ index }) => index < relay.position).length;
        seen.push((await log.read(partition)).length >= due);
      }
      return 'none';
    });
    await log.relayAll(relay);
    expect(seen.length).toBeGreaterThan(100);
    expect(seen).not.toContain(false);
    expect(relay.position).toBe(leafIndex(700));
  });

  it('ends its run when the vault does not answer', async () => {
    const log = new RelayedLog();
    await log.record(new Random(9), 3);
    log.vault.exchangesOf = () => Promise.reject(new Error('away'));
    await expect(log.relay().run(new AbortController().signal)).rejects.toThrow('away');
    expect(log.total).toBe(0);
  });
});
