import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { inspect } from 'node:util';
import type { BrokerOptions } from '../broker-options.js';
import { StreamUnavailable, TopicRefused, topics, type RecordStream, type TopicName } from '../record-stream.js';
import { settingsFor } from '../topic-settings.js';
import { securing } from './secure-access.js';
import { TestTopics } from './test-topics.js';

/** What a record stream on Kafka promises beyond {@link RecordStream}: to refuse, clearly, what is not in order. */
export function brokerContract(name: string, open: (options: BrokerOptions) => RecordStream): void {
  describe(`${name}, preparing`, () => {
    const opened: RecordStream[] = [];
    const use = (options: BrokerOptions): RecordStream => {
      const stream = open(options);
      opened.push(stream);
      return stream;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((stream) => stream.close()));
    });

    refusing(use);
    failing(use);
    securing(use);
  });
}

const connections = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;

type Use = (options: BrokerOptions) => RecordStream;

function refusing(use: Use): void {
  const topic: TopicName = 'ledger.entries.v1';
  let test: TestTopics;

  beforeEach(() => {
    test = new TestTopics();
  });
  afterEach(() => test.remove());

  const create = async (partitions: number, changes: Record<string, string>): Promise<void> => {
    const { replication = 1, prefix = '' } = test.options;
    const settings = Object.entries({ ...settingsFor(replication), ...changes });
    const configEntries = settings.map(([setting, value]) => ({ name: setting, value }));
    await test.admin((admin) =>
      admin.createTopics({
        waitForLeaders: false,
        topics: [{ topic: prefix + topic, numPartitions: partitions, replicationFactor: replication, configEntries }],
      }),
    );
  };

  it.each<[string, number, Record<string, string>, string]>([
    ['fewer partitions', 11, {}, '11 partitions'],
    ['more partitions', 13, {}, '13 partitions'],
    ['compaction', 12, { 'cleanup.policy': 'compact' }, 'cleanup.policy=compact'],
    ['compaction as well', 12, { 'cleanup.policy': 'compact,delete' }, 'cleanup.policy='],
    ['deletion by age', 12, { 'retention.ms': '604800000' }, 'retention.ms=604800000'],
    ['deletion by size', 12, { 'retention.bytes': '1000000' }, 'retention.bytes=1000000'],
    [
      'leaders that may lack records',
      12,
      { 'unclean.leader.election.enable': 'true' },
      'unclean.leader.election.enable',
    ],
    ['records too large for it', 12, { 'max.message.bytes': '1000' }, 'max.message.bytes=1000'],
    ['a codec of its own', 12, { 'compression.type': 'zstd' }, 'compression.type=zstd'],
  ])('refuses a topic with %s and names it', async (_, partitions, changes, named) => {
    await create(partitions, changes);
    await expect(use(test.options).prepare()).rejects.toThrow(TopicRefused);
    await expect(use(test.options).prepare()).rejects.toThrow(`${test.prefix}${topic} has ${named}`);
  });

  it('takes a topic that was created as it should be', async () => {
    await create(topics[topic].partitions, {});
    await expect(use(test.options).prepare()).resolves.toBeUndefined();
  });

  it('refuses to create topics with more copies than there are brokers', async () => {
    await expect(use({ ...test.options, replication: 9 }).prepare()).rejects.toThrow(/ledger\.entries\.v1.* 9 copies/);
  });

  it('leaves no connection open, however much was asked at once', async () => {
    const before = connections();
    const stream = use(test.options);
    await stream.prepare();
    const partitions = Array.from({ length: topics[topic].partitions }, (_, partition) => partition);
    for (const partition of partitions) await stream.publish(topic, partition, [{ value: Buffer.of(1), headers: {} }]);
    await Promise.all(partitions.map((partition) => stream.tail(topic, partition)));
    await stream.close();
    while (connections() > before) await new Promise(setImmediate);
  });

  it('creates each topic once when several prepare at the same time', async () => {
    const streams = [use(test.options), use(test.options), use(test.options)];
    await Promise.all(streams.map((stream) => stream.prepare()));
    expect(await streams[0]?.extent(topic, 11)).toEqual({ earliest: 0, next: 0 });
  });
}

function failing(use: Use): void {
  const secret = 'correct horse battery staple';
  const sasl = { mechanism: 'scram-sha-512', username: 'relay', password: secret } as const;
  let server: Server | undefined;

  afterEach(() => {
    server?.close();
    server = undefined;
  });

  const serverThat = async (greet: (write: (bytes: Buffer) => void, end: () => void) => void): Promise<string> => {
    server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      greet(
        (bytes) => socket.write(bytes),
        () => socket.destroy(),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  const failureOf = async (options: BrokerOptions): Promise<Error> => {
    const failure: unknown = await use(options)
      .prepare()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StreamUnavailable);
    return failure as Error;
  };

  it('names the brokers that nobody listens at', async () => {
    const failure = await failureOf({ brokers: ['127.0.0.1:1', '127.0.0.1:2'], sasl });
    expect(failure.message).toBe('Kafka at 127.0.0.1:1, 127.0.0.1:2: unreachable (ECONNREFUSED)');
  });

  it('names a host that does not exist', async () => {
    const failure = await failureOf({ brokers: ['no-such-host.invalid:9092'] });
    expect(failure.message).toMatch(/^Kafka at no-such-host\.invalid:9092: unreachable \(E[A-Z_]+\)$/);
  });

  it('says that TLS failed where a broker does not speak it', async () => {
    const { brokers } = new TestTopics().options;
    const failure = await failureOf({ brokers, ssl: { rejectUnauthorized: true } });
    expect(failure.message).toContain('TLS failed');
  });

  it('says that authentication failed where a broker does not want it', async () => {
    const failure = await failureOf({ ...new TestTopics().options, sasl });
    expect(failure.message).toMatch(/authentication failed|check TLS and credentials/);
  });

  it('does not wait for a server that hangs up', async () => {
    const address = await serverThat((_, end) => end());
    const failure = await failureOf({ brokers: [address], sasl });
    expect(failure.message).toContain(`Kafka at ${address}: `);
  });

  it.each([
    ['credentials', { sasl }],
    [
      'what a provider of tokens says',
      { sasl: { mechanism: 'oauthbearer', token: () => Promise.reject(new Error(secret)) } as const },
    ],
  ])('never tells %s', async (_, given) => {
    const failures = [
      await failureOf({ brokers: ['127.0.0.1:1'], ...given }),
      await failureOf({ ...new TestTopics().options, ...given }),
    ];
    for (const failure of failures) expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(secret);
  });
}
