import { WrongExpectedVersionError } from '@eventstore/db-client';
import { leafIndex, realPause, treeSize, type LeafIndex, type Pause, type TreeSize } from '#kernel';
import {
  EventStore,
  StoreUnavailable,
  WrongExpectedRevision,
  largestBatch,
  streamNames,
  type StoredRecord,
  type StreamName,
} from '../event-store.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';
import { parseConnectionString } from './connection-string.js';
import { asStoreError, failureOf, messageOf, streamDeleted } from './failures.js';
import { connected, credentialsFrom } from './opening.js';
import { repeated, type RepeatingParts } from './repeated.js';
import { SeenSizes } from './seen-sizes.js';
import { StoreRefused } from '../store-refused.js';
import { eventFrom, recordFrom, recordsFrom } from './stored-event.js';
import { checkStream } from './stream-check.js';
import { subscription } from './subscription.js';

export interface EventStoreDbOptions {
  /** connection string, without credentials */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** path of a file that holds the password; a line break at its end is no part of it */
  readonly passwordFile?: string | undefined;
  /** before the name of each stream, so that several ledgers can share a server */
  readonly prefix?: string | undefined;
  /** milliseconds a call may take */
  readonly deadline?: number | undefined;
  /** milliseconds in which a server must be found at the start */
  readonly patience?: number | undefined;
  /** hears what breaks subscriptions and makes calls be repeated; may be called often */
  readonly onTrouble?: ((trouble: Error) => void) | undefined;
  readonly pause?: Pause | undefined;
}

const largestAppend = 800 * 1024;
interface Parts extends RepeatingParts {
  readonly connections: Connections;
  readonly prefix: string;
  readonly seen: SeenSizes;
}

/**
 * The cluster profile's log: EventStoreDB or KurrentDB, one stream each for the leaves and the tree heads of both logs.
 * The number of an event is the index of its record. What is not a record of this ledger, or not at its place, is never
 * returned: {@link StoreRefused} names the stream and the index instead.
 */
export class EventStoreDbEventStore extends EventStore {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  /**
   * Connects and looks at server and streams before anything is done with them.
   *
   * @throws StoreRefused within `patience` plus one call, naming the host or the stream and what is wrong
   */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
    const { prefix = 'nachweis', deadline = 10_000, patience = 15_000, pause = realPause } = options;
    if (!/^[A-Za-z0-9_-]{1,63}$/.test(prefix))
      throw new StoreRefused('address', `the event store: ${prefix} is no prefix of stream names`);
    const address = parseConnectionString(options.url);
    const credentials = credentialsFrom(options, address);
    const troubled = guarded(options.onTrouble);
    const check = async (connection: Connection): Promise<void> => {
      await Promise.all(streamNames.map((stream) => checkStream(connection, stream, `${prefix}-${stream}`)));
    };
    const settings = { address, deadline, ...(credentials === undefined ? {} : { credentials }) };
    const first = await connected(settings, { patience, pause }, (connection) =>
      repeated({ pause, troubled }, connection, ['not-leader'], check),
    );
    const connections = new Connections(settings, first);
    return new EventStoreDbEventStore({ connections, prefix, pause, troubled, seen: new SeenSizes() });
  }

  override async append(
    stream: StreamName,
    expected: TreeSize,
    records: readonly Uint8Array[],
    traceparents: readonly (string | undefined)[] = [],
  ): Promise<void> {
    requireFits(records);
    if (records.length === 0) return this.#appendNothing(stream, expected);
    const { seen, connections } = this.#parts;
    const name = this.#name(stream);
    const connection = connections.forAppendsTo(name);
    const end = expected + records.length;
    const events = records.map((bytes, place) => eventFrom(stream, bytes, traceparents[place]));
    try {
      // Only an append that another node refused to take has certainly done nothing.
      const last = await repeated(this.#parts, connection, ['not-leader'], () =>
        connection.append(name, expected, events),
      );
      if (last !== BigInt(end - 1))
        throw new StoreRefused('deleted', `stream ${name} of the event store was begun anew before ${last}`);
      seen.raise(name, end);
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) throw new WrongExpectedRevision(stream, expected, sizeIn(error));
      if (error instanceof StoreUnavailable) throw error;
      const message = `an append to ${name} of the event store at ${connection.hosts} failed (${messageOf(error)}), what was stored is unknown`;
      throw new StoreUnavailable(message, { cause: error });
    }
  }

  override async size(stream: StreamName): Promise<TreeSize> {
    const { seen } = this.#parts;
    const name = this.#name(stream);
    const before = seen.of(name);
    const last = await this.#asked(name, (connection) => connection.last(name));
    const size = last === undefined ? 0 : Number(last.event?.revision ?? 0n) + 1;
    if (last !== undefined) recordFrom(last, { stream, name, index: leafIndex(size - 1) });
    seen.require(name, before, size);
    seen.raise(name, size);
    return treeSize(size);
  }

  override async read(stream: StreamName, from: LeafIndex, limit: number): Promise<readonly StoredRecord[]> {
    const most = leafIndex(limit);
    const { seen, connections } = this.#parts;
    connections.forQuestions.closing.throwIfAborted();
    if (most === 0) return [];
    const name = this.#name(stream);
    const before = seen.of(name);
    const events = await this.#asked(name, (connection) => connection.read(name, from, most));
    const records = recordsFrom(events, { stream, name, index: from });
    const end = from + records.length;
    seen.require(name, Math.min(from + most, before), end);
    if (records.length > 0) seen.raise(name, end);
    return records;
  }

  override async *subscribe(
    stream: StreamName,
    from: LeafIndex,
    signal: AbortSignal,
  ): AsyncIterable<readonly StoredRecord[]> {
    const { connections } = this.#parts;
    const connection = connections.ofItsOwn();
    const parts = { ...this.#parts, stream, name: this.#name(stream) };
    try {
      yield* subscription(connection, parts, from, AbortSignal.any([signal, connections.closing]));
    } finally {
      connection.close();
    }
  }

  override async close(): Promise<void> {
    this.#parts.connections.close();
  }

  async #appendNothing(stream: StreamName, expected: TreeSize): Promise<void> {
    const actual = await this.size(stream);
    if (expected > actual) throw new WrongExpectedRevision(stream, expected, actual);
  }

  /** A question that changes nothing: repeated until it is answered, as far as that may help. */
  async #asked<Answer>(name: string, question: (connection: Connection) => Promise<Answer>): Promise<Answer> {
    const { forQuestions } = this.#parts.connections;
    try {
      return await repeated(this.#parts, forQuestions, ['not-leader', 'unreached'], question);
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'deleted') throw streamDeleted(name, error);
      throw asStoreError(error, forQuestions.hosts);
    }
  }

  #name(stream: StreamName): string {
    return `${this.#parts.prefix}-${stream}`;
  }
}

function requireFits(records: readonly Uint8Array[]): void {
  const bytes = records.reduce((sum, { length }) => sum + length, 0);
  if (records.length > largestBatch || bytes > largestAppend)
    throw new RangeError(`an append has at most ${largestBatch} records and ${largestAppend} bytes`);
}

const sizeIn = ({ actualVersion }: WrongExpectedVersionError): TreeSize =>
  treeSize(typeof actualVersion === 'bigint' ? Number(actualVersion) + 1 : 0);

function guarded(callback: ((trouble: Error) => void) | undefined): (trouble: Error) => void {
  return (trouble) => {
    try {
      callback?.(trouble);
    } catch {
      // Whoever listens to troubles must not become one: a subscription goes on whatever its listeners do.
    }
  };
}
