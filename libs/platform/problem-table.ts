import type { ErrorCode } from '#kernel';

/** Codes of answers that no domain error causes: they belong to HTTP alone. */
export type RimCode = 'method-not-allowed' | 'request-timeout' | 'rate-limited' | 'unavailable' | 'internal-error';
export type ProblemCode = ErrorCode | RimCode;

export interface ProblemType {
  readonly status: number;
  readonly title: string;
  /** seconds after which asking again makes sense */
  readonly retryAfter?: number;
}

/** What each code means to whoever called: RFC 9457 §3.1. A code without a line here does not compile. */
export const problemTypes = {
  'malformed-json': { status: 400, title: 'The body is not JSON with one meaning' },
  'malformed-ndjson': { status: 400, title: 'The body is not a batch of entries, one a line' },
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'invalid-query': { status: 400, title: 'A parameter cannot be read' },
  unauthenticated: { status: 401, title: 'Nobody is known by this token' },
  forbidden: { status: 403, title: 'This is not for the caller to do' },
  'agency-not-admitted': { status: 403, title: 'The agency is not admitted to this ledger' },
  'agency-suspended': { status: 403, title: 'The agency is suspended for the time being' },
  'not-found': { status: 404, title: 'Nothing here for the caller' },
  'not-integrated': { status: 404, title: 'Not yet under a signed checkpoint', retryAfter: 1 },
  'method-not-allowed': { status: 405, title: 'No such method here' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'id-taken': { status: 409, title: 'The id belongs to another entry' },
  'exchange-moved-on': { status: 409, title: 'The exchange has moved on' },
  'trail-not-ready': { status: 409, title: 'The trail is not written yet', retryAfter: 1 },
  'trail-failed': { status: 409, title: 'The trail could not be written; order it again' },
  'too-large': { status: 413, title: 'Too much at once' },
  'unsupported-media-type': { status: 415, title: 'Not a media type that is read here' },
  'unsupported-encoding': { status: 415, title: 'Bodies are read without content coding only' },
  'invalid-entry': { status: 422, title: 'The entry is not valid' },
  'invalid-body': { status: 422, title: 'What was sent is not valid' },
  'duplicate-id': { status: 422, title: 'Two entries of the batch have one id' },
  'leaf-too-large': { status: 422, title: 'The entry is too large to be recorded' },
  'range-beyond-log': { status: 422, title: 'The range ends beyond the log' },
  'rate-limited': { status: 429, title: 'Too many requests', retryAfter: 1 },
  'internal-error': { status: 500, title: 'The ledger failed' },
  'queue-full': { status: 503, title: 'Too many entries are waiting', retryAfter: 1 },
  'store-unavailable': { status: 503, title: 'The ledger cannot store or read at the moment', retryAfter: 5 },
  'issuer-unavailable': { status: 503, title: 'Tokens cannot be checked at the moment', retryAfter: 5 },
  unavailable: { status: 503, title: 'The ledger is not ready', retryAfter: 5 },
} as const satisfies Record<ProblemCode, ProblemType>;
