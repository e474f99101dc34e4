/** One fault in what a caller sent: where (RFC 6901 pointer) and what. Never repeats the value. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
  /** 1-based line of a batch. */
  readonly line?: number;
}

/** What callers branch on. Stable: a code is never reused with another meaning. */
export type ErrorCode =
  | 'malformed-json'
  | 'malformed-ndjson'
  | 'malformed-request'
  | 'unsupported-media-type'
  | 'unsupported-encoding'
  | 'too-large'
  | 'invalid-entry'
  | 'invalid-body'
  | 'invalid-query'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'not-integrated'
  | 'duplicate-id'
  | 'id-taken'
  | 'exchange-moved-on'
  | 'agency-not-admitted'
  | 'agency-suspended'
  | 'leaf-too-large'
  | 'queue-full'
  | 'store-unavailable'
  | 'issuer-unavailable'
  | 'trail-not-ready'
  | 'trail-failed'
  | 'range-beyond-log';

/** A `no` with a stable code. It knows nothing of HTTP: one table of the platform maps codes to problem documents. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    detail: string,
    readonly faults: readonly Fault[] = [],
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}
