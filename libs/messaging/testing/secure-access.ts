import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import type { BrokerOptions, Credentials } from '../broker-options.js';
import { StreamUnavailable, type RecordStream } from '../record-stream.js';
import { TestTopics } from './test-topics.js';

interface SecureAccess {
  readonly addresses: readonly string[];
  readonly user: string;
  readonly password: string;
  readonly caFile: string;
}

function secureAccess(): SecureAccess {
  const access = process.env['NACHWEIS_TEST_KAFKA_SECURE'] ?? '';
  if (access === '') throw new Error('NACHWEIS_TEST_KAFKA_SECURE names no brokers: run these tests with test:cluster');
  return JSON.parse(access) as SecureAccess;
}

const part = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
/** The brokers of tests take tokens without signature. Their clock is the real one, so theirs is the time that counts. */
function unsignedToken(): string {
  const now = Math.floor((performance.timeOrigin + performance.now()) / 1_000);
  return `${part({ alg: 'none' })}.${part({ sub: 'relay', iat: now, exp: now + 3_600 })}.`;
}

/** Brokers that want TLS and credentials. */
export function securing(use: (options: BrokerOptions) => RecordStream): void {
  describe('with TLS and credentials', () => {
    let topics: TestTopics;
    const open = (sasl: Credentials, ssl: BrokerOptions['ssl'] | null = null): RecordStream => {
      const { addresses, caFile } = secureAccess();
      return use({ ...topics.options, brokers: addresses, sasl, ssl: ssl ?? { ca: readFileSync(caFile) } });
    };
    const scram = (password: string, mechanism: 'scram-sha-256' | 'scram-sha-512' = 'scram-sha-512'): Credentials => ({
      mechanism,
      username: secureAccess().user,
      password,
    });

    beforeEach(() => {
      topics = new TestTopics();
    });
    afterEach(() => topics.remove());

    it.each<[string, () => Credentials]>([
      ['SCRAM-SHA-256', () => scram(secureAccess().password, 'scram-sha-256')],
      ['SCRAM-SHA-512', () => scram(secureAccess().password)],
      ['OAUTHBEARER', () => ({ mechanism: 'oauthbearer', token: async () => unsignedToken() })],
    ])('works with %s', async (_, sasl) => {
      const stream = open(sasl());
      await stream.prepare();
      await stream.publish('ledger.registry.v1', 0, [{ value: Buffer.from('leaf'), headers: {} }]);
      expect(await stream.tail('ledger.registry.v1', 0)).toMatchObject({ value: Buffer.from('leaf') });
    });

    it('says that authentication failed, and not with which password', async () => {
      const failure: unknown = await open(scram('correct horse battery staple'))
        .prepare()
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StreamUnavailable);
      expect(String(failure)).toContain(`${secureAccess().addresses[0]}`);
      expect(String(failure)).toContain('authentication failed');
      expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('correct horse');
    });

    it('says that TLS failed where nobody vouches for the certificate', async () => {
      const preparing = open(scram(secureAccess().password), true).prepare();
      await expect(preparing).rejects.toThrow(/^Kafka at .*: TLS failed \([A-Z_]+\)$/);
    });

    it('says what to check where TLS was forgotten', async () => {
      const preparing = open(scram(secureAccess().password), false).prepare();
      await expect(preparing).rejects.toThrow(/TLS/);
    });
  });
}
