import { createRequire } from 'node:module';
import type { handleBidiStreamingCall, handleClientStreamingCall, ServiceError } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { killed, type Fault, type FaultPoint } from './faults.js';
import type { Caller, Peer } from './peer.js';
import { appendTooLarge, diskFull, dropped, streamDeleted, writeFailed } from './refusals.js';
import type { ExpectedRevision, Judgement, ProposedEvent } from './stored-streams.js';
import { expectedRevision, proposedEvent, streamName } from './wire.js';

interface Attempt {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly ProposedEvent[];
}

type Outcome = Exclude<Judgement, { is: 'deleted' }> | 'never';

interface Batch {
  readonly options: streams.BatchAppendReq.Options | undefined;
  readonly events: ProposedEvent[];
}

// The messages of the protocol are those of the client: a second copy of the runtime would not know them.
const client = createRequire(createRequire(import.meta.url).resolve('@eventstore/db-client'));
interface AnyMessage {
  pack(bytes: Uint8Array, name: string): void;
}
const { Any } = client('google-protobuf/google/protobuf/any_pb.js') as { Any: new () => AnyMessage };

const defaultLimit = 1024 * 1024;

/** Both ways to append: one call an append, and one long call for many. */
export function appending(peer: Peer): {
  append: handleClientStreamingCall<streams.AppendReq, streams.AppendResp>;
  batchAppend: handleBidiStreamingCall<streams.BatchAppendReq, streams.BatchAppendResp>;
} {
  return {
    append(call, reply) {
      let options: streams.AppendReq.Options | undefined;
      const events: ProposedEvent[] = [];
      call.on('data', (request: streams.AppendReq) => {
        options ??= request.getOptions();
        const message = request.getProposedMessage();
        if (message !== undefined) events.push(proposedEvent(message));
      });
      call.on('error', () => {});
      call.on('end', () => {
        const stream = streamName(options?.getStreamIdentifier());
        perform(peer, call, 'append', { stream, expected: expectedRevision(options), events }).then(
          (outcome) => (outcome === 'never' ? undefined : reply(null, appendResponse(outcome))),
          (error: ServiceError) => reply(error),
        );
      });
    },

    batchAppend(call) {
      const batches = new Map<string, Batch>();
      call.on('error', () => {});
      call.on('end', () => call.end());
      call.on('data', (request: streams.BatchAppendReq) => {
        const id = request.getCorrelationId()?.getString() ?? '';
        const batch = batches.get(id) ?? { options: request.getOptions(), events: [] };
        batches.set(id, batch);
        batch.events.push(...request.getProposedMessagesList().map(proposedEvent));
        if (!request.getIsFinal()) return;
        batches.delete(id);
        const stream = streamName(batch.options?.getStreamIdentifier());
        const response = new streams.BatchAppendResp();
        response.setCorrelationId(request.getCorrelationId());
        response.setStreamIdentifier(batch.options?.getStreamIdentifier());
        timely(batch)
          .then(() =>
            perform(peer, call, 'batch-append', {
              stream,
              expected: batchRevision(batch.options),
              events: batch.events,
            }),
          )
          .then(
            (outcome) => (outcome === 'never' ? undefined : call.write(batchResponse(response, outcome))),
            (error: ServiceError) => call.emit('error', error),
          );
      });
    },
  };
}

async function perform(peer: Peer, caller: Caller, at: FaultPoint, attempt: Attempt): Promise<Outcome> {
  const refusal = peer.refusalOf(caller);
  if (refusal !== null) throw refusal;
  const fault = peer.faults.strike(at, attempt.stream);
  const before = await peer.strikes(fault);
  if (before === 'never') return 'never';
  if (before !== null) throw before;
  const limit = peer.options.appendLimit ?? defaultLimit;
  if (attempt.events.reduce((size, event) => size + sizeOf(event), 0) > limit) throw appendTooLarge(limit);
  const verdict = peer.streams.judge(
    attempt.stream,
    attempt.expected,
    attempt.events.map(({ id }) => id),
  );
  if (verdict.is === 'deleted') throw streamDeleted(attempt.stream);
  if (verdict.is === 'write') write(peer, attempt, fault);
  return replied(peer, verdict, fault);
}

const sizeOf = ({ data, metadata, type }: ProposedEvent): number => data.length + metadata.length + 2 * type.length;

function write(peer: Peer, { stream, events }: Attempt, fault: Fault | undefined): void {
  if (fault?.what === 'disk-full') throw diskFull();
  try {
    peer.streams.append(stream, events);
  } catch (error) {
    throw writeFailed(error);
  }
}

function replied(peer: Peer, outcome: Exclude<Outcome, 'never'>, fault: Fault | undefined): Outcome {
  if (fault?.what === 'drop-reply') throw dropped();
  if (fault?.what === 'lose-reply') return 'never';
  if (fault?.what === 'tear') peer.streams.tearJournal();
  if (fault?.what === 'kill-after' || fault?.what === 'tear') killed();
  return outcome;
}

function appendResponse(outcome: Exclude<Outcome, 'never'>): streams.AppendResp {
  const response = new streams.AppendResp();
  if (outcome.is !== 'wrong-version') {
    const success = new streams.AppendResp.Success();
    success.setCurrentRevision(String(outcome.last));
    success.setNoPosition(new shared.Empty());
    response.setSuccess(success);
    return response;
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (outcome.current < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(outcome.current));
  response.setWrongExpectedVersion(wrong);
  return response;
}

function batchResponse(response: streams.BatchAppendResp, outcome: Exclude<Outcome, 'never'>): streams.BatchAppendResp {
  if (outcome.is !== 'wrong-version') {
    const success = new streams.BatchAppendResp.Success();
    success.setCurrentRevision(String(outcome.last));
    response.setSuccess(success);
    return response;
  }
  const wrong = new shared.WrongExpectedVersion();
  if (outcome.current >= 0) wrong.setCurrentStreamRevision(String(outcome.current));
  const details = new Any();
  details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  const error = new status.Status();
  error.setMessage('Wrong expected version');
  error.setDetails(details as Parameters<typeof error.setDetails>[0]);
  response.setError(error);
  return response;
}

/** The deadline of a batch is an instant of the client's clock: one that runs behind finds every batch too late. */
async function timely({ options }: Batch): Promise<void> {
  const deadline = options?.getDeadline();
  if (deadline === undefined) return;
  const now = (performance.timeOrigin + performance.now()) / 1_000;
  if (deadline.getSeconds() < now - 1) throw writeFailed('deadline exceeded');
}

function batchRevision(options: streams.BatchAppendReq.Options | undefined): ExpectedRevision {
  if (options?.hasStreamPosition() === true) return Number(options.getStreamPosition());
  if (options?.hasNoStream() === true) return 'no_stream';
  return options?.hasStreamExists() === true ? 'stream_exists' : 'any';
}
