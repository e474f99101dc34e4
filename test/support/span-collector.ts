import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A span as a collector gets it: OTLP/HTTP in JSON, `opentelemetry/proto/trace/v1/trace.proto`. */
export interface CollectedSpan {
  /** which process sent it */
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly links: readonly SpanReference[];
  readonly attributes: Readonly<Record<string, string | number>>;
}

export interface SpanReference {
  readonly traceId: string;
  readonly spanId: string;
}

/** The parts of an OTLP request that are read here. */
interface TraceRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

type SentSpan = Omit<CollectedSpan, 'service' | 'links' | 'attributes'> & {
  readonly links?: readonly SpanReference[];
  readonly attributes?: readonly Attribute[];
};

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: string | number };
}

/** An OpenTelemetry collector that keeps what it is sent. */
export class SpanCollector {
  readonly #server: Server;
  readonly #bodies: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      const isExpected = request.method === 'POST' && request.url === '/v1/traces';
      text(request)
        .then((body) => {
          if (isExpected) this.#bodies.push(body);
          response.writeHead(isExpected ? 200 : 404, { 'Content-Type': 'application/json' }).end('{}');
        })
        .catch(() => response.destroy());
    });
  }

  static async start(): Promise<SpanCollector> {
    const collector = new SpanCollector();
    await new Promise<void>((resolve) => collector.#server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** everything that was sent, as it was sent */
  get sent(): string {
    return this.#bodies.join('\n');
  }

  get spans(): readonly CollectedSpan[] {
    return this.#bodies.flatMap((body) => spansIn(JSON.parse(body) as TraceRequest));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const spansIn = ({ resourceSpans }: TraceRequest): readonly CollectedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => collected(service, span)));
  });

const collected = (service: string, { name, traceId, spanId, parentSpanId, ...more }: SentSpan): CollectedSpan => ({
  service,
  name,
  traceId,
  spanId,
  ...(parentSpanId !== undefined && { parentSpanId }),
  links: (more.links ?? []).map((link) => ({ traceId: link.traceId, spanId: link.spanId })),
  attributes: valuesOf(more.attributes ?? []),
});

/** 64-bit numbers may come as text: JSON mapping of Protocol Buffers. */
const valuesOf = (attributes: readonly Attribute[]): Record<string, string | number> =>
  Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue } }) => [key, stringValue ?? Number(intValue)]),
  );
