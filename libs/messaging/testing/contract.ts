import { offset, type Offset } from '#kernel';
import {
  RecordStream,
  StreamUnavailable,
  topics,
  type IncomingRecord,
  type OutgoingRecord,
  type Subscription,
} from '../record-stream.js';
import { Consumer, topic, type Consume } from './consumer.js';
import { sharing } from './sharing.js';

/** A prepared stream under test with topics of its own. */
export interface OpenedRecordStream {
  readonly stream: RecordStream;
  /** Another client of the same topics; those opened before stay as they are. */
  another(): Promise<RecordStream>;
  /** Closes all of them and removes the topics. */
  close(): Promise<void>;
}

const record = (text: string, headers: Record<string, string> = {}): OutgoingRecord => ({
  value: Buffer.from(text),
  headers,
});
const records = (count: number, name = 'record'): OutgoingRecord[] =>
  Array.from({ length: count }, (_, place) => record(`${name} ${place}`));
const textsOf = (sent: readonly OutgoingRecord[]): string[] => sent.map(({ value }) => value.toString());

/** The promises of {@link RecordStream}. Every adapter runs all of them. */
export function recordStreamContract(name: string, open: () => Promise<OpenedRecordStream>): void {
  describe(`a record stream ${name}`, () => {
    let opened: OpenedRecordStream;
    let stream: RecordStream;
    const consumers: Consumer[] = [];

    beforeEach(async () => {
      opened = await open();
      stream = opened.stream;
      await stream.prepare();
    });
    afterEach(async () => {
      await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
      await opened.close();
    });

    const consume = (from: RecordStream, given: Partial<Subscription> = {}): Consumer => {
      const consumer = new Consumer(from, given);
      consumers.push(consumer);
      return consumer;
    };

    publishing(() => stream);
    following(() => stream, consume);
    failing(() => stream, consume);
    pruning(() => stream, consume);
    sharing(() => opened, consume);
    ending(() => stream, consume);
  });
}

function publishing(stream: () => RecordStream): void {
  describe('publishing', () => {
    it('is prepared twice without harm', async () => {
      await stream().publish(topic, 0, records(1));
      await stream().prepare();
      expect(await stream().extent(topic, 0)).toEqual({ earliest: 0, next: 1 });
    });

    it('a partition without records has no tail and an empty extent', async () => {
      expect(await stream().tail(topic, 3)).toBeNull();
      expect(await stream().extent(topic, 3)).toEqual({ earliest: 0, next: 0 });
    });

    it('gives each record the next offset, and the last one is the tail', async () => {
      await stream().publish(topic, 2, records(3));
      await stream().publish(topic, 2, [record('last', { ce_index: '7' })]);
      expect(await stream().extent(topic, 2)).toEqual({ earliest: 0, next: 4 });
      expect(await stream().tail(topic, 2)).toEqual({
        offset: 3,
        value: Buffer.from('last'),
        headers: { ce_index: '7' },
      });
    });

    it('nothing changes nothing', async () => {
      await stream().publish(topic, 1, []);
      expect(await stream().extent(topic, 1)).toEqual({ earliest: 0, next: 0 });
    });

    it('to one partition leaves the others alone, also at the same time', async () => {
      const all = Array.from({ length: topics[topic].partitions }, (_, partition) => partition);
      await Promise.all(
        all.map((partition) => stream().publish(topic, partition, records(partition, `of ${partition}`))),
      );
      for (const partition of all) {
        expect(await stream().extent(topic, partition)).toEqual({ earliest: 0, next: partition });
        const tail = await stream().tail(topic, partition);
        expect(tail?.value?.toString()).toBe(partition === 0 ? undefined : `of ${partition} ${partition - 1}`);
      }
    });

    it('refuses a partition that the topic does not have', async () => {
      await expect(stream().publish(topic, topics[topic].partitions, records(1))).rejects.toThrow(StreamUnavailable);
      await expect(stream().tail(topic, topics[topic].partitions)).rejects.toThrow(StreamUnavailable);
      await expect(stream().extent(topic, -1)).rejects.toThrow(StreamUnavailable);
    });
  });
}

