import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import type { BrokerOptions } from '../broker-options.js';

/** The brokers that NACHWEIS_TEST_KAFKA names. */
export function testBrokers(): string[] {
  const addresses = process.env['NACHWEIS_TEST_KAFKA'] ?? '';
  if (addresses === '') throw new Error('NACHWEIS_TEST_KAFKA names no brokers: run these tests with test:cluster');
  return addresses.split(',');
}

/** Topics of a test of its own on the brokers of all tests. */
export class TestTopics {
  readonly prefix = `test-${randomUUID()}.`;
  readonly options: BrokerOptions;

  constructor() {
    const brokers = testBrokers();
    this.options = { brokers, prefix: this.prefix, replication: Math.min(3, brokers.length), pause: 20 };
  }

  async admin<Result>(work: (admin: Admin) => Promise<Result>): Promise<Result> {
    const kafka = new Kafka({ brokers: testBrokers(), logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  async remove(): Promise<void> {
    await this.admin(async (admin) => {
      const topics = (await admin.listTopics()).filter((name) => name.startsWith(this.prefix));
      if (topics.length > 0) await admin.deleteTopics({ topics });
    });
  }
}
