import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const prefix = 'nachweis_';

/** What a finished request leaves behind: never an id, an address or a value. */
export interface FinishedRequest {
  readonly method: string;
  /** the pattern of the route, as in `/v1/entries/:id` */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/**
 * The figures of one process for Prometheus. The only labels are those of {@link FinishedRequest} and the closed lists
 * a caller names, so that no figure can name an agency, a person or an entry.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: `${prefix}http_request_seconds`,
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
    registers: [this.registry],
  });

  get contentType(): string {
    return this.registry.contentType;
  }

  /** @returns all figures in the text format of Prometheus */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  finished({ method, route, status, seconds }: FinishedRequest): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  /** @returns adds to a count that only grows; the name gets the prefix `nachweis_` and should end in `_total` */
  count(name: string, help: string): (by?: number) => void {
    const counter = new Counter({ name: prefix + name, help, registers: [this.registry] });
    return (by = 1) => counter.inc(by);
  }

  /** A count for each of a closed list of kinds, as of verdicts or logs. */
  countBy<const Kind extends string>(
    name: string,
    help: string,
    kinds: readonly Kind[],
  ): (kind: Kind, by?: number) => void {
    const counter = new Counter({ name: prefix + name, help, labelNames: ['kind'], registers: [this.registry] });
    for (const kind of kinds) counter.inc({ kind }, 0);
    return (kind, by = 1) => counter.inc({ kind }, by);
  }

  /** A figure that goes up and down, read when somebody asks. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name: prefix + name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read());
      },
    });
  }

  /** @returns notes how many seconds something took */
  duration(name: string, help: string): (seconds: number) => void {
    const histogram = new Histogram({ name: prefix + name, help, registers: [this.registry] });
    return (seconds) => histogram.observe(seconds);
  }
}
