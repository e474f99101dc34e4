import {
  context,
  TraceFlags,
  trace,
  type Attributes,
  type Context,
  type Link,
  type SpanKind,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type Sampler,
  type SamplingResult,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';
import { ToldSpans } from './told-spans.js';

export interface TracingChoice {
  /** which process this is, as in `nachweis-relay` */
  readonly service: string;
  /** the OTLP collector; undefined: no span leaves the process */
  readonly otlp: URL | string | undefined;
  /** the share of requests whose spans are sent, 0 to 1. What is recorded never depends on it. */
  readonly sampling: number;
}

/** Spans that wait for the collector take no more memory than this many. */
const queue = { maxQueueSize: 2048, maxExportBatchSize: 512, scheduledDelayMillis: 2_000, exportTimeoutMillis: 3_000 };
const patienceOfExport = 2_000;
const patienceAtStop = 3_000;

/**
 * Starts tracing in this process, once. Every request gets a trace, and every entry carries the `traceparent` of its
 * request, whether or not its spans are sent: sampling decides about spans, never about entries. A collector that is
 * away costs spans, never work.
 *
 * @param exporter in place of the one that sends to `otlp`
 */
export function startTracing(
  { service, otlp, sampling }: TracingChoice,
  exporter: SpanExporter | undefined = otlp === undefined ? undefined : collectorAt(otlp),
): { stop(): Promise<void> } {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'nachweis' }),
    sampler: new ParentBasedSampler({ root: exporter === undefined ? new AlwaysOffSampler() : new Sampling(sampling) }),
    spanProcessors:
      exporter === undefined ? [] : [new BatchSpanProcessor({ ...queue, exporter: new ToldSpans(exporter) })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    stop: async () => {
      trace.disable();
      context.disable();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, patienceAtStop);
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}

/** A collector that does not answer in time loses spans: they are not worth the memory to wait for it. */
const collectorAt = (otlp: URL | string): SpanExporter =>
  new OTLPTraceExporter({ url: tracesAt(otlp), timeoutMillis: patienceOfExport });

/** The place of traces at a collector, when only the collector is named: OTLP specification, endpoint URLs. */
function tracesAt(otlp: URL | string): string {
  const { href } = new URL(otlp);
  return /\/v1\/traces\/?$/.test(href) ? href : `${href.replace(/\/$/, '')}/v1/traces`;
}

/**
 * Decides where a trace begins: by chance; and where work for many callers goes on: when one of their spans is sent.
 * So a request that is sent is seen to its end.
 */
class Sampling implements Sampler {
  readonly #byChance: Sampler;

  constructor(private readonly share: number) {
    this.#byChance = new TraceIdRatioBasedSampler(share);
  }

  shouldSample(
    parent: Context,
    traceId: string,
    name: string,
    kind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ): SamplingResult {
    if (links.length === 0) return this.#byChance.shouldSample(parent, traceId, name, kind, attributes, links);
    const isSent = links.some((link) => (link.context.traceFlags & TraceFlags.SAMPLED) !== 0);
    return { decision: isSent ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
  }

  toString(): string {
    return `ByChanceOrLink{${this.share}}`;
  }
}
