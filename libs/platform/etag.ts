import { hash } from 'node:crypto';

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