function following(stream: () => RecordStream, consume: Consume): void {
  describe('following', () => {
    it('delivers what is there, then what arrives, in order within each partition', async () => {
      await stream().publish(topic, 0, records(5, 'early'));
      const consumer = consume(stream());
      await consumer.reaches(5);
      await stream().publish(topic, 0, records(5, 'late'));
      await stream().publish(topic, 5, records(5, 'aside'));
      await consumer.reaches(15);
      expect(consumer.texts(0)).toEqual(textsOf([...records(5, 'early'), ...records(5, 'late')]));
      expect(consumer.texts(5)).toEqual(textsOf(records(5, 'aside')));
      expect(consumer.of(0).map((each) => each.offset)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('keeps bytes and headers as they were sent, up to 65,535 bytes a value', async () => {
      const everyByte = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
      const headers = {
        ce_source: 'ledger.example/origin',
        'content-type': 'application/json',
        über: 'Grüße 🐝',
        no: '',
      };
      const sent = [
        { value: everyByte, headers },
        { value: Buffer.alloc(65_535, 0xff), headers: {} },
        { value: Buffer.alloc(0), headers: { empty: 'value' } },
        { value: Buffer.from('..middle..').subarray(2, 8), headers: {} },
      ];
      await stream().publish(topic, 4, sent);
      const consumer = consume(stream());
      await consumer.reaches(sent.length);
      expect(consumer.of(4).map((each) => ({ value: each.value, headers: each.headers }))).toEqual(
        sent.map((each) => ({ value: Buffer.from(each.value), headers: each.headers })),
      );
    });

    it('hands over large records and many small ones in bounded batches', async () => {
      const large = Array.from({ length: 24 }, (_, place) => ({ value: Buffer.alloc(65_535, place), headers: {} }));
      await stream().publish(topic, 6, large);
      await stream().publish(topic, 7, records(2_000));
      const consumer = consume(stream());
      await consumer.reaches(2_024);
      expect(consumer.of(6).every(({ value }, place) => value?.equals(large[place]?.value ?? Buffer.alloc(0)))).toBe(
        true,
      );
      expect(consumer.texts(7)).toEqual(textsOf(records(2_000)));
      for (const batch of consumer.batches) {
        expect(batch.length).toBeLessThanOrEqual(400);
        expect(bytesOf(batch)).toBeLessThanOrEqual(512 * 1024);
      }
    });

    it.each([
      ['at the offset it was told', 3, [3, 4]],
      ['at the end', 5, []],
      ['at the beginning when told nothing', null, [0, 1, 2, 3, 4]],
      ['at the beginning when the offset is not there yet', 6, [0, 1, 2, 3, 4]],
      ['at the beginning when the offset is far beyond', 2 ** 40, [0, 1, 2, 3, 4]],
    ])('begins %s', async (_, start, expected) => {
      await stream().publish(topic, 1, records(5));
      const consumer = consume(stream(), {
        startAt: async (partition) => (start === null || partition !== 1 ? null : offset(start)),
      });
      await stream().publish(topic, 2, records(1));
      await consumer.reaches(expected.length + 1);
      await stream().publish(topic, 1, [record('more')]);
      await consumer.reaches(expected.length + 2);
      expect(consumer.of(1).map((each) => each.offset)).toEqual([...expected, 5]);
    });

    it('waits with the next batch of a partition until the last one is done', async () => {
      await stream().publish(topic, 0, records(3));
      const gate = Promise.withResolvers<void>();
      const consumer = consume(stream(), { handle: async () => gate.promise });
      await consumer.reaches(3);
      await stream().publish(topic, 0, records(3));
      gate.resolve();
      await consumer.reaches(6);
      expect(consumer.overlaps).toBe(0);
    });
  });
}

const bytesOf = (batch: readonly IncomingRecord[]): number =>
  batch.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);

function failing(stream: () => RecordStream, consume: Consume): void {
  describe('a batch that cannot be handled', () => {
    it('comes again from where the subscription then says, and is heard of', async () => {
      await stream().publish(topic, 0, records(4));
      const failure = new Error('the database is away');
      const troubles: unknown[] = [];
      let failures = 2;
      let start: Offset | null = null;
      const consumer = consume(stream(), {
        startAt: async () => start,
        handle: async () => {
          if (failures === 0) return;
          failures -= 1;
          start = failures === 0 ? offset(2) : null;
          throw failure;
        },
        troubled: (error) => troubles.push(error),
      });
      await consumer.reaches(4 + 4 + 2);
      expect(consumer.of(0).map((each) => each.offset)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 2, 3]);
      expect(troubles).toEqual([failure, failure]);
    });

    it('does not hold up other partitions', async () => {
      await stream().publish(topic, 0, records(1, 'poison'));
      await stream().publish(topic, 1, records(3, 'fine'));
      const consumer = consume(stream(), {
        handle: async (partition) => {
          if (partition === 0) throw new Error('poison');
        },
      });
      await consumer.until(() => consumer.of(0).length >= 3 && consumer.of(1).length >= 3);
      await stream().publish(topic, 1, records(1, 'later'));
      await consumer.until(() => consumer.of(1).length === 4);
      expect(consumer.texts(1)).toEqual(['fine 0', 'fine 1', 'fine 2', 'later 0']);
    });

    it('is not lost when nobody knows yet where to begin', async () => {
      await stream().publish(topic, 0, records(2));
      let failures = 2;
      const consumer = consume(stream(), {
        startAt: async () => {
          if (failures === 0) return null;
          failures -= 1;
          throw new Error('the database is away');
        },
      });
      await consumer.reaches(2);
      expect(consumer.texts(0)).toEqual(['record 0', 'record 1']);
    });
  });
}

function pruning(stream: () => RecordStream, consume: Consume): void {
  describe('pruning', () => {
    it('removes what is before, keeps the rest and its offsets', async () => {
      await stream().publish(topic, 8, records(6));
      await stream().prune(topic, 8, offset(4));
      expect(await stream().extent(topic, 8)).toEqual({ earliest: 4, next: 6 });
      const consumer = consume(stream(), { startAt: async () => offset(1) });
      await consumer.reaches(2);
      expect(consumer.of(8).map((each) => each.offset)).toEqual([4, 5]);
    });

    it('everything leaves no tail, and offsets go on', async () => {
      await stream().publish(topic, 8, records(3));
      await stream().prune(topic, 8, offset(3));
      expect(await stream().tail(topic, 8)).toBeNull();
      await stream().publish(topic, 8, records(1, 'new'));
      expect(await stream().tail(topic, 8)).toMatchObject({ offset: 3 });
    });

    it('less than was pruned before changes nothing', async () => {
      await stream().publish(topic, 8, records(3));
      await stream().prune(topic, 8, offset(2));
      await stream().prune(topic, 8, offset(1));
      expect(await stream().extent(topic, 8)).toEqual({ earliest: 2, next: 3 });
    });
  });
}

function ending(stream: () => RecordStream, consume: Consume): void {
  describe('ending', () => {
    it('consuming ends without error when the signal aborts, and the batch at work hears of it', async () => {
      await stream().publish(topic, 0, records(1));
      let told = false;
      const consumer = consume(stream(), {
        handle: async (_partition, _records, signal) => {
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
          told = true;
        },
      });
      await consumer.reaches(1);
      await consumer.stop();
      expect(told).toBe(true);
    });

    it('consuming ends at once when it was over before it began', async () => {
      const consumer = consume(stream());
      await consumer.stop();
      expect(consumer.batches).toEqual([]);
    });

    it('closing ends every consumer, and may be repeated', async () => {
      await stream().publish(topic, 0, records(1));
      const consumer = consume(stream());
      await consumer.reaches(1);
      await stream().close();
      await stream().close();
      await consumer.ended;
    });

    it('says that it is unavailable once it is closed', async () => {
      await stream().close();
      await expect(stream().prepare()).rejects.toThrow(StreamUnavailable);
      await expect(stream().publish(topic, 0, records(1))).rejects.toThrow(StreamUnavailable);
      await expect(stream().tail(topic, 0)).rejects.toThrow(StreamUnavailable);
      await expect(stream().extent(topic, 0)).rejects.toThrow(StreamUnavailable);
      await expect(stream().prune(topic, 0, offset(0))).rejects.toThrow(StreamUnavailable);
      await consume(stream()).ended;
    });
  });
}
