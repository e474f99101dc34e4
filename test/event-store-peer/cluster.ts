import type { handleUnaryCall, sendUnaryData, ServiceError } from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { FaultPoint } from './faults.js';
import type { Endpoint } from './options.js';
import type { Peer } from './peer.js';

const { FOLLOWER, LEADER } = gossip.MemberInfo.VNodeState;
const streamsService = 'event_store.client.streams.streams';

/** What clients ask before anything else: the version and what it can do, and who leads the cluster. */
export function cluster(peer: Peer): {
  features: { getSupportedMethods: handleUnaryCall<shared.Empty, features.SupportedMethods> };
  gossip: { read: handleUnaryCall<shared.Empty, gossip.ClusterInfo> };
} {
  return {
    features: {
      getSupportedMethods(_call, reply) {
        answer('features', reply, () => supportedMethods(peer.options.version ?? '24.10.0'));
      },
    },
    gossip: {
      read(_call, reply) {
        answer('gossip', reply, () => members(peer));
      },
    },
  };

  function answer<Answer>(at: FaultPoint, reply: sendUnaryData<Answer>, right: () => Answer): void {
    peer.strikes(peer.faults.strike(at)).then(
      (fault) => (fault === 'never' ? undefined : fault === null ? reply(null, right()) : reply(fault)),
      (error: ServiceError) => reply(error),
    );
  }
}

function supportedMethods(version: string): features.SupportedMethods {
  const supported = new features.SupportedMethods();
  supported.setEventStoreServerVersion(version);
  for (const name of ['read', 'append', 'batchappend', 'delete', 'tombstone']) {
    const method = new features.SupportedMethod();
    method.setServiceName(streamsService);
    method.setMethodName(name);
    method.setFeaturesList(name === 'read' ? ['position', 'events'] : []);
    supported.addMethods(method);
  }
  return supported;
}

function members({ options: { port, leader } }: Peer): gossip.ClusterInfo {
  const info = new gossip.ClusterInfo();
  info.addMembers(member({ host: '127.0.0.1', port }, leader === undefined ? LEADER : FOLLOWER));
  if (leader !== undefined) info.addMembers(member(leader, LEADER));
  return info;
}

function member({ host, port }: Endpoint, state: gossip.MemberInfo.VNodeState): gossip.MemberInfo {
  const endpoint = new gossip.EndPoint();
  endpoint.setAddress(host);
  endpoint.setPort(port);
  const id = new shared.UUID();
  id.setString(crypto.randomUUID());
  const info = new gossip.MemberInfo();
  info.setInstanceId(id);
  info.setState(state);
  info.setIsAlive(true);
  info.setHttpEndPoint(endpoint);
  return info;
}
