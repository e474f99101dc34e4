import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { agencyId, entryId, instantAt, treeSize } from '#kernel';
import { encodeRegistryLeaf } from '#statement';
import { formatTreeHead, leafHash } from '#transparency';
import { request } from '../e2e/sample-entries.js';
import { selfSigned } from '../support/certificate.js';
import { EventStorePeer } from '../support/event-store-peer.js';
import { RunningCluster } from '../support/running-cluster.js';
import { ServiceProcess } from '../support/service-process.js';
import { admission, brief, ClusterUsers } from './cluster-users.js';
import { inTurns, secrets, startIn, type Refusal, type Starting } from './refused-start.js';

const nowhere = '127.0.0.1:9';
const stranger = 'stranger.example';
const foreign = 65;
const unusable = 69;
const misconfigured = 78;
/** comes before what is wrong with the settings */
const notStarted = 'The configuration cannot be used:';

/** What stands about: our own stores, and others that are not ours. */
interface World {
  readonly cluster: RunningCluster;
  readonly secure: EventStorePeer;
  readonly old: EventStorePeer;
  /** databases of another ledger */
  readonly others: Readonly<Record<'vault' | 'keys' | 'views', string>>;
  /** a database without tables */
  readonly empty: string;
  readonly file: (name: string) => string;
}

let world: World;

beforeAll(async () => {
  const certificate = selfSigned('event store');
  const [cluster, secure, old] = await Promise.all([
    RunningCluster.start({ kafka: [nowhere] }),
    EventStorePeer.start({ tls: certificate, username: 'ledger', password: 'right-password' }),
    EventStorePeer.start({ version: '21.10.2' }),
  ]);
  const { postgres, folder } = cluster;
  const others = {
    vault: await postgres.createDatabase(),
    keys: await postgres.createDatabase(),
    views: await postgres.createDatabase(),
  };
  const file = (name: string): string => join(folder, name);
  world = { cluster, secure, old, others, empty: await postgres.createDatabase(), file };
  writeFileSync(file('authority.pem'), certificate.cert);
  writeFileSync(file('wrong'), 'wrong-password\n', { mode: 0o600 });
  await Promise.all([migrateOthers(), fillForeignStreams(), damageStreams()]);
});
afterAll(async () => {
  await Promise.all([world.secure.stop(), world.old.stop()]);
  await world.cluster.stop();
});

async function migrateOthers(): Promise<void> {
  const { cluster, others, file } = world;
  const settings = {
    ...cluster.settings('postgres'),
    NACHWEIS_ORIGIN: 'other.example/nachweis',
    NACHWEIS_KEYS: file('other-keys'),
    NACHWEIS_DATA: file('other'),
    NACHWEIS_VAULT: at(others.vault, 'postgres'),
    NACHWEIS_VAULT_KEYS: at(others.keys, 'postgres'),
    NACHWEIS_VIEWS: at(others.views, 'postgres'),
  };
  const migrating = new ServiceProcess('cli', settings, ['databases', 'migrate']);
  if ((await migrating.end()) !== 0) throw new Error(migrating.output);
}

/** The streams of another ledger, and what no ledger writes. */
async function fillForeignStreams(): Promise<void> {
  const { url } = world.cluster.eventStore;
  const { type, data } = admission(stranger);
  const statement = { data, dataVersion: 1, iss: agencyId('ledger'), jti: entryId(crypto.randomUUID()), type };
  const leaf = encodeRegistryLeaf({ recordedAt: instantAt(Date.UTC(2026, 0, 1)), statement });
  const head = { origin: 'other.example/nachweis/registry', size: treeSize(1), root: leafHash(leaf) };
  const store = await EventStoreDbEventStore.open({ url, prefix: 'other' });
  await store.append('registry', treeSize(0), [leaf]);
  await store.append('registry.checkpoints', treeSize(0), [Buffer.from(formatTreeHead(head))]);
  await store.close();
  const odd = await EventStoreDbEventStore.open({ url, prefix: 'odd' });
  await odd.append('entries', treeSize(0), [Buffer.from('{"log":"entries"}')]);
  await odd.close();
}

