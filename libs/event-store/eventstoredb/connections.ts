import { Connection, type ConnectionOptions } from './connection.js';

/**
 * The connections of a store: one for questions, one for the appends to each stream, one for each subscription. A
 * client that loses its server drops its whole channel, and every call that is about to begin on it fails, too: what
 * breaks one of them must not reach the others.
 */
export class Connections {
  readonly #options: ConnectionOptions;
  readonly #closing = new AbortController();
  readonly #lasting = new Map<string, Connection>();
  readonly #open = new Set<Connection>();

  /** @param first an open one, for questions */
  constructor(options: ConnectionOptions, first: Connection) {
    this.#options = options;
    this.#lasting.set('questions', first);
    this.#open.add(first);
  }

  /** Aborts when they close. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  get forQuestions(): Connection {
    return this.#kept('questions');
  }

  /** @param name of the stream in the store */
  forAppendsTo(name: string): Connection {
    return this.#kept(`appends to ${name}`);
  }

  /** One that the caller closes; at the latest it closes with the others, also when its user never comes back. */
  ofItsOwn(): Connection {
    const connection = new Connection(this.#options);
    this.#open.add(connection);
    connection.closing.addEventListener('abort', () => this.#open.delete(connection));
    if (this.closing.aborted) connection.close();
    return connection;
  }

  close(): void {
    this.#closing.abort();
    for (const connection of this.#open) connection.close();
  }

  #kept(purpose: string): Connection {
    const kept = this.#lasting.get(purpose) ?? this.ofItsOwn();
    this.#lasting.set(purpose, kept);
    return kept;
  }
}
