import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, retryAfterOf, type Problem } from './problem.js';

export const problemMediaType = 'application/problem+json';

/** Told of every failure of the ledger itself, never of a caller's mistake. */
export type ReportFailure = (error: unknown, request: FastifyRequest) => void;

/** Turns whatever is thrown on the way of a request into one problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly report: ReportFailure) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = problemOf(error);
    if (problem.status >= 500) this.report(error, request);
    sendProblem(http.getResponse<FastifyReply>(), problem);
  }
}

/** An answer that has begun cannot turn into a problem: cutting it tells the caller that it is not whole. */
export function sendProblem(reply: FastifyReply, problem: Problem): void {
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  for (const name of Object.keys(reply.getHeaders())) if (describesBody.has(name)) reply.removeHeader(name);
  const wait = retryAfterOf(problem.code);
  if (wait !== undefined) reply.header('Retry-After', String(wait));
  if (problem.status === 401) reply.header('WWW-Authenticate', 'Bearer');
  reply
    .code(problem.status)
    .header('Content-Type', problemMediaType)
    .header('Cache-Control', 'no-store')
    .send(Buffer.from(JSON.stringify(problem), 'utf8'));
}

/** Headers a handler may have set for the answer that did not come about. */
const describesBody = new Set(['etag', 'link', 'location', 'last-modified', 'content-length', 'content-disposition']);
