import type { ConnectionOptions } from 'node:tls';

/** How clients prove who they are (RFC 7677, RFC 7628). */
export type Credentials =
  | { readonly mechanism: 'scram-sha-256' | 'scram-sha-512'; readonly username: string; readonly password: string }
  | {
      readonly mechanism: 'oauthbearer';
      /** Answers a token that is still valid. Asked for every connection. */
      token(): Promise<string>;
    };

/** How to reach a Kafka cluster. The adapters of the record stream take the same options. */
export interface BrokerOptions {
  /** `host:port` of some brokers; the others are learned from them */
  readonly brokers: readonly string[];
  /** put before every topic and group, so that several ledgers can share a cluster */
  readonly prefix?: string;
  /** name in the logs of the brokers */
  readonly clientId?: string;
  /** copies of each record, 3 unless given; all but one of them must be there for a write. Topics get it when created */
  readonly replication?: number;
  readonly ssl?: boolean | ConnectionOptions;
  readonly sasl?: Credentials;
  /** milliseconds without progress, while there are records, after which a consumer is replaced; 30 s unless given */
  readonly stallAfter?: number;
  /** milliseconds between a failure and the next attempt of a consumer; 1 s unless given */
  readonly pause?: number;
}

export const defaultReplication = 3;
export const defaultStallAfter = 30_000;
export const defaultPause = 1_000;
