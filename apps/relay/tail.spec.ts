import { leafIndex, treeSize } from '#kernel';
import { LeafMac, leafRecord, readLeafRecord, type OutgoingRecord } from '#messaging';
import { formatTreeHead } from '#transparency';
import { Random } from '../../test/support/random.js';
import { mac, origin, partitionKey, RelayedLog } from '../../test/support/relayed-log.js';
import { requireOrigin } from './log-origin.js';
import { RelayRefused } from './relay-refused.js';

const topic = 'ledger.entries.v1';

/** A log that was relayed. */
async function relayed(): Promise<RelayedLog> {
  const log = new RelayedLog();
  await log.record(new Random(1), 100);
  await log.relayAll(log.relay());
  return log;
}

/** A log that was relayed, and one more record at the end of a partition. */
async function endingWith(partition: number, record: OutgoingRecord): Promise<RelayedLog> {
  const log = await relayed();
  await log.stream.publish(topic, partition, [record]);
  return log;
}

const entries = { origin, log: 'entries', partition: 4, mac, previous: null } as const;

async function leaf(log: RelayedLog, index: number) {
  const [record] = await log.store.read('entries', leafIndex(index), 1);
  if (record === undefined) throw new RangeError('no such leaf');
  return record;
}

const refusal = async (log: RelayedLog, key = partitionKey): Promise<string> => {
  const before = log.total;
  const failure = await log.relayAll(log.relay(undefined, {}, key));
  expect(failure).toBeInstanceOf(RelayRefused);
  expect(log.total).toBe(before);
  return (failure as Error).message;
};

describe('a topic in which something else stands', () => {
  it('of another ledger is refused', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 30);
    const record = leafRecord({ ...entries, origin: 'other.example/x', ...(await leaf(log, 0)) });
    expect(await refusal(await endingWith(4, record))).toMatch(/^partition 4 of ledger\.entries\.v1 .*other-origin/);
  });

  it('of the other log is refused', async () => {
    const registry = new RelayedLog('registry');
    await registry.record(new Random(1), 1);
    const [first] = await registry.store.read('registry', leafIndex(0), 1);
    if (first === undefined) throw new RangeError('nothing recorded');
    const record = leafRecord({ origin, log: 'registry', partition: 0, mac: null, previous: null, ...first });
    expect(await refusal(await endingWith(0, record))).toMatch('other-log');
  });

  it.each([
    ['no leaf', { value: Buffer.from('Erika'), headers: {} }, 'not ours'],
    ['nothing', { value: Buffer.alloc(0), headers: {} }, 'not ours'],
  ])('%s is refused', async (_what, record, why) => {
    const message = await refusal(await endingWith(7, record));
    expect(message).toMatch(why);
    expect(message).not.toContain('Erika');
  });

  it('a leaf whose headers lie about hash or index is refused', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 30);
    const record = leafRecord({ ...entries, partition: 2, ...(await leaf(log, 5)) });
    for (const lie of [{ ce_leafhash: 'AAAA' }, { ce_index: '6' }, { ce_index: '6', ce_id: 'entries/6' }]) {
      await refusal(await endingWith(2, { ...record, headers: { ...record.headers, ...lie } }));
    }
  });
});

