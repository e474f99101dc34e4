import type { LogName } from '#kernel';
import type { IncomingRecord } from './record-stream.js';

/** CloudEvents 1.0 types of what the topics carry. */
export const cloudEventTypes = { leaf: 'nachweis.leaf.v1', checkpoint: 'nachweis.checkpoint.v1' } as const;

/** Which ledger and log a reader expects records of. */
export interface RecordSource {
  readonly origin: string;
  readonly log: LogName;
}

/** What is wrong with a record, for callers that count and branch. */
export type RecordFault =
  | 'not-a-leaf'
  | 'not-a-checkpoint'
  | 'hash-lies'
  | 'other-log'
  | 'other-origin'
  | 'index-malformed'
  | 'previous-malformed'
  | 'mac-missing'
  | 'mac-lies';

/** A record is not one of ours, or says about itself what is not so. */
export class InvalidRecord extends Error {
  override readonly name = 'InvalidRecord';

  constructor(
    readonly reason: RecordFault,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`${reason}: ${detail}`, options);
  }
}

/** Attributes every event has (CloudEvents 1.0, Kafka protocol binding, binary content mode). */
export interface EventAttributes extends RecordSource {
  readonly type: (typeof cloudEventTypes)[keyof typeof cloudEventTypes];
  /** Place in the log: index of a leaf, size of a tree head. */
  readonly place: number;
  readonly contentType: string;
  readonly time?: string;
  readonly traceparent?: string;
}

export function eventHeaders(event: EventAttributes): Record<string, string> {
  return {
    ce_specversion: '1.0',
    ce_id: `${event.log}/${event.place}`,
    ce_source: event.origin,
    ce_type: event.type,
    ...(event.time === undefined ? {} : { ce_time: event.time }),
    'content-type': event.contentType,
    ce_log: event.log,
    ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
  };
}

const traceparentForm = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The W3C trace context of a record. It only joins traces: a malformed one is as none. */
export function traceparentOf({ headers }: IncomingRecord): { traceparent?: string } {
  const text = headers['traceparent'];
  return text !== undefined && traceparentForm.test(text) ? { traceparent: text } : {};
}

/**
 * Checks what all events share and answers the value.
 *
 * @throws InvalidRecord unless it is an event of this type, of this log and origin, with the id of this place
 */
export function openEvent(
  { value, headers }: IncomingRecord,
  expected: RecordSource & { readonly type: string; readonly place: string; readonly fault: RecordFault },
): Buffer {
  const { origin, log, type, place, fault } = expected;
  if (value === null) throw new InvalidRecord(fault, 'it has no value');
  if (headers['ce_specversion'] !== '1.0' || headers['ce_type'] !== type) {
    throw new InvalidRecord(fault, `its headers do not say CloudEvents 1.0, type ${type}`);
  }
  if (headers['ce_source'] !== origin) throw new InvalidRecord('other-origin', `it is not of ${origin}`);
  if (headers['ce_log'] !== log) throw new InvalidRecord('other-log', `it is not of log ${log}`);
  if (headers['ce_id'] !== `${log}/${place}`) {
    throw new InvalidRecord('index-malformed', 'its id contradicts its place in the log');
  }
  return value;
}
