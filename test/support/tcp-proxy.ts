import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export type Direction = 'toServer' | 'toClient';

/**
 * What goes wrong on the way.
 *
 * - `delay`: every piece arrives so much later.
 * - `blackhole`: nothing arrives, not even that the other side is gone. What was sent meanwhile arrives after healing,
 *   as TCP sends again what was lost.
 * - `reset`: the side the direction points to gets a reset; both sides when no direction is given.
 * - `half-open`: the side the direction points to loses its connection, and the other one is never told.
 * - `cut`: so many bytes of each connection pass in the direction, then both sides are cut off in the middle.
 */
export type Fault =
  | { readonly mode: 'pass' | 'blackhole' | 'reset' | 'half-open' }
  | { readonly mode: 'delay'; readonly milliseconds: number }
  | { readonly mode: 'cut'; readonly after: number };

interface Target {
  readonly host: string;
  readonly port: number;
}

interface Connection {
  readonly client: Socket;
  readonly server: Socket;
  /** bytes that passed since the fault was set */
  readonly passed: Record<Direction, number>;
}

const pass: Fault = { mode: 'pass' };

/** Stands before any TCP service of this machine and lets the network between them fail. */
export class TcpProxy {
  readonly #listener: Server;
  readonly #target: Target;
  readonly #connections = new Set<Connection>();
  #faults: Record<Direction, Fault> = { toServer: pass, toClient: pass };
  #changed = Promise.withResolvers<void>();

  private constructor(listener: Server, target: Target) {
    this.#listener = listener;
    this.#target = target;
    listener.on('connection', (client) => this.#accept(client));
  }

  /** @param port where it listens; any free one when not given */
  static async listen(target: { readonly host?: string; readonly port: number }, port = 0): Promise<TcpProxy> {
    // Half-closed connections stay so: an end is passed on as an end, when the fault lets it.
    const listener = createServer({ allowHalfOpen: true });
    const proxy = new TcpProxy(listener, { host: '127.0.0.1', ...target });
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** how many connections clients hold right now */
  get connections(): number {
    return this.#connections.size;
  }

  /** Lets connections fail, those that are open and those to come. @param direction both when not given */
  set(fault: Fault, direction?: Direction): void {
    this.#faults =
      direction === undefined ? { toServer: fault, toClient: fault } : { ...this.#faults, [direction]: fault };
    for (const connection of this.#connections) {
      Object.assign(connection.passed, { toServer: 0, toClient: 0 });
      this.#strike(connection);
    }
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** Everything passes again. Connections that were reset, cut or half closed stay lost. */
  heal(): void {
    this.set(pass);
  }

  async close(): Promise<void> {
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    for (const { client, server } of this.#connections) {
      client.destroy();
      server.destroy();
    }
    this.heal();
    await closed;
  }

  #accept(client: Socket): void {
    const server = connect({ ...this.#target, allowHalfOpen: true });
    const connection = { client, server, passed: { toServer: 0, toClient: 0 } };
    this.#connections.add(connection);
    client.once('close', () => this.#connections.delete(connection));
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      // Whoever reads from it hears of the error; this only keeps one that comes after the end from ending the test.
      socket.on('error', () => {});
    }
    void this.#carry(connection, 'toServer', client, server);
    void this.#carry(connection, 'toClient', server, client);
    this.#strike(connection);
  }

  #strike({ client, server }: Connection): void {
    const { toServer, toClient } = this.#faults;
    if (toServer.mode === 'reset') server.resetAndDestroy();
    if (toClient.mode === 'reset') client.resetAndDestroy();
    if (toServer.mode === 'half-open') server.destroy();
    // Without a direction it is the server that is gone.
    if (toClient.mode === 'half-open' && toServer.mode !== 'half-open') client.destroy();
  }

  async #carry(connection: Connection, direction: Direction, from: Socket, to: Socket): Promise<void> {
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        await this.#passable(direction);
        await this.#forward(connection, direction, piece, to);
      }
      await this.#passable(direction);
      to.end();
    } catch {
      // The sender is gone; the receiver learns of it when the way is free.
      await this.#passable(direction);
      to.destroy();
    }
  }

  /** Waits while nothing gets through. A side whose peer vanished in silence waits for ever. */
  async #passable(direction: Direction): Promise<void> {
    while (this.#listener.listening && this.#isSilent(direction)) await this.#changed.promise;
  }

  #isSilent(direction: Direction): boolean {
    if (this.#faults[direction].mode === 'blackhole') return true;
    return Object.values(this.#faults).some(({ mode }) => mode === 'half-open');
  }

  async #forward(
    { client, server, passed }: Connection,
    direction: Direction,
    piece: Buffer,
    to: Socket,
  ): Promise<void> {
    const fault = this.#faults[direction];
    if (fault.mode === 'delay') await pause(fault.milliseconds);
    const allowed = fault.mode === 'cut' ? piece.subarray(0, fault.after - passed[direction]) : piece;
    passed[direction] += allowed.length;
    const written = to.write(allowed);
    if (fault.mode === 'cut' && passed[direction] >= fault.after) {
      // What was allowed shall arrive before the end does.
      to.destroySoon();
      (to === client ? server : client).destroy();
    } else if (!written) {
      await Promise.race([once(to, 'drain'), once(to, 'close')]);
    }
  }
}
