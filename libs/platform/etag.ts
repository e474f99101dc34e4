import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** A strong entity tag: the same tag means the same bytes (RFC 9110 §8.8.3). */
export const strongTag = (representation: string | Uint8Array): string =>
  `"${hash('sha256', representation, 'base64url')}"`;

/** A weak entity tag: the same tag means the same content, whatever its bytes. */
export const weakTag = (content: string | Uint8Array): string => `W/${strongTag(content)}`;

const opaque = (tag: string): string => tag.replace(/^W\//, '');

/**
 * Whether a caller already holds what it asks for, from the header `If-None-Match`. Compares weakly, as RFC 9110
 * §13.1.2 asks: the answer is then 304.
 */
export function noneMatch(header: string | undefined, current: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return (header.match(/(?:W\/)?"[^"]*"/g) ?? []).some((tag) => opaque(tag) === opaque(current));
}

/** Gives every answer to a GET its entity tag, and answers 304 to those who hold it already. Streams have none. */
export function tagAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    const isText = typeof payload === 'string' || Buffer.isBuffer(payload);
    if (request.method !== 'GET' || reply.statusCode !== 200 || !isText) return payload;
    const tag = strongTag(payload);
    reply.header('ETag', tag);
    if (!noneMatch(request.headers['if-none-match'], tag)) return payload;
    reply.code(304).removeHeader('content-length');
    return null;
  });
}
