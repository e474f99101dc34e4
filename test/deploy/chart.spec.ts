import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { check, deployed, itIsBuilt, needed, neededForEntries, wrongSettings } from './deploy-files.js';

type Json = { readonly [key: string]: Json | Scalar | readonly (Json | Scalar)[] };
type Scalar = string | number | boolean | null;

interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly securityContext: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly containers: readonly [Container];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
    readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly metrics: readonly { readonly pods: { readonly metric: { readonly name: string } } }[];
  };
}

const merged = (one: Json, other: Json): Json =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => {
      const [a, b] = [one[key], other[key]];
      return [key, isObject(a) && isObject(b) ? merged(a, b) : (b ?? a ?? null)];
    }),
  );
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const defaults = parse(deployed('helm/nachweis/values.yaml')) as Json;
const complete = parse(deployed('helm/nachweis/ci/values.yaml')) as Json;
const accepts = new Ajv({ strict: false }).compile(
  JSON.parse(deployed('helm/nachweis/values.schema.json')) as AnySchema,
);

describe('the values of the chart', () => {
  it('are refused as long as nobody says where things are', () => {
    expect(accepts(defaults)).toBe(false);
  });

  it('are accepted when everything is said', () => {
    expect(accepts(merged(defaults, complete)) ? [] : accepts.errors).toEqual([]);
  });

  it.each<[string, Json]>([
    ['a name that is none', { eventstore: {} }],
    ['a password in an address', { eventStore: { url: 'esdb://user:secret@eventstore:2113' } }],
    ['keys in two places', { keys: { secret: 'one', claim: 'two' } }],
    ['keys in no place', { keys: { secret: '', claim: '' } }],
    ['an origin with a scheme', { origin: 'https://ledger.example.org' }],
    ['more projectors than partitions', { projector: { replicas: 13 } }],
    ['an ingress without TLS', { ingress: { enabled: true, host: 'ledger.example.org', tlsSecret: '' } }],
  ])('cannot have %s', (_what, values) => {
    expect(accepts(merged(merged(defaults, complete), values))).toBe(false);
  });
});

