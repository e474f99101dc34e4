/*
 * Who may import whom. Types count as imports. ARCHITECTURE.md says why.
 */

/** From the bottom up: a lib sees the layers below its own, never its neighbours. */
const layers = [
  ['kernel'],
  ['transparency', 'statement', 'postgres'],
  ['catalogue'],
  ['event-store', 'vault', 'messaging'],
  ['recording', 'compliance', 'trail', 'access'],
  ['platform'],
];

const test = '(\\.spec\\.ts$|^libs/.+/testing/|^test/)';
const adapter = '^libs/[^/]+/(memory|sqlite|eventstoredb|kafka|platformatic|postgres)/';
const effects = '^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster|sqlite)(/|$)';
const oneOf = (names) => `^libs/(${names.join('|')})/`;

/** The places that choose adapters and put a process together. */
const compositionRoots = [
  '^libs/platform/open-record-stream\\.ts$',
  '^apps/ledger/(embedded|cluster)-ledger\\.ts$',
  '^apps/ledger/projections/projection-thread\\.ts$',
  '^apps/relay/open-ports\\.ts$',
  '^apps/projector/open-stores\\.ts$',
  '^apps/cli/(migrate/(stores|vaults|databases)|backup/log-copy|restore/restored-vault|rebuild/generations-of-views)\\.ts$',
];

const directions = layers.map((layer, height) => {
  const below = layers.slice(0, height).flat();
  return {
    name: `${layer.join('-')}-sees-only-what-is-below`,
    comment: 'Imports point one way, from the apps down to the kernel.',
    severity: 'error',
    from: { path: `^libs/(${layer.join('|')})/`, pathNot: test },
    to: { path: '^(libs|apps)/', pathNot: ['^libs/$1/', ...(below.length > 0 ? [oneOf(below)] : [])] },
  };
});

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: test },
      to: { pathNot: '^libs/kernel/' },
    },
    {
      name: 'transparency-needs-only-hashes-and-signatures',
      comment: 'What proves the log must be readable in one sitting: kernel and node:crypto, nothing else.',
      severity: 'error',
      from: { path: '^libs/transparency/', pathNot: test },
      to: { pathNot: '^libs/(kernel|transparency)/|^(node:)?crypto$' },
    },
    {
      name: 'no-effects-in-the-core',
      comment: 'Kernel, transparency, statement and catalogue are functions: no files, no network, no processes.',
      severity: 'error',
      from: { path: oneOf(['kernel', 'transparency', 'statement', 'catalogue']), pathNot: test },
      to: { path: effects },
    },
    {
      name: 'verify-can-be-read-whole',
      comment: 'A regulator must be able to read everything that `nachweis verify` runs.',
      severity: 'error',
      from: { path: '^apps/cli/verify\\.ts$' },
      to: {
        reachable: true,
        path: '^(libs|apps)/',
        pathNot: '^libs/(kernel|transparency|statement|trail)/|^apps/cli/',
      },
    },
    {
      name: 'verify-has-no-framework',
      comment: 'Nor may it run a framework, a database or a network client.',
      severity: 'error',
      from: { path: '^apps/cli/verify\\.ts$' },
      to: {
        reachable: true,
        path: 'node_modules/(@nestjs|fastify|kysely|pino)|^(node:)?(net|http|https|http2|tls|dgram|dns|sqlite)$',
      },
    },
    {
      name: 'nest-stays-at-the-rim',
      severity: 'error',
      from: { path: '^libs/', pathNot: [test, '^libs/platform/'] },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'only-composition-roots-name-an-adapter',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: [test, adapter, ...compositionRoots] },
      to: { path: adapter },
    },
    {
      name: 'adapters-never-import-each-other',
      severity: 'error',
      from: { path: '^(libs/[^/]+/(?:memory|sqlite|eventstoredb|kafka|platformatic|postgres)/)', pathNot: test },
      to: { path: adapter, pathNot: '^$1' },
    },
    {
      name: 'apps-never-import-each-other',
      comment: 'An app that needs another one talks to it as everybody does: by starting it and over HTTP.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the-simulation-knows-no-rules',
      comment: 'What it does wrong on purpose is written down from its own intent: the rules are tested against it.',
      severity: 'error',
      from: { path: '^apps/cli/simulation/', pathNot: test },
      to: { reachable: true, path: '^libs/compliance/' },
    },
    {
      name: 'libs-are-entered-by-their-face',
      comment: 'From outside through `#lib`; inside by relative paths, never through the own face.',
      severity: 'error',
      from: { path: '^(apps|libs/[^/]+)/', pathNot: test },
      to: { path: '^libs/', pathNot: ['^$1/', '/index\\.ts$'] },
    },
    {
      name: 'a-lib-never-imports-its-own-face',
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: test },
      to: { path: '^libs/$1/index\\.ts$' },
    },
    {
      name: 'shipped-code-never-imports-tests',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: test },
      to: { path: test },
    },
    {
      name: 'shipped-code-needs-no-dev-dependency',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'types', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.d.ts', '.cjs', '.mjs'],
    },
  },
};
