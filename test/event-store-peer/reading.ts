import type { handleServerStreamingCall, ServerWritableStream } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { killed, type Fault } from './faults.js';
import type { Peer } from './peer.js';
import { dropped, streamDeleted } from './refusals.js';
import type { RecordedEvent } from './stored-streams.js';
import { eventResponse, streamIdentifier, streamName } from './wire.js';

type Options = streams.ReadReq.Options;
type Call = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** The events a call asks for, in the order they are stored, and whether one of them is wanted. */
interface Source {
  readonly events: () => readonly RecordedEvent[];
  readonly first: number;
  readonly wanted: (event: RecordedEvent) => boolean;
  /** of `$all`, with a filter: after how many events looked at readers hear where they are */
  readonly checkpointEvery?: number;
  readonly stream?: string;
}

const backwards = streams.ReadReq.Options.ReadDirection.BACKWARDS;
const filterWindow = 32;

/** Reads and subscriptions of one stream and of all of them. Nothing is sent faster than it is taken. */
export function reading(peer: Peer): { read: handleServerStreamingCall<streams.ReadReq, streams.ReadResp> } {
  return {
    read(call) {
      call.on('error', () => {});
      serve(peer, call).then(
        (answered) => (answered ? call.end() : undefined),
        (error: unknown) => call.emit('error', error),
      );
    },
  };
}

/** @returns whether the call is over */
async function serve(peer: Peer, call: Call): Promise<boolean> {
  const refusal = peer.refusalOf(call);
  if (refusal !== null) throw refusal;
  const options = call.request.getOptions() ?? new streams.ReadReq.Options();
  const stream = options.hasStream() ? streamName(options.getStream()?.getStreamIdentifier()) : undefined;
  const at = options.hasSubscription() ? 'subscribe' : 'read';
  const fault = peer.faults.strike(at, stream);
  const answer = await peer.strikes(fault);
  if (answer === 'never') return false;
  if (answer !== null) throw answer;
  if (stream !== undefined && peer.streams.isTombstoned(stream)) throw streamDeleted(stream);
  if (at === 'subscribe') await subscription(peer, call, sourceOf(peer, options), fault);
  else if (stream !== undefined && !peer.streams.exists(stream)) call.write(notFound(stream));
  else await page(call, options, sourceOf(peer, options));
  return true;
}

async function page(call: Call, options: Options, { events, first, wanted }: Source): Promise<void> {
  const limit = Number(options.getCount());
  const all = events();
  const isBackwards = options.getReadDirection() === backwards;
  const visibleFrom = isBackwards ? 0 : first;
  let place = isBackwards ? Math.min(startBackwards(options, all), all.length - 1) : visibleFrom;
  for (let sent = 0; sent < limit && !call.cancelled; place += isBackwards ? -1 : 1) {
    const event = all[place];
    if (event === undefined) return;
    if (!wanted(event)) continue;
    sent += 1;
    await written(call, eventResponse(event));
  }
}

async function subscription(
  peer: Peer,
  call: Call,
  { events, first, wanted, checkpointEvery, stream }: Source,
  fault: Fault | undefined,
): Promise<void> {
  const over = new AbortController();
  call.on('cancelled', () => over.abort());
  call.on('close', () => over.abort());
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(crypto.randomUUID());
  const confirmed = new streams.ReadResp();
  confirmed.setConfirmation(confirmation);
  await written(call, confirmed);
  let caughtUp = false;
  let sent = 0;
  for (let place = first; !over.signal.aborted;) {
    if (fault !== undefined && sent >= (fault.after ?? 0)) {
      if (fault.what === 'kill-after') killed();
      if (fault.what === 'break') throw dropped();
      if (fault.what === 'end') return;
    }
    const event = events()[place];
    if (event === undefined) {
      if (!caughtUp) await written(call, caughtUpResponse());
      caughtUp = true;
      await peer.streams.changed(over.signal);
      if (stream !== undefined && peer.streams.isTombstoned(stream)) throw streamDeleted(stream);
      continue;
    }
    place += 1;
    if (wanted(event)) {
      sent += 1;
      await written(call, eventResponse(event));
    }
    if (checkpointEvery !== undefined && place % checkpointEvery === 0) await written(call, checkpoint(event));
  }
}

function sourceOf(peer: Peer, options: Options): Source {
  const { streams: stored } = peer;
  const stream = options.getStream();
  const exclusive = options.hasSubscription() ? 1 : 0;
  if (stream !== undefined) {
    const name = streamName(stream.getStreamIdentifier());
    const asked = stream.hasRevision() ? Number(stream.getRevision()) + exclusive : 0;
    const first = stream.hasEnd() ? stored.events(name).length : Math.max(asked, stored.firstVisible(name));
    const wanted = ({ number }: RecordedEvent): boolean => number >= stored.firstVisible(name);
    return { events: () => stored.events(name), first, wanted, stream: name };
  }
  const all = options.getAll();
  const position = all?.getPosition();
  const found = stored.all.findIndex((event) => event.position >= Number(position?.getCommitPosition()));
  const from = found < 0 ? stored.all.length : found;
  const isExact = stored.all[from]?.position === Number(position?.getCommitPosition());
  const asked = position === undefined ? 0 : from + (isExact ? exclusive : 0);
  const filter = options.getFilter();
  return {
    events: () => stored.all,
    first: all?.hasEnd() === true ? stored.all.length : asked,
    wanted: (event) => filter === undefined || passes(filter, event),
    ...(filter === undefined
      ? {}
      : { checkpointEvery: filterWindow * Math.max(1, filter.getCheckpointintervalmultiplier()) }),
  };
}

function passes(filter: streams.ReadReq.Options.FilterOptions, event: RecordedEvent): boolean {
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const text = filter.hasStreamIdentifier() ? event.stream : event.type;
  const prefixes = expression?.getPrefixList() ?? [];
  if (prefixes.length > 0) return prefixes.some((prefix) => text.startsWith(prefix));
  return new RegExp(expression?.getRegex() ?? '').test(text);
}

function startBackwards(options: Options, all: readonly RecordedEvent[]): number {
  const stream = options.getStream();
  if (stream?.hasRevision() === true) return Number(stream.getRevision());
  const position = options.getAll()?.getPosition();
  if (position === undefined) return all.length - 1;
  return all.findLastIndex((event) => event.position < Number(position.getCommitPosition()));
}

async function written(call: Call, response: streams.ReadResp): Promise<void> {
  if (call.cancelled || call.write(response)) return;
  const over = ['drain', 'cancelled', 'close'];
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = (): void => resolve();
  for (const event of over) call.on(event, wake);
  await promise;
  for (const event of over) call.off(event, wake);
}

function notFound(stream: string): streams.ReadResp {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(streamIdentifier(stream));
  const response = new streams.ReadResp();
  response.setStreamNotFound(missing);
  return response;
}

function caughtUpResponse(): streams.ReadResp {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
}

function checkpoint({ position }: RecordedEvent): streams.ReadResp {
  const reached = new streams.ReadResp.Checkpoint();
  reached.setCommitPosition(String(position));
  reached.setPreparePosition(String(position));
  const response = new streams.ReadResp();
  response.setCheckpoint(reached);
  return response;
}
