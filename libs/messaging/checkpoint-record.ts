import type { LogName, TreeSize } from '#kernel';
import { InvalidNote, openCheckpoint, parseDecimal, type TreeHead, type VerifierKey } from '#transparency';
import {
  InvalidRecord,
  cloudEventTypes,
  eventHeaders,
  openEvent,
  traceparentOf,
  type RecordSource,
} from './cloud-event.js';
import type { IncomingRecord, OutgoingRecord } from './record-stream.js';

/** A signed tree head on its way into the record stream. */
export interface PublishedCheckpoint {
  readonly origin: string;
  readonly log: LogName;
  readonly size: TreeSize;
  /** the signed note (c2sp.org/tlog-checkpoint) as it was published */
  readonly note: Buffer;
  readonly traceparent?: string;
}

/** A checkpoint that came through the record stream and that its log signed. */
export interface ReceivedCheckpoint {
  readonly head: TreeHead;
  readonly note: Buffer;
  readonly traceparent?: string;
}

/** The record of a checkpoint: a CloudEvent in binary content mode whose value is the signed note. */
export function checkpointRecord({ origin, log, size, note, traceparent }: PublishedCheckpoint): OutgoingRecord {
  const headers = eventHeaders({
    origin,
    log,
    type: cloudEventTypes.checkpoint,
    place: size,
    contentType: 'text/plain; charset=utf-8',
    ...(traceparent === undefined ? {} : { traceparent }),
  });
  headers['ce_size'] = String(size);
  return { value: note, headers };
}

/**
 * Reads a record that claims to be a checkpoint. That it is consistent with an earlier one is not said.
 *
 * @param source the ledger's origin and the log
 * @param verifiers the keys that checkpoints of this log are verified with; the log's own is named `<origin>/<log>`
 * @throws InvalidRecord when it is not a checkpoint of this log, signed by it, of the size that its headers say
 */
export function readCheckpointRecord(
  record: IncomingRecord,
  source: RecordSource & { readonly verifiers: readonly VerifierKey[] },
): ReceivedCheckpoint {
  const { origin, log, verifiers } = source;
  const sizeText = record.headers['ce_size'] ?? '';
  const expected = {
    origin,
    log,
    type: cloudEventTypes.checkpoint,
    place: sizeText,
    fault: 'not-a-checkpoint',
  } as const;
  const note = openEvent(record, expected);
  const head = opened(note, verifiers, `${origin}/${log}`);
  if (parseDecimal(sizeText) !== head.size) {
    throw new InvalidRecord('index-malformed', `its header does not say its size, ${head.size}`);
  }
  return { head, note, ...traceparentOf(record) };
}

function opened(note: Buffer, verifiers: readonly VerifierKey[], signer: string): TreeHead {
  try {
    return openCheckpoint(note, verifiers, signer);
  } catch (cause) {
    if (!(cause instanceof InvalidNote)) throw cause;
    throw new InvalidRecord('not-a-checkpoint', cause.message, { cause });
  }
}