async function damageStreams(): Promise<void> {
  const { eventStore } = world.cluster;
  for (const prefix of ['cut', 'gone', 'changed']) {
    const store = await EventStoreDbEventStore.open({ url: eventStore.url, prefix });
    await store.append('entries', treeSize(0), [Buffer.from('one'), Buffer.from('two')]);
    await store.close();
  }
  await eventStore.truncate('cut-entries', 1);
  await eventStore.tombstone('gone-entries');
  await eventStore.change('changed-entries', 0, { data: Buffer.from('eno') });
}

const at = (database: string, user: string): string =>
  `postgres://${user}@127.0.0.1:${world.cluster.postgres.port}/${database}`;
const here = (database: string) => `127.0.0.1:${world.cluster.postgres.port}/${database}`;
/** By name: Node warns of addresses as names of TLS servers. */
const storeAt = ({ endpoint }: EventStorePeer): string => `localhost:${endpoint.port}`;
const secureUrl = (): string => `esdb://${storeAt(world.secure)}?tls=true&tlsCAFile=${world.file('authority.pem')}`;

interface Case {
  readonly what: string;
  /** of each of these processes */
  readonly of: readonly Starting[];
  /** its name begins the line */
  readonly setting: string;
  /** settings, given or changed */
  readonly given: (user: Starting) => Readonly<Record<string, string>>;
  /** what else the line says: where, and what is wrong */
  readonly says: () => readonly (string | RegExp)[];
  readonly code?: number;
}

const eventStore: readonly Case[] = [
  {
    what: 'an event store that cannot be reached',
    of: ['ledger', 'relay'],
    setting: 'NACHWEIS_EVENT_STORE',
    given: () => ({ NACHWEIS_EVENT_STORE: `esdb://${nowhere}?tls=false` }),
    says: () => [nowhere, /cannot be reached/],
  },
  {
    what: 'an event store that does not accept the credentials',
    of: ['ledger', 'relay'],
    setting: 'NACHWEIS_EVENT_STORE',
    given: () => ({
      NACHWEIS_EVENT_STORE: secureUrl(),
      NACHWEIS_EVENT_STORE_USER: 'ledger',
      NACHWEIS_EVENT_STORE_PASSWORD_FILE: world.file('wrong'),
    }),
    says: () => [storeAt(world.secure), /refuses the credentials/],
  },
  {
    what: 'an event store with a certificate nobody vouches for',
    of: ['ledger', 'relay'],
    setting: 'NACHWEIS_EVENT_STORE',
    given: () => ({ NACHWEIS_EVENT_STORE: `esdb://${storeAt(world.secure)}?tls=true` }),
    says: () => [storeAt(world.secure), /cannot be secured: no authority that is trusted/],
  },
  {
    what: 'an event store that knows no TLS',
    of: ['ledger'],
    setting: 'NACHWEIS_EVENT_STORE',
    given: () => ({ NACHWEIS_EVENT_STORE: `esdb://${storeAt(world.cluster.eventStore)}?tls=true` }),
    says: () => [storeAt(world.cluster.eventStore), /cannot be secured: it does not speak TLS/],
  },
  {
    what: 'an event store that is too old',
    of: ['ledger'],
    setting: 'NACHWEIS_EVENT_STORE',
    given: () => ({ NACHWEIS_EVENT_STORE: world.old.url }),
    says: () => [`:${world.old.endpoint.port}`, '21.10'],
  },
  {
    what: 'a stream that was cut',
    of: ['ledger'],
    setting: 'NACHWEIS_EVENT_STORE',
    given: () => ({ NACHWEIS_EVENT_STORE_PREFIX: 'cut' }),
    says: () => ['cut-entries', /is cut/],
    code: foreign,
  },
  {
    what: 'a stream that was deleted for ever',
    of: ['ledger'],
    setting: 'NACHWEIS_EVENT_STORE',
    given: () => ({ NACHWEIS_EVENT_STORE_PREFIX: 'gone' }),
    says: () => ['gone-entries', /deleted/],
    code: foreign,
  },
  {
    what: 'a stream in which an event was changed',
    of: ['ledger', 'relay'],
    setting: 'NACHWEIS_EVENT_STORE',
    given: () => ({ NACHWEIS_EVENT_STORE_PREFIX: 'changed' }),
    says: () => ['changed-entries', 'index 0'],
    code: foreign,
  },
];

