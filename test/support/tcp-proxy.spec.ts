import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TcpProxy } from './tcp-proxy.js';

/** A service that answers with what it hears, and remembers it. */
class Echo {
  readonly server: Server;
  readonly sockets: Socket[] = [];
  heard = '';

  constructor() {
    this.server = createServer((socket) => {
      this.sockets.push(socket);
      socket.on('error', () => {});
      socket.on('data', (piece: Buffer) => {
        this.heard += piece.toString();
        socket.write(piece);
      });
    }).listen(0, '127.0.0.1');
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async hears(text: string): Promise<void> {
    while (!this.heard.includes(text)) await soon();
  }

  async loses(connection: number): Promise<void> {
    while (this.sockets[connection]?.closed !== true) await soon();
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const closed = async (socket: Socket): Promise<void> => {
  while (!socket.closed) await soon();
};
const aWhile = async (): Promise<void> => {
  for (let turn = 0; turn < 200; turn++) await soon();
};

describe('the proxy before a TCP service', () => {
  let echo: Echo;
  let proxy: TcpProxy;
  let clients: Socket[];

  beforeEach(async () => {
    echo = new Echo();
    await once(echo.server, 'listening');
    proxy = await TcpProxy.listen({ port: echo.port });
    clients = [];
  });

  afterEach(async () => {
    for (const client of clients) client.destroy();
    await proxy.close();
    echo.close();
  });

  async function connected(): Promise<Socket & { got: string; failed?: string }> {
    const client = Object.assign(connect(proxy.port, '127.0.0.1'), { got: '' });
    clients.push(client);
    client.on('data', (piece: Buffer) => (client.got += piece.toString()));
    client.on('error', (error: Error & { code?: string }) => Object.assign(client, { failed: error.code }));
    while (client.connecting) await soon();
    return client;
  }

  async function gets(client: { got: string }, text: string): Promise<void> {
    while (client.got !== text) await soon();
  }

  it('lets everything pass both ways, and passes an end on', async () => {
    const client = await connected();
    client.write('a question');
    await gets(client, 'a question');
    client.end();
    await closed(client);
    await echo.loses(0);
    expect(proxy.connections).toBe(0);
  });

  it('carries more than any buffer holds, unchanged', async () => {
    const much = 'abcdefghijklmnopqrstuvwxyz'.repeat(200_000);
    const client = await connected();
    client.write(much);
    await gets(client, much);
  });

  it('delays each direction by its own time', async () => {
    const client = await connected();
    proxy.set({ mode: 'delay', milliseconds: 80 }, 'toServer');
    proxy.set({ mode: 'delay', milliseconds: 40 }, 'toClient');
    const before = performance.now();
    client.write('slow');
    await gets(client, 'slow');
    expect(performance.now() - before).toBeGreaterThan(115);
  });

  it('loses everything in a black hole, and delivers it when the network is back', async () => {
    const client = await connected();
    proxy.set({ mode: 'blackhole' });
    client.write('into the dark');
    const late = await connected();
    late.write(' and later');
    await aWhile();
    expect(echo.heard).toBe('');
    proxy.heal();
    await gets(client, 'into the dark');
    await gets(late, ' and later');
  });

  it('does not let through that the other side is gone while there is a black hole', async () => {
    const client = await connected();
    client.write('first');
    await gets(client, 'first');
    proxy.set({ mode: 'blackhole' });
    echo.sockets[0]?.destroy();
    await aWhile();
    expect(client.closed).toBe(false);
    proxy.heal();
    await closed(client);
  });

  it('can be deaf in one direction only', async () => {
    const client = await connected();
    proxy.set({ mode: 'blackhole' }, 'toClient');
    client.write('heard');
    await echo.hears('heard');
    await aWhile();
    expect(client.got).toBe('');
    proxy.heal();
    await gets(client, 'heard');
  });

  it('resets connections, those that come as well', async () => {
    const client = await connected();
    client.write('first');
    await gets(client, 'first');
    proxy.set({ mode: 'reset' });
    await closed(client);
    expect(client.failed).toBe('ECONNRESET');
    await echo.loses(0);
    const next = await connected();
    await closed(next);
    proxy.heal();
    const last = await connected();
    last.write('again');
    await gets(last, 'again');
  });

  it('lets the server lose a connection while its client waits for ever', async () => {
    const client = await connected();
    client.write('first');
    await gets(client, 'first');
    proxy.set({ mode: 'half-open' });
    await echo.loses(0);
    client.write('is anybody there?');
    await aWhile();
    expect(client.closed).toBe(false);
    expect(echo.heard).toBe('first');
  });

  it('lets the client lose a connection while its server waits for ever', async () => {
    const client = await connected();
    client.write('first');
    await gets(client, 'first');
    proxy.set({ mode: 'half-open' }, 'toClient');
    await closed(client);
    await aWhile();
    expect(echo.sockets[0]?.closed).toBe(false);
  });

  it('cuts off in the middle of a message', async () => {
    const client = await connected();
    proxy.set({ mode: 'cut', after: 4 }, 'toClient');
    client.write('question');
    await closed(client);
    expect(client.got).toBe('ques');
    expect(echo.heard).toBe('question');
    await echo.loses(0);
  });

  it('counts the bytes of each connection by itself', async () => {
    proxy.set({ mode: 'cut', after: 6 }, 'toServer');
    const one = await connected();
    const other = await connected();
    one.write('four');
    other.write('five!');
    await gets(one, 'four');
    await gets(other, 'five!');
    one.write('four');
    await closed(one);
    expect(echo.heard).toContain('four');
    expect(other.closed).toBe(false);
  });

  it('closes what it holds', async () => {
    const client = await connected();
    proxy.set({ mode: 'blackhole' });
    client.write('lost');
    await proxy.close();
    await closed(client);
    proxy = await TcpProxy.listen({ port: echo.port });
  });
});
