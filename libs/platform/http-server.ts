import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { bodyLimits, registerBodyParsers } from './body-parsers.js';
import type { Metrics } from './metrics.js';
import { problemMediaType, sendProblem, type ReportFailure } from './problem-filter.js';
import { problem, problemOf } from './problem.js';
import type { ProblemCode } from './problem-table.js';
import { beginRequest, requestIdHeader, traceRequests } from './request-tracing.js';
import { failureOf } from './logging.js';

/**
 * The HTTP server of an application, to be given to `NestFactory.create(module, adapter, { bodyParser: false })`.
 * Bodies arrive as bytes, and what never reaches a handler is answered with a problem document as well.
 */
export function httpServer(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: Math.max(...Object.values(bodyLimits)),
    // Time for a whole upload over a slow line; it ends senders who never finish.
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    genReqId: beginRequest,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply.header(requestIdHeader, request.id), problemOf(error)),
    clientErrorHandler: refuseUnparsable,
  });
  registerBodyParsers(adapter.getInstance<FastifyInstance>());
  return adapter;
}

const unparsable: Readonly<Record<string, ProblemCode>> = { ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout' };

/** What is not even HTTP has no request to answer to: the problem is written to the socket. */
function refuseUnparsable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const answer = problem(unparsable[error.code ?? ''] ?? 'malformed-request');
  const body = JSON.stringify(answer);
  socket.end(
    [
      `HTTP/1.1 ${answer.status} ${answer.status === 408 ? 'Request Timeout' : 'Bad Request'}`,
      `Content-Type: ${problemMediaType}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

/** The pattern a request matched; what matched none may hold anything, so it has one name. */
const routeOf = (request: FastifyRequest): string =>
  request.is404 ? 'unmatched' : (request.routeOptions.url ?? 'unmatched');

/** Traces every request and notes it, finished, in the figures and, below `info`, in the log. */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics, logger: Logger): void {
  traceRequests(fastify, routeOf);
  fastify.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const finished = { method, route: routeOf(request), status: reply.statusCode };
    metrics.finished({ ...finished, seconds: reply.elapsedTime / 1000 });
    logger.debug({ ...finished, requestId: request.id, milliseconds: Math.round(reply.elapsedTime) }, 'request');
  });
}

/** For the problem filter: failures go to the log without what was sent. */
export const failuresTo =
  (logger: Logger): ReportFailure =>
  (error, request) =>
    logger.error(
      { requestId: request.id, method: request.method, route: routeOf(request), failure: failureOf(error) },
      'request failed',
    );
