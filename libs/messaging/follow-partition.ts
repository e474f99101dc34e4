import { offset, realPause, type Offset } from '#kernel';
import { firstOffset } from './first-offset.js';
import { inBatches } from './in-batches.js';
import type { Extent, IncomingRecord, Subscription } from './record-stream.js';

/** One partition, as an adapter reads it. */
export interface PartitionSource {
  extent(): Promise<Extent>;
  /** Some records from this offset on, in order. Waits for them a while; answers none when none came. */
  read(from: Offset, signal: AbortSignal): Promise<readonly IncomingRecord[]>;
  /** Hears how far the consumer got. */
  handled?(next: Offset): void;
}

/**
 * Brings the records of one partition to a subscription until the signal aborts. Reads only when everything it read
 * before is handled. After any failure, of reading or of handling, it starts again where the subscription says.
 *
 * @param pause milliseconds between a failure and the next attempt
 */
export async function followPartition(
  source: PartitionSource,
  { subscription, partition, pause }: { subscription: Subscription; partition: number; pause: number },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const wanted = await subscription.startAt(partition, signal);
      let next = firstOffset(wanted, await source.extent());
      while (!signal.aborted) {
        for (const batch of inBatches(await source.read(next, signal))) {
          if (signal.aborted) return;
          await subscription.handle(partition, batch, signal);
          next = offset((batch.at(-1)?.offset ?? next) + 1);
          source.handled?.(next);
        }
      }
    } catch (error) {
      // Whoever is told to stop may stop in any way, also by failing.
      if (signal.aborted) return;
      subscription.troubled?.(error);
      await realPause(pause, signal);
    }
  }
}
