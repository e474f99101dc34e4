import { Server, ServerCredentials, type Metadata, type ServiceError } from '@grpc/grpc-js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { appending } from './appending.js';
import { cluster } from './cluster.js';
import { Faults, killed, type Fault } from './faults.js';
import type { Endpoint, PeerOptions } from './options.js';
import { reading } from './reading.js';
import { denied, notLeader, unauthenticated, unavailable } from './refusals.js';
import { removing } from './removing.js';
import { StoredStreams } from './stored-streams.js';

const largestMessage = 17 * 1024 * 1024;

/** What a call is let in with. */
export interface Caller {
  readonly metadata: Metadata;
}

/**
 * A server of the event store's protocol for tests: one node, alone or in a cluster of several peers. It keeps what it
 * acknowledged, applies the server's rules of idempotency, and fails where it is told to.
 */
export class Peer {
  #options: PeerOptions;
  readonly streams: StoredStreams;
  readonly faults = new Faults();
  readonly #server: Server;

  constructor(options: PeerOptions) {
    this.#options = options;
    this.streams = new StoredStreams(options.file);
    this.#server = new Server({
      'grpc.max_receive_message_length': largestMessage,
      'grpc.max_send_message_length': largestMessage,
    });
    const { features, gossip } = cluster(this);
    this.#server.addService(featuresService.ServerFeaturesService, features);
    this.#server.addService(gossipService.GossipService, gossip);
    this.#server.addService(streamsService.StreamsService, {
      ...appending(this),
      ...reading(this),
      ...removing(this),
    });
  }

  get options(): PeerOptions {
    return this.#options;
  }

  /** From now on that node leads the cluster; without one, this peer does. */
  follow(leader: Endpoint | undefined): void {
    const { leader: _, ...others } = this.#options;
    this.#options = leader === undefined ? others : { ...others, leader };
  }

  /** @returns the port it listens on */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.bindAsync(`127.0.0.1:${this.options.port}`, this.#credentials(), (error, port) => {
        // From now on it knows its own address, which clusters are told.
        this.#options = { ...this.#options, port };
        if (error === null) resolve(port);
        else reject(error);
      });
    });
  }

  /** Why the caller is turned away before its call is looked at, if it is. */
  refusalOf({ metadata }: Caller): ServiceError | null {
    const { username, password, leader } = this.options;
    if (username !== undefined && password !== undefined) {
      const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
      if (metadata.get('authorization')[0] !== wanted) return unauthenticated();
    }
    const needsLeader = metadata.get('requires-leader')[0] === 'true';
    return leader !== undefined && needsLeader ? notLeader(leader) : null;
  }

  /** Does what a fault does before the call is served. @returns the error to answer, or `never` for no answer at all */
  async strikes(fault: Fault | undefined): Promise<ServiceError | 'never' | null> {
    if (fault?.what === 'kill') killed();
    if (fault?.what === 'unavailable') return unavailable();
    if (fault?.what === 'denied') return denied();
    if (fault?.what === 'silent') return 'never';
    if (fault?.what === 'not-leader') return notLeader(fault.leader ?? this.#leader);
    if (fault?.what === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
    return null;
  }

  get #leader(): Endpoint {
    return this.#options.leader ?? { host: '127.0.0.1', port: this.#options.port };
  }

  #credentials(): ServerCredentials {
    const { tls } = this.options;
    if (tls === undefined) return ServerCredentials.createInsecure();
    const pair = { cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) };
    return tls.clientCa === undefined
      ? ServerCredentials.createSsl(null, [pair])
      : ServerCredentials.createSsl(Buffer.from(tls.clientCa), [pair], true);
  }
}
