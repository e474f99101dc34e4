import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { context, isValidTraceId, SpanKind, trace, type Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { forRequest } from './current-request.js';
import { failed, scope } from './spans.js';

const spans = new WeakMap<IncomingMessage, Span>();

/** What tells requests apart in the log, in traces and for the caller. */
export const requestIdHeader = 'X-Request-Id';

/**
 * The id of a request: that of its trace, which begins here. A `traceparent` or an id that the caller sends is not
 * looked at: agencies whose systems trace calls between them would give their entries one id, and whoever reads the
 * record stream would learn who deals with whom.
 */
export function beginRequest(raw: IncomingMessage): string {
  const span = trace.getTracer(scope).startSpan('request', { kind: SpanKind.SERVER, root: true });
  const { traceId } = span.spanContext();
  spans.set(raw, span);
  return isValidTraceId(traceId) ? traceId : randomBytes(16).toString('hex');
}

/**
 * Runs handlers inside the trace of their request and tells the caller its id.
 *
 * @param routeOf the pattern of the route, never the URL
 */
export function traceRequests(fastify: FastifyInstance, routeOf: (request: FastifyRequest) => string): void {
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header(requestIdHeader, request.id);
  });
  // Not before the body is there: the event that ends it would leave the trace again.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request.raw);
    const named = forRequest(request.id);
    context.with(span === undefined ? named : trace.setSpan(named, span), done);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request.raw);
    if (span === undefined) return;
    const { statusCode } = reply;
    span.updateName(`${request.method} ${routeOf(request)}`).setAttributes({
      'http.request.method': request.method,
      'http.route': routeOf(request),
      'http.response.status_code': statusCode,
    });
    if (statusCode >= 500) failed(span, String(statusCode));
    span.end();
  });
}
