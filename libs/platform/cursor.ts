import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from '#kernel';
import { canonical, type JsonValue } from '#statement';
import { parseStrict } from './strict-json.js';

/** What makes cursors of one query: they open with the same key and scope only. */
export interface CursorSeal {
  /** at least 32 random bytes, the ledger's own */
  readonly key: Uint8Array;
  /** Names caller and query with its filters, so that a cursor continues only the list it came from. */
  readonly scope: string;
}

const longest = 2048;
const form = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/;

/** Hides a place in a list in a text that callers hand back unread. It holds no secret: it is sealed, not encrypted. */
export function sealCursor(place: JsonValue, seal: CursorSeal): string {
  const payload = Buffer.from(canonical(place), 'utf8').toString('base64url');
  return `${payload}.${tagOf(payload, seal).toString('base64url')}`;
}

/** @throws DomainError `invalid-query` for every text that {@link sealCursor} did not write for this query */
export function openCursor(cursor: string, seal: CursorSeal): JsonValue {
  const [, payload, tag] = (cursor.length <= longest && form.exec(cursor)) || [];
  if (payload === undefined || tag === undefined) throw forged();
  const expected = tagOf(payload, seal);
  const given = Buffer.from(tag, 'base64url');
  // Base64url has several texts for these bytes; only one is ours.
  if (given.toString('base64url') !== tag || !timingSafeEqual(given, expected)) throw forged();
  return parseStrict(Buffer.from(payload, 'base64url'));
}

const tagOf = (payload: string, { key, scope }: CursorSeal): Buffer =>
  createHmac('sha256', key)
    .update(JSON.stringify([scope, payload]))
    .digest();

const forged = (): DomainError =>
  new DomainError('invalid-query', 'the cursor does not belong to this query', [
    { pointer: '/cursor', detail: 'not a cursor that was given out for this query' },
  ]);
