import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { leafIndex, treeSize, type LeafIndex, type TreeSize } from '#kernel';
import { Arrivals } from '../arrivals.js';
import {
  EventStore,
  StoreUnavailable,
  WrongExpectedRevision,
  streamNames,
  type StoredRecord,
  type StreamName,
} from '../event-store.js';
import { judgeAppend } from '../expected-revision.js';
import { follow } from '../follow.js';
import { openConnection } from './connection.js';

interface Statements {
  readonly size: StatementSync;
  readonly read: StatementSync;
  readonly insert: StatementSync;
}

interface Row {
  readonly idx: number;
  readonly bytes: Uint8Array;
}

/** The embedded profile's log: one SQLite file, one table a stream, the leaf index as its key. */
export class SqliteEventStore extends EventStore {
  readonly #database: DatabaseSync;
  readonly #statements: ReadonlyMap<StreamName, Statements>;
  readonly #patience: number;
  readonly #arrivals = new Arrivals();
  readonly #closing = new AbortController();

  /**
   * @param database from {@link openConnection}; the store closes it
   * @param patience milliseconds after which idle subscriptions look for what other connections appended
   */
  constructor(database: DatabaseSync, patience = 250) {
    super();
    this.#database = database;
    this.#patience = patience;
    this.#statements = new Map(streamNames.map((stream) => [stream, statementsOf(database, stream)]));
  }

  /** @param file created when absent; its directory must exist */
  static open(file: string): SqliteEventStore {
    return new SqliteEventStore(openConnection(file));
  }

  override async append(stream: StreamName, expected: TreeSize, records: readonly Uint8Array[]): Promise<void> {
    this.#transaction(() => {
      const verdict = judgeAppend({ stream, expected, records }, this.#size(stream), () =>
        this.#read(stream, expected, records.length),
      );
      if (verdict === 'repeated') return;
      const { insert } = this.#on(stream);
      records.forEach((bytes, place) => insert.run(expected + place, bytes));
    });
    this.#arrivals.announce(stream);
  }

  override async size(stream: StreamName): Promise<TreeSize> {
    return answered(() => this.#size(stream));
  }

  override async read(stream: StreamName, from: LeafIndex, limit: number): Promise<readonly StoredRecord[]> {
    const most = leafIndex(limit);
    return answered(() => this.#read(stream, from, most));
  }

  override subscribe(stream: StreamName, from: LeafIndex, signal: AbortSignal): AsyncIterable<readonly StoredRecord[]> {
    const source = {
      stream,
      arrivals: this.#arrivals,
      patience: this.#patience,
      read: (next: LeafIndex, limit: number) => answered(() => this.#read(stream, next, limit)),
    };
    return follow(source, from, AbortSignal.any([signal, this.#closing.signal]));
  }

  /** Lets subscriptions look at once for what other connections appended, not only when their patience ends. */
  refresh(): void {
    for (const stream of streamNames) this.#arrivals.announce(stream);
  }

  override async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#database.close();
  }

  #size(stream: StreamName): TreeSize {
    return treeSize(Number(this.#on(stream).size.get()?.['size']));
  }

  #read(stream: StreamName, from: LeafIndex, limit: number): StoredRecord[] {
    const rows = this.#on(stream).read.all(from, limit) as unknown as Row[];
    return rows.map(({ idx, bytes }) => ({
      index: leafIndex(idx),
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    }));
  }

  #on(stream: StreamName): Statements {
    const statements = this.#statements.get(stream);
    if (this.#closing.signal.aborted || statements === undefined) throw new Error('the event store is closed');
    return statements;
  }

  #transaction(work: () => void): void {
    answered(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        work();
        this.#database.exec('COMMIT');
      } catch (error) {
        // A full disk makes SQLite roll back by itself; a second ROLLBACK would hide the cause.
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }
}

function statementsOf(database: DatabaseSync, stream: StreamName): Statements {
  return {
    size: database.prepare(`SELECT coalesce(max(idx) + 1, 0) AS size FROM "${stream}"`),
    read: database.prepare(`SELECT idx, bytes FROM "${stream}" WHERE idx >= ? ORDER BY idx LIMIT ?`),
    insert: database.prepare(`INSERT INTO "${stream}" (idx, bytes) VALUES (?, ?)`),
  };
}

function answered<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof WrongExpectedRevision) throw error;
    throw new StoreUnavailable('the event store did not answer', { cause: error });
  }
}