const databases = [
  { setting: 'NACHWEIS_VAULT', name: 'vault', of: ['ledger', 'relay', 'projector'] },
  { setting: 'NACHWEIS_VAULT_KEYS', name: 'keys', of: ['ledger', 'projector'] },
  { setting: 'NACHWEIS_VIEWS', name: 'views', of: ['ledger', 'projector'] },
] as const;

/** Each case starts a process. Where all of them read a setting alike, the last that needs it is enough. */
const postgres: readonly Case[] = databases.flatMap(({ setting, name, of }): readonly Case[] => [
  {
    what: `${name} that cannot be reached`,
    of,
    setting,
    given: (user) => ({ [setting]: `postgres://${user}@${nowhere}/ours` }),
    says: () => [`${nowhere}/ours`, /cannot be reached \(ECONNREFUSED\)/],
  },
  {
    what: `${name} with a wrong password`,
    of: of.slice(-1),
    setting,
    given: () => ({ [`${setting}_PASSWORD_FILE`]: world.file('wrong') }),
    says: () => [here(world.cluster.databases[name]), /password are not accepted/],
  },
  {
    what: `${name} in a database that does not exist`,
    of: ['ledger'],
    setting,
    given: (user) => ({ [setting]: at('nobodys', user) }),
    says: () => [here('nobodys'), /no such database/],
  },
  {
    what: `${name} whose tables have not been made`,
    of: ['ledger'],
    setting,
    given: (user) => ({ [setting]: at(world.empty, user) }),
    says: () => [here(world.empty), /has not been created/],
  },
  {
    what: `${name} of another ledger`,
    of,
    setting,
    given: (user) => ({ [setting]: at(world.others[name], user) }),
    says: () => [here(world.others[name]), 'other.example/nachweis'],
    code: foreign,
  },
  {
    what: `${name} on a server that knows no TLS`,
    of: ['ledger'],
    setting,
    given: (user) => ({ [setting]: `${at(world.cluster.databases[name], user)}?sslmode=verify-full` }),
    says: () => [here(world.cluster.databases[name]), /TLS/],
  },
  {
    what: `${name} at an address that says nothing of TLS`,
    of: of.slice(-1),
    setting,
    given: (user) => ({ [setting]: `postgres://${user}@db.example/ours` }),
    says: () => ['db.example:5432/ours', /sslmode=verify-full/],
    code: misconfigured,
  },
  {
    what: `${name} at an address with a parameter nobody knows`,
    of: ['ledger'],
    setting,
    given: (user) => ({ [setting]: `${at(world.cluster.databases[name], user)}?sslmod=verify-full` }),
    says: () => [here(world.cluster.databases[name]), /sslmod is not known/],
    code: misconfigured,
  },
  {
    what: `no ${name}`,
    of: of.slice(-1),
    setting,
    given: () => ({ [setting]: '' }),
    says: () => [/needed/],
    code: misconfigured,
  },
  {
    what: `${name} with a password in the address`,
    of: ['ledger'],
    setting,
    given: (user) => ({ [setting]: at(world.cluster.databases[name], `${user}:wrong-password`) }),
    says: () => [/without password/],
    code: misconfigured,
  },
]);

