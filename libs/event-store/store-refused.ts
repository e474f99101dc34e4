/**
 * Why a store is refused: its address is no address of a store · nobody answers there · the connection cannot be
 * secured · the credentials are wrong · the server is too old · records are missing · a stream was deleted · a stream
 * holds what the ledger did not write · a record was changed.
 */
export type RefusalReason =
  'address' | 'unreachable' | 'tls' | 'denied' | 'version' | 'truncated' | 'deleted' | 'foreign' | 'changed';

const standing: readonly RefusalReason[] = ['truncated', 'deleted', 'foreign', 'changed'];

/**
 * The store must not be worked with: it does not let the ledger in, or something else stands in the place of the
 * ledger's streams. The message names the host or the stream and the index, never a credential. Trying again does not
 * help; a person has to look.
 */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';

  constructor(
    readonly reason: RefusalReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether something else stands in the place of the ledger's streams; else they are only out of reach. */
  get isForeign(): boolean {
    return standing.includes(this.reason);
  }
}
