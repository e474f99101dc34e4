import type { EventStore } from '#event-store';
import { treeSize, type LogName, type TreeSize } from '#kernel';
import { checkpointRecord, type IncomingRecord, type OutgoingRecord, type RecordStream } from '#messaging';
import { InvalidNote, parseTreeHead } from '#transparency';
import { RelayRefused } from './relay-refused.js';

export const checkpointTopic = 'ledger.checkpoints.v1';

export interface CheckpointRelayParts {
  readonly origin: string;
  readonly log: LogName;
  /** The newest signed note that the ledger shows; null before the first. */
  newest(log: LogName, signal: AbortSignal): Promise<string | null>;
  readonly store: Pick<EventStore, 'size'>;
  readonly stream: Pick<RecordStream, 'tail'>;
  publish(record: OutgoingRecord): Promise<void>;
}

/**
 * Carries checkpoints from the ledger to Kafka: always the newest, so sizes may be passed over and never go back. The
 * relay signs nothing: what would not have been signed by the ledger must not get a signature by way of Kafka. The
 * relays of both logs write to the one partition; readers go by log and take only a larger size than they have.
 */
export class CheckpointRelay {
  #published: TreeSize | null = null;

  constructor(private readonly parts: CheckpointRelayParts) {}

  /**
   * Publishes the newest checkpoint if it is larger than the last one.
   *
   * @throws RelayRefused when it is not one of this log
   */
  async advance(signal: AbortSignal): Promise<void> {
    const { origin, log, store, stream, newest, publish } = this.parts;
    const note = await newest(log, signal);
    if (note === null) return;
    const size = this.#sizeOf(note);
    this.#published ??= sizeIn(await stream.tail(checkpointTopic, 0), { origin, log });
    if (this.#published !== null && size <= this.#published) return;
    if (size > (await store.size(log))) throw new RelayRefused(`a checkpoint of ${log} is ahead of the log`);
    await publish(checkpointRecord({ origin, log, size, note: Buffer.from(note) }));
    this.#published = size;
  }

  #sizeOf(note: string): TreeSize {
    const { origin, log } = this.parts;
    const head = headOf(note);
    if (head?.origin !== `${origin}/${log}`)
      throw new RelayRefused(`what was shown as checkpoint of ${log} is not one`);
    return head.size;
  }
}

function headOf(note: string) {
  try {
    return parseTreeHead(note.slice(0, note.indexOf('\n\n') + 1));
  } catch (error) {
    if (!(error instanceof InvalidNote)) throw error;
    return undefined;
  }
}

/** The tail spares a repetition where it happens to be of this log; whoever reads it believes only signatures. */
function sizeIn(tail: IncomingRecord | null, of: { readonly origin: string; readonly log: LogName }): TreeSize | null {
  const { headers = {} } = tail ?? {};
  if (headers['ce_source'] !== of.origin || headers['ce_log'] !== of.log) return null;
  const size = Number(headers['ce_size']);
  return Number.isSafeInteger(size) && size >= 0 ? treeSize(size) : null;
}
