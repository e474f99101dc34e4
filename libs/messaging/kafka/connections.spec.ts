import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Connections } from './connections.js';

describe('the connections of a client of kafkajs', () => {
  let server: Server;

  beforeAll(async () => {
    server = createServer((socket) => void socket.resume());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => void server.close());

  /** What kafkajs hears of its connections. */
  const told: string[] = [];

  const open = async (connections: Connections): Promise<Socket> => {
    const { port } = server.address() as AddressInfo;
    const { promise, resolve } = Promise.withResolvers<void>();
    const socket = connections.make({ host: '127.0.0.1', port, onConnect: resolve } as never);
    socket.on('error', ({ message }) => told.push(message));
    socket.on('close', resolve);
    await promise;
    return socket;
  };

  it('end together, whoever has lost track of one, and kafkajs hears of it', async () => {
    const connections = new Connections();
    const sockets = [await open(connections), await open(connections)];
    const closed = sockets.map((socket) => new Promise((resolve) => socket.on('close', resolve)));
    connections.end();
    await Promise.all(closed);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true]);
    expect(told).toEqual(['the client is closed', 'the client is closed']);
  });

  it('are not opened again by what is left of the client', async () => {
    const connections = new Connections();
    connections.end();
    expect((await open(connections)).destroyed).toBe(true);
  });

  it('leave those of another client alone', async () => {
    const [one, other] = [new Connections(), new Connections()];
    const socket = await open(other);
    one.end();
    expect(socket.readyState).toBe('open');
    other.end();
  });
});
