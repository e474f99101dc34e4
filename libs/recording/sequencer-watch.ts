import type { LogName } from '#kernel';
import type { Landing } from './landing.js';

/** What is told of a batch: its size, and the traces of those who wait for it. */
export interface WatchedBatch {
  readonly log: LogName;
  readonly entries: number;
  readonly traceparents: readonly (string | undefined)[];
}

/** Who looks on while entries get their places. No leaf depends on it. */
export interface SequencerWatch {
  /** The W3C trace context of whoever is submitting. The store keeps it beside the leaf; it is no part of it. */
  traceparent(): string | undefined;
  /** Around the work of every batch. Calls `work` once and answers what it answers. */
  batch<Result>(batch: WatchedBatch, work: () => Promise<Result>): Promise<Result>;
  /** What became of an append. */
  landed(log: LogName, landing: Landing, leaves: number): void;
}

export const unwatched: SequencerWatch = {
  traceparent: () => undefined,
  batch: (_batch, work) => work(),
  landed: () => undefined,
};