const others: readonly Case[] = [
  {
    what: 'no event store',
    of: ['ledger', 'relay'],
    setting: 'NACHWEIS_EVENT_STORE',
    given: () => ({ NACHWEIS_EVENT_STORE: '' }),
    says: () => [/needed/],
    code: misconfigured,
  },
  {
    what: 'no Kafka',
    of: ['relay', 'projector'],
    setting: 'NACHWEIS_KAFKA',
    given: () => ({ NACHWEIS_KAFKA: '' }),
    says: () => [/needed/],
    code: misconfigured,
  },
  {
    what: 'a Kafka that cannot be reached',
    of: ['relay', 'projector'],
    setting: 'NACHWEIS_KAFKA',
    given: () => ({}),
    says: () => [nowhere],
  },
  {
    what: 'keys that do not open the vault',
    of: ['ledger', 'projector'],
    setting: 'NACHWEIS_VAULT',
    given: () => ({ NACHWEIS_KEYS: world.file('other-keys') }),
    says: () => [world.file('other-keys'), /does not open/],
    code: foreign,
  },
  {
    what: 'a setting nobody knows',
    of: ['relay'],
    setting: 'NACHWEIS_VAULT_PASSWORD',
    given: () => ({ NACHWEIS_VAULT_PASSWORD: 'wrong-password' }),
    says: () => [],
    code: misconfigured,
  },
];

const cases = [...eventStore, ...postgres, ...others].flatMap((each) =>
  each.of.map((service) => [service, each.what, each] as const),
);

describe('A process that cannot work says in one line why, and ends', () => {
  const outcomes = new Map<string, Promise<Refusal>>();

  beforeAll(() => {
    const inTurn = inTurns(4);
    for (const [service, what, { given }] of cases) {
      outcomes.set(
        `${service} ${what}`,
        inTurn(() => startIn(world.cluster, service, given(service))),
      );
    }
  });

  test.each(cases)(
    'the %s, with %s',
    async (service, what, { setting, says, code = unusable }) => {
      const { code: ended, lines, output, answered, seconds } = (await outcomes.get(`${service} ${what}`)) as Refusal;
      const told = lines.filter((line) => line !== notStarted);
      expect({ ended, told }).toEqual({ ended: code, told: [expect.stringContaining(setting)] });
      for (const said of says()) expect(told[0]).toMatch(said);
      for (const secret of secrets) expect(output).not.toContain(secret);
      expect(output).not.toMatch(/^ +at /m);
      expect([answered, output.includes(' on http')]).toEqual([false, false]);
      expect(seconds).toBeLessThan(30);
    },
    120_000,
  );
});

describe('A ledger whose event store holds another ledger’s log', () => {
  const own = (): Record<string, string> => ({ NACHWEIS_DATA: world.file('mistaken') });

  test('says whose it is, and takes nothing of it over', async () => {
    const { cluster } = world;
    const refused = await startIn(cluster, 'ledger', { ...own(), NACHWEIS_EVENT_STORE_PREFIX: 'other' });
    expect(refused).toMatchObject({
      code: foreign,
      lines: [expect.stringMatching(/other\.example\/nachweis\/registry, not ledger\.example\/nachweis\/registry/)],
      answered: false,
    });
    const ledger = cluster.launch('ledger', { name: 'mistaken' });
    const users = new ClusterUsers(cluster);
    await users.know(ledger);
    const caller = await users.as('agency', stranger);
    expect(brief(await caller.at(ledger).record(request()))).toEqual([403, 'agency-not-admitted']);
    users.close();
    await ledger.stop();
  }, 40_000);

  test('is not relayed either', async () => {
    const differing = { NACHWEIS_EVENT_STORE_PREFIX: 'other', NACHWEIS_RELAY_LOG: 'registry' };
    const { code, lines } = await startIn(world.cluster, 'relay', differing);
    expect([code, lines]).toEqual([foreign, [expect.stringMatching(/^NACHWEIS_EVENT_STORE: .*other\.example/)]]);
  }, 40_000);

  test('says where there is something that is no leaf', async () => {
    const { code, lines } = await startIn(world.cluster, 'ledger', { NACHWEIS_EVENT_STORE_PREFIX: 'odd' });
    expect([code, lines]).toEqual([foreign, [expect.stringContaining('leaf 0 of entries')]]);
  }, 40_000);
});
