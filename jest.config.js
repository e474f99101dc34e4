import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // jest.cluster.config.js runs those
  testPathIgnorePatterns: ['/node_modules/', '\\.cluster\\.spec\\.ts$'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // `#lib` is what package.json says of the sources; a pattern here would catch such names of dependencies, too.
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons', 'source'] },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  // Many tests wait for processes: on as many cores as there are workers, some of them would be idle.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // What the modules of a thousand files leave behind: a large worker is slow to collect its garbage and to start processes.
  workerIdleMemoryLimit: '1GB',
  // Outside the folder for the files of one run: the next run starts with what this one compiled.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // Against hanging only: a machine may be many times slower than the one where a test was written.
  testTimeout: 120_000,
};
