import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { figurePrefix, figures, type FigureName, type LabelsOf, type NameOf } from './metric-table.js';

/** What a finished request leaves behind: never an id, an address or a value. */
export interface FinishedRequest {
  readonly method: string;
  /** the pattern of the route, as in `/v1/entries/:id` */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/**
 * The figures of one process for Prometheus. There are only those of {@link figures}, with the labels that stand there.
 */
export class Metrics {
  private readonly registry = new Registry();
  private requests: ((seconds: number, labels: LabelsOf<'http_request_seconds'>) => void) | null = null;

  get contentType(): string {
    return this.registry.contentType;
  }

  /** @returns all figures in the text format of Prometheus */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** Shows memory, processor time, event loop and garbage collection of the process, too. */
  withProcess(): this {
    collectDefaultMetrics({ register: this.registry });
    return this;
  }

  finished({ method, route, status, seconds }: FinishedRequest): void {
    this.requests ??= this.histogram('http_request_seconds');
    this.requests(seconds, { method, route, status: String(status) });
  }

  /** @returns adds to a count that only grows. Where its labels have closed lists, every count begins as a shown 0. */
  counter<Name extends NameOf<'counter'>>(name: Name): (labels: LabelsOf<Name>, by?: number) => void {
    const counter = new Counter(this.#described(name));
    for (const labels of everyCombination(name)) counter.inc(labels, 0);
    return (labels, by = 1) => counter.inc({ ...labels }, by);
  }

  /** A figure that goes up and down, read when somebody asks. Once per name; it may have several values. */
  gauge<Name extends NameOf<'gauge'>>(
    name: Name,
    read: () => Iterable<readonly [LabelsOf<Name>, number]> | Promise<Iterable<readonly [LabelsOf<Name>, number]>>,
  ): void {
    new Gauge({
      ...this.#described(name),
      async collect() {
        const values = await read();
        this.reset();
        for (const [labels, value] of values) this.set({ ...labels }, value);
      },
    });
  }

  /** @returns notes one value among the classes of the figure */
  histogram<Name extends NameOf<'histogram'>>(name: Name): (value: number, labels: LabelsOf<Name>) => void {
    const histogram = new Histogram({ ...this.#described(name), buckets: [...figures[name].buckets] });
    return (value, labels) => histogram.observe({ ...labels }, value);
  }

  #described(name: FigureName) {
    const { help, labels } = figures[name];
    return { name: figurePrefix + name, help, labelNames: Object.keys(labels), registers: [this.registry] };
  }
}

/** Every labelling of a figure whose labels all have closed lists; none where one has not. */
function everyCombination(name: FigureName): Record<string, string>[] {
  const labels: Readonly<Record<string, readonly string[] | null>> = figures[name].labels;
  return Object.entries(labels).reduce<Record<string, string>[]>(
    (begun, [label, values]) => begun.flatMap((one) => (values ?? []).map((value) => ({ ...one, [label]: value }))),
    [{}],
  );
}
