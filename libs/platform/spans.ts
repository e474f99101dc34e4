import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { failureOf } from './logging.js';

/** Whose spans they are. What a library of somebody else traces never leaves the process. */
export const scope = 'nachweis';

/** Pieces of work that are traced, besides requests, which are called by method and route. */
export const spanNames = ['sequence batch', 'relay publish', 'projector fold'] as const;
export type SpanName = (typeof spanNames)[number];

/**
 * The only attributes a span may have: a trace is read by people who may not read entries, so it names neither
 * persons, agencies, ids, addresses nor values.
 */
export const spanAttributes = [
  'http.request.method',
  'http.route',
  'http.response.status_code',
  'messaging.system',
  'messaging.operation.type',
  'messaging.destination.name',
  'messaging.destination.partition.id',
  'messaging.batch.message_count',
  'nachweis.log',
  'nachweis.entries',
  'nachweis.bytes',
  'nachweis.outcome',
  'nachweis.projection',
  'error.type',
] as const;
export type SpanFields = Partial<Record<(typeof spanAttributes)[number], string | number>>;

export interface SpanSurroundings {
  readonly kind?: SpanKind;
  /** Of work for many callers at once, see {@link linksOf}: it begins a trace of its own, whoever set it off. */
  readonly links?: readonly Link[];
}

/**
 * Runs work inside a span: a child of the span that is current, or with links the first of a trace.
 *
 * @param work may note more fields while it goes on
 */
export async function inSpan<Result>(
  name: SpanName,
  fields: SpanFields,
  work: (note: (fields: SpanFields) => void) => Promise<Result>,
  { kind = SpanKind.INTERNAL, links }: SpanSurroundings = {},
): Promise<Result> {
  const around = links === undefined ? context.active() : ROOT_CONTEXT;
  const span = trace.getTracer(scope).startSpan(name, { kind, attributes: fields, links: [...(links ?? [])] }, around);
  try {
    return await context.with(trace.setSpan(around, span), () => work((more) => void note(span, more)));
  } catch (error) {
    failed(span, failureOf(error).name);
    throw error;
  } finally {
    span.end();
  }
}

const note = (span: Span, fields: SpanFields): Span => span.setAttributes(fields);

/** @param kind the class of the error: a message may quote what people sent */
export function failed(span: Span, kind: string): void {
  note(span, { 'error.type': kind }).setStatus({ code: SpanStatusCode.ERROR });
}

/** The W3C `traceparent` of the span that is current; undefined outside every trace. */
export function traceparentOf(current: Context = context.active()): string | undefined {
  const of = trace.getSpanContext(current);
  if (of === undefined || /^0*$/.test(of.traceId)) return undefined;
  return `00-${of.traceId}-${of.spanId}-${of.traceFlags.toString(16).padStart(2, '0')}`;
}

const mostLinks = 128;

/** Links to the spans under which records were recorded, each once. What is no `traceparent` is passed over. */
export function linksOf(traceparents: Iterable<string | undefined>): Link[] {
  const distinct = new Set(traceparents);
  distinct.delete(undefined);
  const links: Link[] = [];
  for (const traceparent of distinct) {
    const of = parseTraceParent(traceparent ?? '');
    if (of === null) continue;
    links.push({ context: { ...of, isRemote: true } });
    if (links.length === mostLinks) break;
  }
  return links;
}
