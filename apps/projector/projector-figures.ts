import { performance } from 'node:perf_hooks';
import { SpanKind } from '@opentelemetry/api';
import {
  ofOrder,
  readPositions,
  type FoldedBatch,
  type FoldObserver,
  type PartitionPosition,
  type Projection,
  type Refusal,
} from '#compliance';
import type { EventStore } from '#event-store';
import { topics, type Extent, type RecordStream } from '#messaging';
import { inSpan, linksOf, type Metrics } from '#platform';
import { statesOf, type Folding } from './generation-keeper.js';

const topic = 'ledger.entries.v1';

export interface FigureSources {
  foldings(): readonly Folding[];
  readonly stream: Pick<RecordStream, 'extent'>;
  /** what follows the log itself is as far behind as the log is longer */
  readonly store: Pick<EventStore, 'size'>;
  readonly projections: readonly Projection[];
  /** hears of what the stream got over by itself */
  troubled(error: unknown): void;
}

/**
 * What shows how a projector is doing. Positions stand in the database, so every process shows the same ones; where two
 * generations are folded, the one that is read is shown, and the lag of the one that is further behind.
 */
export class ProjectorFigures implements FoldObserver {
  readonly #folded;
  readonly #quarantined;
  readonly #repeated;
  readonly #refused;
  readonly #seconds;

  constructor(
    metrics: Metrics,
    private readonly sources: FigureSources,
  ) {
    this.#folded = metrics.counter('projector_folded_total');
    this.#quarantined = metrics.counter('projector_quarantined_total');
    this.#repeated = metrics.counter('projector_skipped_total');
    this.#refused = metrics.counter('projector_refused_records_total');
    this.#seconds = metrics.histogram('projector_batch_seconds');
    metrics.gauge(
      'projector_position',
      lastKnown(() => this.#positions()),
    );
    metrics.gauge(
      'projector_lag_leaves',
      lastKnown(() => this.#lags()),
    );
    metrics.gauge('projector_halted', () => this.#halted());
    metrics.gauge('projector_generation', () =>
      sources.foldings().map(({ generation: { number, state } }) => [{ state }, number] as const),
    );
  }

  folded(projection: string, leaves: number): void {
    this.#folded({ projection }, leaves);
  }

  quarantined(projection: string, leaves: number): void {
    this.#quarantined({ projection }, leaves);
  }

  repeated(projection: string, leaves: number): void {
    this.#repeated({ projection }, leaves);
  }

  refused(why: Refusal, records: number): void {
    this.#refused({ reason: why }, records);
  }

  troubled(error: unknown): void {
    this.sources.troubled(error);
  }

  async during(
    { partition, projections, leaves, traceparents }: FoldedBatch,
    work: () => Promise<void>,
  ): Promise<void> {
    const fields = {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'process',
      'messaging.destination.name': topic,
      'messaging.destination.partition.id': String(partition),
      'messaging.batch.message_count': leaves,
    } as const;
    const begin = performance.now();
    await inSpan('projector fold', fields, work, { kind: SpanKind.CONSUMER, links: linksOf(traceparents) });
    const seconds = (performance.now() - begin) / 1_000;
    for (const projection of projections) this.#seconds(seconds, { projection });
  }

  async #positions() {
    const shown = this.sources.foldings().toSorted(activeFirst)[0];
    const rows = shown ? await this.#rowsOf(shown) : [];
    return rows.map(
      ({ name, partition, position }) => [{ projection: name, partition: String(partition) }, position] as const,
    );
  }

  async #lags() {
    const extents = await this.#extents();
    const size = await this.sources.store.size('entries');
    const inOrder = new Set(ofOrder('log', this.sources.projections).map(({ name }) => name));
    const lags = new Map(this.#names.map((name) => [name, 0]));
    for (const folding of this.sources.foldings()) {
      const behind = new Map<string, number>();
      for (const row of await this.#rowsOf(folding)) {
        behind.set(
          row.name,
          (behind.get(row.name) ?? 0) +
            (inOrder.has(row.name) ? size - row.position : waiting(row, extents[row.partition])),
        );
      }
      for (const [name, lag] of behind) lags.set(name, Math.max(lag, lags.get(name) ?? 0));
    }
    return [...lags].map(([projection, lag]) => [{ projection }, lag] as const);
  }

  #halted() {
    const states = this.sources.foldings().flatMap(statesOf);
    return this.#names.map((projection) => {
      const isHalted = states.some(({ name, stuck }) => name === projection && stuck.length > 0);
      return [{ projection }, isHalted ? 1 : 0] as const;
    });
  }

  get #names(): readonly string[] {
    return this.sources.projections.map(({ name }) => name);
  }

  #rowsOf({ views }: Folding): Promise<readonly PartitionPosition[]> {
    return readPositions(views.database, this.#names);
  }

  #extents(): Promise<readonly Extent[]> {
    const { partitions } = topics[topic];
    return Promise.all(
      Array.from({ length: partitions }, (_, partition) => this.sources.stream.extent(topic, partition)),
    );
  }
}

const activeFirst = (one: Folding, other: Folding): number =>
  one.generation.state.localeCompare(other.generation.state);

/** Records that a projection has not come to yet. */
const waiting = ({ nextOffset }: PartitionPosition, extent: Extent | undefined): number =>
  extent === undefined ? 0 : Math.max(0, extent.next - Math.max(nextOffset ?? 0, extent.earliest));

/** While database or stream do not answer, the other figures are shown all the same, and these as they were. */
function lastKnown<Values>(read: () => Promise<readonly Values[]>): () => Promise<readonly Values[]> {
  let known: readonly Values[] = [];
  return async () => {
    known = await read().catch(() => known);
    return known;
  };
}
