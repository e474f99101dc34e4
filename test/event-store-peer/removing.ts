import type { handleUnaryCall } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Peer } from './peer.js';
import { streamDeleted, writeFailed } from './refusals.js';
import { expectedRevision, streamName } from './wire.js';

/** Deleting softly, after which the name can be used again, and for ever. */
export function removing(peer: Peer): {
  delete: handleUnaryCall<streams.DeleteReq, streams.DeleteResp>;
  tombstone: handleUnaryCall<streams.TombstoneReq, streams.TombstoneResp>;
} {
  return {
    delete({ metadata, request }, callback) {
      const refusal = peer.refusalOf({ metadata }) ?? removed(request.getOptions(), 'delete');
      if (refusal !== null) return callback(refusal);
      const response = new streams.DeleteResp();
      const position = new streams.DeleteResp.Position();
      response.setPosition(position);
      callback(null, response);
    },
    tombstone({ metadata, request }, callback) {
      const refusal = peer.refusalOf({ metadata }) ?? removed(request.getOptions(), 'tombstone');
      if (refusal !== null) return callback(refusal);
      const response = new streams.TombstoneResp();
      response.setPosition(new streams.TombstoneResp.Position());
      callback(null, response);
    },
  };

  function removed(options: streams.DeleteReq.Options | undefined, how: 'delete' | 'tombstone') {
    const name = streamName(options?.getStreamIdentifier());
    const verdict = peer.streams.judge(name, expectedRevision(options), []);
    if (verdict.is === 'deleted') return streamDeleted(name);
    if (verdict.is === 'wrong-version') return writeFailed(`WrongExpectedVersion: ${verdict.current}`);
    if (how === 'delete') peer.streams.deleteSoftly(name);
    else peer.streams.tombstone(name);
    return null;
  }
}
