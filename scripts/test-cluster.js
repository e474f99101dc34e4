// Runs the tests that need Kafka, `*.cluster.spec.ts`, against three brokers started for them. Arguments are for Jest.
import { KafkaBrokers } from '../test/support/kafka-brokers.ts';
import { jest } from './jest.js';

const brokers = await KafkaBrokers.start({ nodes: 3 });
try {
  process.exitCode = await jest(['--config', 'jest.cluster.config.js', ...process.argv.slice(2)], {
    NACHWEIS_TEST_KAFKA: brokers.addresses.join(),
    NACHWEIS_TEST_KAFKA_SECURE: JSON.stringify(brokers.secure),
  });
} finally {
  await brokers.stop();
}