describe('the chart', () => {
  const { output = '', complaints = '' } =
    itIsBuilt === it ? check(['chart', 'helm/nachweis', 'helm/nachweis/ci/values.yaml']) : {};
  const manifests = parseAllDocuments(output)
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
  const of = (kind: string): readonly Manifest[] => manifests.filter((manifest) => manifest.kind === kind);
  const pods = (): readonly Manifest[] => [...of('Deployment'), ...of('Job')];

  itIsBuilt('renders to what Kubernetes takes', () => {
    expect(complaints).toBe('');
    expect(of('Deployment').map(({ metadata }) => metadata.name)).toEqual([
      'ledger-ledger',
      'ledger-projector',
      'ledger-relay-entries',
      'ledger-relay-registry',
    ]);
    expect(of('Secret')).toEqual([]);
    expect(of('StatefulSet')).toEqual([]);
  });

  itIsBuilt('gives every process settings it takes, all it needs, and the files they name', () => {
    for (const { spec } of pods()) {
      const [{ args, env, volumeMounts }] = spec.template.spec.containers;
      const environment = Object.fromEntries(env.map(({ name, value }) => [name, value]));
      expect(wrongSettings(environment)).toEqual([]);
      expect(Object.keys(environment)).toEqual(expect.arrayContaining([...(needed[args[0] ?? ''] ?? ['unknown'])]));
      expect(env).toHaveLength(Object.keys(environment).length);
      const files = Object.entries(environment).flatMap(([name, value]) => (name.endsWith('_FILE') ? [value] : []));
      for (const file of files) {
        const name = file.replace('/run/secrets/nachweis/', '');
        expect(JSON.stringify(spec.template.spec.volumes)).toContain(`"path":"${name}"`);
      }
      const volumes = spec.template.spec.volumes.map(({ name }) => name);
      expect(volumes).toEqual(expect.arrayContaining(volumeMounts.map(({ name }) => name)));
    }
  });

  itIsBuilt('gives vault and keys to the relay of the entries, and not to the one of the registry', () => {
    const names = (relay: string): string[] =>
      of('Deployment').flatMap(({ metadata, spec }) =>
        metadata.name === relay ? spec.template.spec.containers[0].env.map(({ name }) => name) : [],
      );
    expect(names('ledger-relay-entries')).toEqual(expect.arrayContaining([...neededForEntries]));
    expect(names('ledger-relay-registry').filter((name) => neededForEntries.includes(name))).toEqual([]);
  });

  itIsBuilt('confines every process', () => {
    for (const { spec } of pods()) {
      expect(spec.template.spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(spec.template.spec.containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  itIsBuilt('lets nobody make keys where they come from a Secret', () => {
    for (const { spec } of pods()) {
      const [{ volumeMounts, env }] = spec.template.spec.containers;
      const keys = volumeMounts.filter(({ name }) => name === 'keys');
      const areNeeded = env.some(({ name }) => name === 'NACHWEIS_KEYS');
      expect(keys).toEqual(areNeeded ? [{ name: 'keys', mountPath: '/keys', readOnly: true }] : []);
    }
  });

  itIsBuilt('asks every process how it is', () => {
    for (const { spec } of of('Deployment')) {
      // Ledgers share what they need: one that says it is not ready would only leave callers without an answer.
      const isLedger = spec.template.metadata.labels['app.kubernetes.io/component'] === 'ledger';
      const health = (path: string): object => ({ httpGet: { path, port: 'http' } });
      expect(spec.template.spec.containers[0]).toMatchObject({
        startupProbe: health('/health/live'),
        livenessProbe: health('/health/live'),
        readinessProbe: health(isLedger ? '/health/live' : '/health/ready'),
      });
    }
  });

  itIsBuilt('has a network policy for every process that stays', () => {
    const covered = of('NetworkPolicy').map(({ spec }) => spec.podSelector.matchLabels['app.kubernetes.io/component']);
    const staying = of('Deployment').map(({ spec }) => spec.template.metadata.labels['app.kubernetes.io/component']);
    expect(new Set(covered)).toEqual(new Set(staying));
    expect(covered).toHaveLength(staying.length);
  });

  itIsBuilt('adds projectors when leaves wait', () => {
    expect(of('HorizontalPodAutoscaler').map(({ spec }) => spec.metrics[0]?.pods.metric.name)).toEqual([
      'nachweis_projector_lag_leaves',
    ]);
    expect(of('PodDisruptionBudget')).toHaveLength(2);
  });

  const variants: readonly (readonly [string, Json])[] = [
    ['keys on a volume', { keys: { secret: '', claim: 'nachweis-keys' } }],
    ['OAUTHBEARER', { kafka: { sasl: 'oauthbearer', token: { secret: 'token', key: 'token' } } }],
    [
      'no authentication and no TLS',
      { kafka: { sasl: '', tls: false, ca: { secret: '' } }, postgres: { ca: { secret: '' } } },
    ],
    ['data on the node, no ingress', { ledger: { data: { storageClass: '' } }, ingress: { enabled: false } }],
    [
      'open networks, no scaling',
      { networkPolicy: { enabled: false }, projector: { autoscaling: { enabled: false } } },
    ],
    [
      'a digest, and where pods go',
      {
        image: { digest: `sha256:${'a'.repeat(64)}`, pullSecrets: ['pull'] },
        nodeSelector: { disk: 'fast' },
        tolerations: [{ key: 'audit' }],
        podAnnotations: { a: 'b' },
      },
    ],
  ];
  for (const [what, values] of variants) {
    itIsBuilt(`renders to what Kubernetes takes with ${what}`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'nachweis-values-'));
      const file = join(folder, 'values.yaml');
      writeFileSync(file, stringify(merged(complete, values)));
      expect(check(['chart', 'helm/nachweis', file]).complaints).toBe('');
      rmSync(folder, { recursive: true });
    });
  }
});
