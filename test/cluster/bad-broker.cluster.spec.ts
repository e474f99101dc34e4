import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import { testBrokers } from '../../libs/messaging/testing/test-topics.js';
import { RunningCluster } from '../support/running-cluster.js';
import { secrets, startIn, type Starting } from './refused-start.js';

interface SecureAccess {
  readonly addresses: readonly string[];
  readonly user: string;
  readonly password: string;
  readonly caFile: string;
}

const foreign = 65;
const unusable = 69;
const secure = JSON.parse(process.env['NACHWEIS_TEST_KAFKA_SECURE'] ?? '{}') as SecureAccess;

let cluster: RunningCluster;
let file: (name: string) => string;

beforeAll(async () => {
  cluster = await RunningCluster.start({ kafka: testBrokers() });
  file = (name) => join(cluster.folder, name);
  writeFileSync(file('wrong'), 'wrong-password\n', { mode: 0o600 });
  writeFileSync(file('right'), `${secure.password}\n`, { mode: 0o600 });
  await makeTopic(`${cluster.prefix}few.ledger.entries.v1`, 3, []);
  await makeTopic(`${cluster.prefix}forgetful.ledger.entries.v1`, 12, [{ name: 'cleanup.policy', value: 'compact' }]);
});
afterAll(() => cluster.stop());

async function makeTopic(topic: string, numPartitions: number, configEntries: { name: string; value: string }[]) {
  const admin = new kafkajs.Kafka({ brokers: testBrokers(), logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions, configEntries }] });
  await admin.disconnect();
}

const through = (passwordFile: string): Readonly<Record<string, string>> => ({
  NACHWEIS_KAFKA: secure.addresses.join(),
  NACHWEIS_KAFKA_TLS: 'on',
  NACHWEIS_KAFKA_CA_FILE: secure.caFile,
  NACHWEIS_KAFKA_SASL: 'scram-sha-512',
  NACHWEIS_KAFKA_USER: secure.user,
  NACHWEIS_KAFKA_PASSWORD_FILE: passwordFile,
});

const cases: readonly (readonly [
  string,
  () => Readonly<Record<string, string>>,
  () => readonly (string | RegExp)[],
  number,
])[] = [
  [
    'that does not accept the password',
    () => through(file('wrong')),
    () => [...secure.addresses, /authentication failed/],
    unusable,
  ],
  [
    'whose certificate nobody vouches for',
    () => ({ ...through(file('right')), NACHWEIS_KAFKA_CA_FILE: '' }),
    () => [...secure.addresses, /TLS failed/],
    unusable,
  ],
  [
    'whose topic has other partitions than ours',
    () => ({ NACHWEIS_KAFKA_PREFIX: `${cluster.prefix}few.` }),
    () => [`${cluster.prefix}few.ledger.entries.v1`, /12/],
    foreign,
  ],
  [
    'whose topic forgets',
    () => ({ NACHWEIS_KAFKA_PREFIX: `${cluster.prefix}forgetful.` }),
    () => [`${cluster.prefix}forgetful.ledger.entries.v1`, /cleanup\.policy/],
    foreign,
  ],
];

describe.each<[Starting]>([['relay'], ['projector']])('A %s', (service) => {
  test.each(cases)('with a Kafka %s says so in one line, and ends', async (_, given, says, ended) => {
    const { code, lines, output, answered, seconds } = await startIn(cluster, service, given());
    expect({ code, lines }).toEqual({ code: ended, lines: [expect.stringMatching(/^NACHWEIS_KAFKA: /)] });
    for (const said of says()) expect(lines[0]).toMatch(said);
    for (const secret of [...secrets, secure.password]) expect(output).not.toContain(secret);
    expect(answered).toBe(false);
    expect(seconds).toBeLessThan(30);
  });
});
