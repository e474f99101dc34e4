import type { ISocketFactory, ISocketFactoryArgs } from 'kafkajs';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';

/** Milliseconds after which the operating system asks whether a silent broker is still there. */
const keepAlive = 60_000;

/**
 * The connections of one client of kafkajs, so that all of them end with it: kafkajs loses track of one when two of
 * its requests connect again at the same time, and would keep it, and the process, open for ever.
 */
export class Connections {
  readonly #open = new Set<Socket>();
  #isOver = false;

  readonly make: ISocketFactory = ({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket => {
    const named = isIP(host) === 0 ? { servername: host } : {};
    // kafkajs gives no settings, or null, for a connection without TLS, whatever its types say.
    const isSecure = Boolean(ssl);
    const socket = isSecure
      ? connectSecure({ host, port, ...named, ...ssl }, onConnect)
      : connectPlain({ host, port }, onConnect);
    socket.setKeepAlive(true, keepAlive);
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    if (this.#isOver) destroy(socket);
    return socket;
  };

  /** Ends what is open, and whatever a request that nobody waits for opens afterwards. */
  end(): void {
    this.#isOver = true;
    for (const socket of this.#open) destroy(socket);
  }
}

/** kafkajs ends the timers of a connection only when it hears of an error or that a broker has closed it. */
const destroy = (socket: Socket): unknown => socket.destroy(new Error('the client is closed'));
