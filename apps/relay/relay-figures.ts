import { performance } from 'node:perf_hooks';
import { SpanKind } from '@opentelemetry/api';
import type { LogName, TreeSize } from '#kernel';
import type { OutgoingRecord, TopicName } from '#messaging';
import { inSpan, linksOf, type Metrics } from '#platform';
import type { LogRelay, RelayWatch } from './log-relay.js';
import { topicOf } from './route.js';
import type { RunState } from './repeated-runs.js';

/** What shows how a relay is doing: its figures, and a span around every publish. */
export class RelayFigures {
  /** the run in hand */
  relay: LogRelay | null = null;
  #position = 0;
  readonly #published;
  readonly #seconds;
  readonly #skipped;
  readonly #runs;

  /** @param size of the log; asked whenever somebody reads the figures */
  constructor(
    metrics: Metrics,
    private readonly log: LogName,
    size: () => Promise<TreeSize>,
  ) {
    this.#published = metrics.counter('relay_published_total');
    this.#seconds = metrics.histogram('relay_publish_seconds');
    this.#skipped = metrics.counter('relay_skipped_total');
    this.#runs = metrics.counter('relay_runs_total');
    metrics.gauge('relay_position', () => new Map([[{ log }, this.#reached()]]));
    metrics.gauge('relay_waiting_bytes', () => new Map([[{ log }, this.relay?.waitingBytes ?? 0]]));
    let known = 0;
    metrics.gauge('relay_lag_leaves', async () => {
      // While the store does not answer, the lag is at least what it was.
      known = await size().catch(() => known);
      return new Map([[{ log }, Math.max(known - this.#reached(), 0)]]);
    });
  }

  /** @param begun hears when a run has looked at the tails */
  watch(begun: () => void): RelayWatch {
    return {
      begun,
      publish: ({ partition, records, traceparents }, work) =>
        this.#measured(topicOf[this.log], partition, records, traceparents, work),
      skipped: (leaves) => this.#skipped({ log: this.log }, leaves),
    };
  }

  /** Around the publish of a checkpoint. */
  publishCheckpoint(record: OutgoingRecord, work: () => Promise<void>): Promise<void> {
    return this.#measured('ledger.checkpoints.v1', 0, [record], [], work);
  }

  ended({ status }: RunState): void {
    if (status === 'stopped' || status === 'refused') this.#runs({ log: this.log, outcome: status });
    if (status === 'resting') this.#runs({ log: this.log, outcome: 'failed' });
  }

  async #measured(
    topic: TopicName,
    partition: number,
    records: readonly OutgoingRecord[],
    traceparents: readonly (string | undefined)[],
    work: () => Promise<void>,
  ): Promise<void> {
    const fields = {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'send',
      'messaging.destination.name': topic,
      'messaging.destination.partition.id': String(partition),
      'messaging.batch.message_count': records.length,
      'nachweis.log': this.log,
    } as const;
    const begin = performance.now();
    await inSpan('relay publish', fields, work, { kind: SpanKind.PRODUCER, links: linksOf(traceparents) });
    this.#seconds((performance.now() - begin) / 1_000, { topic });
    this.#published({ topic }, records.length);
  }

  /** A new run knows where it stands only after it has looked at the tails. */
  #reached(): number {
    this.#position = Math.max(this.#position, this.relay?.position ?? 0);
    return this.#position;
  }
}
