export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** How a peer is started: one JSON document as its argument. */
export interface PeerOptions {
  /** append-only file; created when absent */
  readonly file: string;
  readonly port: number;
  /** with both, every call but gossip and server features must carry them */
  readonly username?: string;
  readonly password?: string;
  /** PEM. With `clientCa`, only clients with a certificate of that authority get in */
  readonly tls?: { readonly cert: string; readonly key: string; readonly clientCa?: string };
  readonly version?: string;
  /** the leader of its cluster, when it is not the leader itself */
  readonly leader?: Endpoint;
  /** bytes an append may have */
  readonly appendLimit?: number;
}