describe('a leaf of ours at the end of a partition that no relay of ours published there', () => {
  /** The last leaf of a partition that has one before it. */
  async function tailOf(log: RelayedLog) {
    for (const partition of log.partitions) {
      const records = await log.published(partition);
      const [record] = records.slice(-1);
      if (record === undefined || record.value === null || records.length < 2) continue;
      return { ...readLeafRecord(record, { ...entries, partition }), partition, headers: record.headers };
    }
    throw new RangeError('no partition has two leaves');
  }

  it('is refused, whatever fits: its bytes, its place in the log and the leaf before it', async () => {
    const log = await relayed();
    const { partition, index, previous, bytes } = await tailOf(log);
    const forger = { ...entries, partition, mac: new LeafMac(Buffer.alloc(32, 9)), index, previous, bytes };
    const message = await refusal(await endingWith(partition, leafRecord(forger)));
    expect(message).toMatch('no relay of ours published it there');
    const { ce_mac: _, ...headers } = leafRecord(forger).headers;
    expect(await refusal(await endingWith(partition, { value: bytes, headers }))).toMatch('mac-missing');
  });

  it('is refused as the next leaf, with old bytes and the right leaf before it', async () => {
    const log = await relayed();
    const { partition, index, bytes, headers } = await tailOf(log);
    for (const next of [index + 1, index + 1_000_000]) {
      const lie = { ...headers, ce_index: `${next}`, ce_id: `entries/${next}`, ce_previous: `${index}` };
      expect(await refusal(await endingWith(partition, { value: bytes, headers: lie }))).toMatch('no relay of ours');
    }
  });

  it('goes on where the relay of ours repeated one', async () => {
    const log = await relayed();
    const { partition, bytes, headers } = await tailOf(log);
    const again = await endingWith(partition, { value: bytes, headers });
    expect(await again.relayAll(again.relay())).toBeUndefined();
  });
});

describe('a log in the place of ours', () => {
  it('that is shorter than what was published is refused: it was restored from an older copy', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 100);
    await log.relayAll(log.relay());
    const older = new RelayedLog();
    await older.record(new Random(1), 40);
    const relay = older.relay();
    Object.assign(older, { stream: log.stream });
    await expect(relay.run(new AbortController().signal)).rejects.toThrow(/leaf \d+, which entries does not have/);
  });

  it('that has other leaves at the same places is refused', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 100);
    await log.relayAll(log.relay());
    const other = new RelayedLog();
    await other.record(new Random(2), 100);
    Object.assign(other, { stream: log.stream });
    await expect(other.relay().run(new AbortController().signal)).rejects.toThrow(/ends with another leaf/);
  });

  it('of another name is refused before anything goes out', async () => {
    const log = new RelayedLog();
    const head = { origin: 'other.example/x/entries', size: treeSize(0), root: Buffer.alloc(32) };
    await expect(requireOrigin(log.store, 'entries', origin)).resolves.toBeUndefined();
    await log.store.append('entries.checkpoints', treeSize(0), [Buffer.from(formatTreeHead(head))]);
    await expect(requireOrigin(log.store, 'entries', origin)).rejects.toThrow('other.example/x/entries');
    await expect(requireOrigin(log.store, 'entries', 'other.example/x')).resolves.toBeUndefined();
    await log.store.append('registry.checkpoints', treeSize(0), [Buffer.from('Erika')]);
    await expect(requireOrigin(log.store, 'registry', origin)).rejects.toThrow(RelayRefused);
  });
});

describe('a relay that would not go on where it stopped', () => {
  it('because its partition key is another one is refused: exchanges would change their partitions', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 100);
    await log.relayAll(log.relay());
    expect(await refusal(log, Buffer.alloc(32, 8))).toMatch('the partition key is another');
  });

  it('because a partition was emptied is refused', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 100);
    await log.relayAll(log.relay());
    const { next } = await log.stream.extent(topic, 3);
    await log.stream.prune(topic, 3, next);
    expect(await refusal(log)).toMatch('partition 3 of ledger.entries.v1 was emptied');
  });

  it('goes on after everything but the last record of each partition was pruned', async () => {
    const log = new RelayedLog();
    const random = new Random(1);
    await log.record(random, 100);
    await log.relayAll(log.relay());
    for (const partition of log.partitions) {
      const tail = await log.stream.tail(topic, partition);
      if (tail !== null) await log.stream.prune(topic, partition, tail.offset);
    }
    await log.record(random, 50);
    expect(await log.relayAll(log.relay())).toBeUndefined();
    expect(log.total).toBe(150);
  });

  it('because the vault does not know a leaf is refused: it is the vault of another log', async () => {
    const log = new RelayedLog();
    await log.record(new Random(1), 10);
    log.vault.exchangesOf = async () => new Map();
    expect(await refusal(log)).toMatch('the vault has no blocks for leaf 0');
  });
});
