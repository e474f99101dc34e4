import { readFileSync } from 'node:fs';
import { Kafka, logLevel, type KafkaConfig, type SASLOptions } from 'kafkajs';
import { KafkaBrokers } from './kafka-brokers.js';
import type { SecureAccess } from './kafka-nodes.js';

const client = (brokers: readonly string[], more: Partial<KafkaConfig> = {}): Kafka =>
  new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING, ...more });

async function nodesSeenBy(kafka: Kafka): Promise<readonly number[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const { brokers } = await admin.describeCluster();
    return brokers.map(({ nodeId }) => nodeId).sort((a, b) => a - b);
  } finally {
    await admin.disconnect();
  }
}

describe('the brokers every test of the record stream shares', () => {
  const shared = process.env['NACHWEIS_TEST_KAFKA']?.split(',') ?? [];
  const secure = JSON.parse(process.env['NACHWEIS_TEST_KAFKA_SECURE'] ?? '{}') as SecureAccess;
  const ssl = (): { ca: string } => ({ ca: readFileSync(secure.caFile, 'utf8') });

  it('are three, and know each other', async () => {
    expect(await nodesSeenBy(client(shared))).toEqual([1, 2, 3]);
  });

  it.each(['scram-sha-256', 'scram-sha-512'] as const)(
    'let a user with the right password in by %s',
    async (mechanism) => {
      const { addresses, user: username, password } = secure;
      // A new object each time: the client keeps what it made of the first password in it.
      const known = { mechanism, username, password } as SASLOptions;
      expect(await nodesSeenBy(client(addresses, { ssl: ssl(), sasl: known }))).toEqual([1, 2, 3]);
      const wrong = { mechanism, username, password: 'wrong' } as SASLOptions;
      const refused = client(addresses, { ssl: ssl(), sasl: wrong, retry: { retries: 0 } });
      await expect(nodesSeenBy(refused)).rejects.toThrow(/invalid credentials/);
    },
  );

  it('let a token in', async () => {
    const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');
    const now = Math.floor((performance.timeOrigin + performance.now()) / 1000);
    const value = `${part({ alg: 'none' })}.${part({ sub: 'nachweis', iat: now, exp: now + 60 })}.`;
    const sasl = { mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value }) } as const;
    expect(await nodesSeenBy(client(secure.addresses, { ssl: ssl(), sasl }))).toEqual([1, 2, 3]);
  });

  it('let nobody in who trusts another certificate', async () => {
    const { addresses, user: username, password } = secure;
    const sasl = { mechanism: 'scram-sha-256', username, password } as const;
    await expect(nodesSeenBy(client(addresses, { ssl: true, sasl, retry: { retries: 0 } }))).rejects.toThrow(
      /certificate/,
    );
  });
});

describe('brokers of a test of its own', () => {
  let brokers: KafkaBrokers;

  beforeAll(async () => {
    brokers = await KafkaBrokers.start({ nodes: 1, version: '3.9', proxied: true });
  });
  afterAll(() => brokers.stop());

  async function topics(): Promise<readonly string[]> {
    const admin = client(brokers.addresses).admin();
    await admin.connect();
    const names = await admin.listTopics();
    await admin.disconnect();
    return names;
  }

  async function values(topic: string): Promise<number> {
    const admin = client(brokers.addresses).admin();
    await admin.connect();
    const [partition] = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    return Number(partition?.high);
  }

  it('keep what they acknowledged when they are killed and started again', async () => {
    const producer = client(brokers.addresses).producer({ idempotent: true, maxInFlightRequests: 1 });
    const admin = client(brokers.addresses).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }] });
    await admin.disconnect();
    await producer.connect();
    await producer.send({ topic: 'kept', acks: -1, messages: [{ value: 'one', partition: 0 }] });
    await producer.disconnect();
    await brokers.kill(1);
    expect(() => brokers.pid(1)).toThrow('does not run');
    await brokers.restart(1);
    expect(await values('kept')).toBe(1);
  });

  it('are reached by their proxies only', async () => {
    expect(brokers.addresses).toEqual([brokers.proxy(1).address]);
    brokers.proxy(1).set({ mode: 'reset' });
    await expect(nodesSeenBy(client(brokers.addresses, { retry: { retries: 0 } }))).rejects.toThrow(/connection/i);
    brokers.proxy(1).heal();
    expect(await nodesSeenBy(client(brokers.addresses))).toEqual([1]);
  });

  it('answer nobody while they are paused', async () => {
    brokers.pause(1);
    const impatient = { requestTimeout: 300, connectionTimeout: 300, retry: { retries: 0 } };
    await expect(nodesSeenBy(client(brokers.addresses, impatient))).rejects.toThrow(/time/i);
    brokers.resume(1);
    expect(await nodesSeenBy(client(brokers.addresses))).toEqual([1]);
  });

  it('lose their data when they are wiped', async () => {
    await brokers.wipe(1);
    await brokers.restart(1);
    expect(await topics()).toEqual([]);
  });
});
