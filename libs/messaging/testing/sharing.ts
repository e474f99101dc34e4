import { offset, type Offset } from '#kernel';
import { topics, type Subscription } from '../record-stream.js';
import { Consumer, topic, type Consume } from './consumer.js';
import type { OpenedRecordStream } from './contract.js';

/** What the consumers of a group owe each other. */
export function sharing(opened: () => OpenedRecordStream, consume: Consume): void {
  const all = Array.from({ length: topics[topic].partitions }, (_, partition) => partition);

  /** A group whose consumers save their positions in one place, as projectors do. */
  const group = (): { given: Partial<Subscription>; atWork: Map<number, number>; collisions: () => number } => {
    const positions = new Map<number, Offset>();
    const atWork = new Map<number, number>();
    let collisions = 0;
    const given: Partial<Subscription> = {
      startAt: async (partition) => positions.get(partition) ?? null,
      handle: async (partition, batch) => {
        const others = atWork.get(partition) ?? 0;
        if (others > 0) collisions += 1;
        atWork.set(partition, others + 1);
        await new Promise((resolve) => setImmediate(resolve));
        positions.set(partition, offset(Number(batch.at(-1)?.offset) + 1));
        atWork.set(partition, (atWork.get(partition) ?? 1) - 1);
      },
    };
    return { given, atWork, collisions: () => collisions };
  };

  /** Sends a record to each partition and waits until somebody had it. */
  const round = async (name: string, consumers: readonly Consumer[]): Promise<number[][]> => {
    for (const partition of all)
      await opened().stream.publish(topic, partition, [{ value: Buffer.from(name), headers: {} }]);
    const done = (): boolean => new Set(consumers.flatMap((each) => each.partitionsOf(name))).size === all.length;
    await Promise.race(consumers.map((each) => each.until(done)));
    return consumers.map((each) => each.partitionsOf(name));
  };

  /** Sends rounds until all of the consumers have a part in one. */
  const settle = async (name: string, consumers: readonly Consumer[]): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      const parts = await round(`${name} ${attempt}`, consumers);
      if (parts.every((part) => part.length > 0)) return;
    }
  };

  describe('sharing', () => {
    it('gives each partition to one consumer of a group', async () => {
      const { given, collisions } = group();
      const first = consume(opened().stream, given);
      await round('alone', [first]);
      const second = consume(await opened().another(), given);
      await settle('together', [first, second]);
      const before = collisions();
      const parts = await round('settled', [first, second]);
      expect(parts.flat().sort((a, b) => a - b)).toEqual(all);
      expect(parts.every((part) => part.length > 0)).toBe(true);
      expect(collisions()).toBe(before);
    });

    it('hands the partitions of a consumer that stops to the others, and loses nothing', async () => {
      const { given } = group();
      const first = consume(opened().stream, given);
      const second = consume(await opened().another(), given);
      await settle('together', [first, second]);
      await first.stop();
      const parts = await round('after', [second]);
      expect(parts.flat()).toHaveLength(all.length);
      expect(second.overlaps).toBe(0);
      for (const partition of all) {
        const { next } = await opened().stream.extent(topic, partition);
        const seen = new Set([...first.of(partition), ...second.of(partition)].map((each) => each.offset));
        expect(seen.size).toBe(next);
      }
    });

    it('lets two groups follow independently', async () => {
      const both = ['first', 'next'].map((text) => ({ value: Buffer.from(text), headers: {} }));
      const { stream } = opened();
      await stream.publish(topic, 0, both);
      const one = consume(stream, { group: 'views' });
      const other = consume(stream, { group: 'statistics' });
      await one.reaches(2);
      await other.reaches(2);
      expect(other.texts(0)).toEqual(['first', 'next']);
    });
  });
}
