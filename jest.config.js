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
  // Many tests wait for processes; a core kept free for somebody else would only wait, too.
  maxWorkers: '100%',
  testTimeout: 30_000,
};
