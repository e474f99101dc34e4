import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';

/** The only media types a body may have, and how many bytes of each. */
export const bodyLimits = {
  'application/json': 256 * 1024,
  'application/x-ndjson': 2 * 1024 * 1024,
} as const;

export type BodyType = keyof typeof bodyLimits;

const otherCharset = /;\s*charset\s*=\s*(?!"?utf-8"?\s*(?:;|$))/i;

/**
 * Lets Fastify hand over bodies as the bytes that came, whole or not at all: reading them strictly is the handler's.
 * The application is created with `bodyParser: false`, or Nest adds its own parsers.
 */
export function registerBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  for (const [type, bodyLimit] of Object.entries(bodyLimits)) {
    fastify.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
  }
  fastify.addHook('onRequest', async (request) => refuseUnreadable(request));
}

/** Before a byte of the body is read: a coding would hide its true size, another charset its meaning. */
function refuseUnreadable({ headers }: FastifyRequest): void {
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding.trim().toLowerCase() !== 'identity') {
    throw new DomainError('unsupported-encoding', 'send the body without Content-Encoding');
  }
  if (otherCharset.test(headers['content-type'] ?? '')) {
    throw new DomainError('unsupported-media-type', 'bodies are UTF-8');
  }
}

/**
 * The body of a request as it came.
 *
 * @throws DomainError `malformed-request` when there is none, `unsupported-media-type` when it has another type
 */
export function bodyOf(request: FastifyRequest, ...accepted: readonly BodyType[]): { type: BodyType; bytes: Buffer } {
  const { body, headers } = request;
  if (!Buffer.isBuffer(body)) throw new DomainError('malformed-request', 'the request has no body');
  const given = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const type = accepted.find((name) => name === given);
  if (type === undefined) {
    throw new DomainError('unsupported-media-type', `this is read as ${accepted.join(' or ')} only`);
  }
  return { type, bytes: body };
}
