import plain from './jest.config.js';

/**
 * The tests that need a Kafka broker. `npm run test:cluster` starts three and gives their addresses.
 *
 * @type {import('jest').Config}
 */
export default {
  ...plain,
  testMatch: ['**/*.cluster.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // They share three brokers and two cores: files at once would only wait for each other.
  maxWorkers: 2,
};
