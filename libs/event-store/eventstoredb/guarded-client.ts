import {
  EventStoreDBClient,
  type ChannelCredentialOptions,
  type DNSClusterOptions,
  type GossipClusterOptions,
  type SingleNodeOptions,
} from '@eventstore/db-client';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { status } from '@grpc/grpc-js';
import type { StoreAddress } from './connection-string.js';

const { ServerFeaturesClient } = features;
type Channel = Awaited<ReturnType<GuardedClient['getChannel']>>;

/** The client with two of its habits changed: it never appends in shared batches, and it can be closed. */
export class GuardedClient extends EventStoreDBClient {
  #channel: Channel | undefined;
  #isClosed = false;

  constructor(address: StoreAddress, deadline: number) {
    super(settingsOf(address, deadline) as GossipClusterOptions, credentialsOf(address));
    // Shared batches mix up the clients of a process and die with a clock that runs behind. Without the feature, each
    // append is a call of its own. Credentials would have the same effect, but not every server takes some.
    this.supports = async () => false;
    const getChannel = this.getChannel;
    this.getChannel = async () => {
      if (this.#isClosed) throw new Error('the client is closed');
      this.#channel = await getChannel();
      return this.#channel;
    };
  }

  /** @returns `unknown` of servers that are too old to tell. The client's own question could wait for ever. */
  serverVersion(): Promise<string> {
    return this.execute(ServerFeaturesClient, 'getSupportedMethods', (client) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      client.getSupportedMethods(new shared.Empty(), ...this.callArguments({}), (error, features) => {
        if (error === null) resolve(features.getEventStoreServerVersion());
        else if (error.code === status.UNIMPLEMENTED) resolve('unknown');
        else reject(error);
      });
      return promise;
    });
  }

  /** Cancels its streams and gives back its connection, which the client itself never does. */
  async shutDown(): Promise<void> {
    this.#isClosed = true;
    await this.dispose();
    this.#channel?.close();
  }
}

function settingsOf(
  { nodes, isDiscovered, numbers, connectionName }: StoreAddress,
  defaultDeadline: number,
): SingleNodeOptions | GossipClusterOptions | DNSClusterOptions {
  const [first] = nodes;
  if (first === undefined) throw new Error('a store has at least one node');
  const others = { ...numbers, defaultDeadline, ...(connectionName === undefined ? {} : { connectionName }) };
  if (isDiscovered) return { discover: first, ...others };
  return nodes.length > 1 ? { endpoints: [...nodes], ...others } : { endpoint: first, ...others };
}

function credentialsOf({ tls }: StoreAddress): ChannelCredentialOptions {
  if (tls === null) return { insecure: true };
  return {
    ...(tls.ca === undefined ? {} : { rootCertificate: tls.ca }),
    ...(tls.cert === undefined || tls.key === undefined ? {} : { userCertFile: tls.cert, userKeyFile: tls.key }),
  };
}
