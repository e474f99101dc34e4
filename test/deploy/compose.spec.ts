import { parse } from 'yaml';
import { check, deployed, itIsBuilt, needed, neededForEntries, wrongSettings } from './deploy-files.js';

interface Service {
  readonly command?: readonly string[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly privileged?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: object;
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
}

interface Project {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { file: string }>>;
  readonly networks: Readonly<Record<string, { internal?: boolean }>>;
}

const origin = 'ledger.example.org/nachweis';
const text = deployed('compose.yaml').replace(/\$\{NACHWEIS_ORIGIN:[^}]*\}/, origin);
const { services, secrets, networks } = parse(text, { merge: true }) as Project;
const processes = Object.entries(services).filter(([, { command }]) => needed[command?.[0] ?? ''] !== undefined);
const kind = ({ command = [] }: Service): string => command[0] ?? '';
const kinds = (): string[] => processes.map(([, service]) => kind(service)).sort();

describe('compose.yaml', () => {
  it('runs two ledgers, a relay for each log and two projectors, after one migration', () => {
    expect(kinds()).toEqual(['databases', 'ledger', 'ledger', 'projector', 'projector', 'relay', 'relay']);
    const logs = processes.flatMap(([, { environment }]) => environment?.['NACHWEIS_RELAY_LOG'] ?? []);
    expect(logs.sort()).toEqual(['entries', 'registry']);
  });

  it.each(processes)('gives %s settings it takes, and all it needs', (_name, service) => {
    const environment = service.environment ?? {};
    expect(wrongSettings(environment)).toEqual([]);
    expect(Object.keys(environment)).toEqual(expect.arrayContaining([...(needed[kind(service)] ?? [])]));
  });

  it('gives vault and keys to the relay of the entries, and not to the one of the registry', () => {
    const names = (service: string): string[] => Object.keys(services[service]?.environment ?? {});
    expect(names('relay-entries')).toEqual(expect.arrayContaining([...neededForEntries]));
    expect(names('relay-registry').filter((name) => neededForEntries.includes(name))).toEqual([]);
    expect(services['relay-registry']?.volumes).toBeUndefined();
  });

  it('lets projectors read the keys, partition.key of the relay among them, and make none', () => {
    for (const [, { volumes, depends_on: after }] of processes.filter(([, service]) => kind(service) === 'projector')) {
      expect(volumes).toEqual(['keys:/keys:ro']);
      expect(Object.keys(after ?? {})).toContain('relay-entries');
    }
    expect(services['relay-entries']?.volumes).toEqual(['keys:/keys']);
  });

  it.each(processes)('confines %s', (_name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect(service.user).toBeUndefined();
  });

  it.each(processes)('mounts every secret that %s names, and no other', (_name, { environment = {}, secrets: own }) => {
    const named = Object.entries(environment).flatMap(([name, file]) => (name.endsWith('_FILE') ? [file] : []));
    expect([...new Set(named)].sort()).toEqual(own?.map((secret) => `/run/secrets/${secret}`).sort());
    for (const secret of own ?? []) expect(secrets[secret]?.file).toBe(`./secrets/${secret}`);
  });

  it.each(processes.filter(([name]) => name !== 'prepare'))(
    'watches %s, and starts it when it can work',
    (_name, it) => {
      expect(it.healthcheck).toBeDefined();
      expect(it.depends_on).toMatchObject({ prepare: { condition: 'service_completed_successfully' } });
    },
  );

  it('keeps every password out of its own text', () => {
    expect(text).not.toMatch(/(?:PASSWORD|SECRET)\s*[:=]\s*['"]?\w/);
    expect(text).not.toMatch(/:\/\/[^/@\s]+:[^/@\s]+@/);
  });

  it('lets nobody but the ledgers be reached, and those from this machine only', () => {
    expect(networks['inside']?.internal).toBe(true);
    for (const [name, { ports = [], networks: own = [] }] of Object.entries(services)) {
      if (name.startsWith('ledger-')) expect(ports.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
      else expect([...ports, ...own.filter((network) => network !== 'inside')]).toEqual([]);
    }
  });

  it('gives each login role of PostgreSQL the groups its process needs, and the relay no key', () => {
    const roles = deployed('compose/postgres/roles.sh');
    const groups = (name: string): string => new RegExp(`^login ${name} (.*)$`, 'm').exec(roles)?.[1] ?? '';
    expect(groups('ledger')).toBe(
      'nachweis_ledger nachweis_reader nachweis_projector nachweis_vault_writer nachweis_keys_writer',
    );
    expect(groups('relay')).toBe('nachweis_vault_places');
    expect(groups('projector')).toBe('nachweis_projector nachweis_vault_reader nachweis_keys_reader');
  });

  it('carries checkpoints with a token that is a file, too', () => {
    const { services: more } = parse(deployed('compose.checkpoints.yaml'), { merge: true }) as Project;
    for (const { environment = {} } of Object.values(more)) {
      expect(wrongSettings(environment)).toEqual([]);
      expect(environment['NACHWEIS_LEDGER_TOKEN_FILE']).toBe('/run/secrets/relay-token');
    }
    expect(Object.keys(more)).toEqual(Object.keys(services).filter((name) => name.startsWith('relay-')));
  });

  itIsBuilt('is a project Compose understands', () => {
    expect(check(['compose', 'compose.yaml']).complaints).toBe('');
    expect(check(['compose', 'compose.yaml', 'compose.checkpoints.yaml']).complaints).toBe('');
  });
});
