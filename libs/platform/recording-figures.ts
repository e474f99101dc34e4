import { performance } from 'node:perf_hooks';
import { logNames, type LogName } from '#kernel';
import type { Landing, SequencerWatch, WatchedBatch } from '#recording';
import type { Metrics } from './metrics.js';
import { inSpan, linksOf, traceparentOf } from './spans.js';

/**
 * What shows how recording is doing: a span around every batch, linked to the requests its entries came with, and the
 * figures of sequencers and checkpoints.
 */
export class RecordingFigures implements SequencerWatch {
  readonly #entries;
  readonly #seconds;
  readonly #appends;
  readonly #recorded;
  readonly #covered = new Map<LogName, number>();

  constructor(metrics: Metrics) {
    this.#entries = metrics.histogram('sequencer_batch_entries');
    this.#seconds = metrics.histogram('sequencer_batch_seconds');
    this.#appends = metrics.counter('sequencer_appends_total');
    this.#recorded = metrics.counter('entries_recorded_total');
    for (const log of logNames) this.covered(log);
    metrics.gauge('checkpoint_age_seconds', () =>
      logNames.map((log) => [{ log }, this.sinceCovered(log) / 1_000] as const),
    );
  }

  traceparent(): string | undefined {
    return traceparentOf();
  }

  async batch<Result>({ log, entries, traceparents }: WatchedBatch, work: () => Promise<Result>): Promise<Result> {
    const begin = performance.now();
    const fields = { 'nachweis.log': log, 'nachweis.entries': entries };
    try {
      return await inSpan('sequence batch', fields, work, { links: linksOf(traceparents) });
    } finally {
      this.#entries(entries, { log });
      this.#seconds((performance.now() - begin) / 1_000, { log });
    }
  }

  landed(log: LogName, landing: Landing, leaves: number): void {
    this.#appends({ log, outcome: landing });
    if (landing === 'stored') this.#recorded({ log }, leaves);
  }

  /** Milliseconds since a checkpoint was known to cover the whole log. */
  sinceCovered(log: LogName): number {
    return performance.now() - (this.#covered.get(log) ?? 0);
  }

  /** A checkpoint covers the whole log, as it stands now: to be called after every successful `Integrator.advance`. */
  covered(log: LogName): void {
    this.#covered.set(log, performance.now());
  }
}
