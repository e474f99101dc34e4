import { inTime } from './in-time.js';
import { StreamUnavailable } from './record-stream.js';

interface Lifecycle<Client> {
  open(): Promise<Client>;
  close(client: Client): Promise<unknown>;
}

interface Current<Client> {
  readonly client: Promise<Client>;
  users: number;
  spent: boolean;
}

/** Milliseconds after which a client that does not answer is given up: its library may go on trying for minutes. */
const patience = 30_000;

/**
 * A client that is thrown away after any error: a producer whose sequence broke has no way back, nor has a connection
 * that died half-way. The next use opens a new one. Who still uses the old one may finish.
 */
export class Replaceable<Client> {
  readonly #lifecycle: Lifecycle<Client>;
  readonly #closing = new Set<Promise<void>>();
  #current: Current<Client> | undefined;
  #isClosed = false;

  constructor(lifecycle: Lifecycle<Client>) {
    this.#lifecycle = lifecycle;
  }

  /** @throws StreamUnavailable after {@link close}: a client opened then would never be closed */
  async use<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new StreamUnavailable('the client is closed');
    const current = (this.#current ??= { client: this.#lifecycle.open(), users: 0, spent: false });
    current.users += 1;
    try {
      return await inTime(patience, current.client.then(work));
    } catch (error) {
      this.#discard(current);
      throw error;
    } finally {
      current.users -= 1;
      this.#closeWhenIdle(current);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const current = this.#current;
    if (current !== undefined) {
      this.#discard(current);
      this.#closeWhenIdle(current);
    }
    await Promise.all(this.#closing);
  }

  #discard(current: Current<Client>): void {
    current.spent = true;
    if (this.#current === current) this.#current = undefined;
  }

  #closeWhenIdle({ client, users, spent }: Current<Client>): void {
    if (!spent || users > 0) return;
    // Who is thrown away may fail at that, too, and nobody waits for anything from it.
    const closing = client
      .then((each) => this.#lifecycle.close(each))
      .then(
        () => undefined,
        () => undefined,
      );
    this.#closing.add(closing);
    void closing.then(() => this.#closing.delete(closing));
  }
}
