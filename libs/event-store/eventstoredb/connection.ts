import { setImmediate, setTimeout } from 'node:timers/promises';
import {
  BACKWARDS,
  END,
  NO_STREAM,
  START,
  type Credentials,
  type EventData,
  type ExpectedRevision,
  type ReadRevision,
  type ResolvedEvent,
} from '@eventstore/db-client';
import type { TreeSize } from '#kernel';
import { largestBatch, StoreUnavailable } from '../event-store.js';
import { hostsOf, type StoreAddress } from './connection-string.js';
import { EventFeed } from './event-feed.js';
import { failureOf } from './failures.js';
import { GuardedClient } from './guarded-client.js';

export interface ConnectionOptions {
  readonly address: StoreAddress;
  readonly credentials?: Credentials;
  /** milliseconds a call may take, and a read may be silent */
  readonly deadline: number;
}

/**
 * One client, behind a wall: every call ends by its deadline or when the connection closes, whatever the client does,
 * and an answer that comes later harms nobody. Only the leader is asked.
 */
export class Connection {
  readonly hosts: string;
  readonly #client: GuardedClient;
  readonly #options: { requiresLeader: true; credentials?: Credentials };
  readonly #deadline: number;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  constructor({ address, credentials, deadline }: ConnectionOptions) {
    this.hosts = hostsOf(address);
    this.#client = new GuardedClient(address, deadline);
    this.#options = { requiresLeader: true, ...(credentials === undefined ? {} : { credentials }) };
    this.#deadline = deadline;
  }

  /** Aborts when the connection closes. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  serverVersion(): Promise<string> {
    return this.#within(() => this.#client.serverVersion());
  }

  /** @returns the number of the last event that was appended, or that stood there already */
  async append(name: string, expected: TreeSize, events: EventData[]): Promise<bigint> {
    const expectedRevision: ExpectedRevision = expected === 0 ? NO_STREAM : BigInt(expected - 1);
    const options = { ...this.#options, expectedRevision, deadline: this.#deadline };
    const { nextExpectedRevision } = await this.#within(() => this.#client.appendToStream(name, events, options));
    return nextExpectedRevision;
  }

  /** @returns the last event that readers see; undefined when they see no stream */
  async last(name: string): Promise<ResolvedEvent | undefined> {
    const options = { ...this.#options, direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const;
    const [last] = await this.#events(() => this.#client.readStream(name, options));
    return last;
  }

  /** The events that readers see from an index on; none when they see no stream. */
  read(name: string, from: number, limit: number, signal = this.closing): Promise<readonly ResolvedEvent[]> {
    const fromRevision: ReadRevision = from === 0 ? START : BigInt(from);
    const options = { ...this.#options, fromRevision, maxCount: limit };
    return this.#events(() => this.#client.readStream(name, options), signal);
  }

  /** What is stored from an index on, and what arrives, for as long as the server and the network bear. */
  async subscribe(name: string, from: number): Promise<EventFeed> {
    await this.#turn();
    const fromRevision = from === 0 ? START : BigInt(from - 1);
    const buffered = { highWaterMark: largestBatch };
    const source = this.#client.subscribeToStream(name, { ...this.#options, fromRevision }, buffered);
    return new EventFeed(source, () => source.unsubscribe());
  }

  /** Ends what waits. Calls that are on their way still end by their deadlines; the last one closes the connection. */
  close(reason = new StoreUnavailable('the event store is closed')): void {
    if (this.closing.aborted) return;
    this.#closing.abort(reason);
    const settled = Promise.allSettled(this.#running).then(() => this.#client.shutDown());
    settled.catch(() => {});
  }

  async #events(
    open: () => ReturnType<GuardedClient['readStream']>,
    signal = this.closing,
  ): Promise<readonly ResolvedEvent[]> {
    await this.#turn();
    const source = open();
    const feed = new EventFeed(source, () => source.cancel());
    const events: ResolvedEvent[] = [];
    try {
      for (;;) {
        const more = await this.#within((over) => feed.take(largestBatch, over), signal);
        if (more.length === 0) return events;
        events.push(...more);
      }
    } catch (error) {
      if (failureOf(error) === 'not-found') return [];
      throw error;
    } finally {
      feed.close();
    }
  }

  /**
   * @throws StoreUnavailable when the connection closes or the deadline passes before the answer is there
   * @throws Error the signal's reason
   */
  async #within<Answer>(work: (over: AbortSignal) => Promise<Answer>, signal = this.closing): Promise<Answer> {
    await this.#turn();
    const settled = new AbortController();
    const over = AbortSignal.any([settled.signal, signal, this.closing]);
    const answer = work(over);
    const forget = (): void => {
      this.#running.delete(running);
    };
    const running: Promise<void> = answer.then(forget, forget);
    this.#running.add(running);
    const late = setTimeout(this.#deadline, undefined, { signal: over }).then(
      () => {
        throw new StoreUnavailable(`the event store at ${this.hosts} did not answer within ${this.#deadline} ms`);
      },
      () => {
        throw over.reason as Error;
      },
    );
    try {
      return await Promise.race([answer, late]);
    } finally {
      // Whoever lost the race has nobody listening any more.
      late.catch(() => {});
      settled.abort();
    }
  }

  /**
   * Begins a call in a turn of its own. When a call fails, the client replaces its channel within that turn, and a call
   * that begins in between would throw where nobody can catch it.
   */
  async #turn(): Promise<void> {
    this.closing.throwIfAborted();
    await setImmediate();
    this.closing.throwIfAborted();
  }
}
