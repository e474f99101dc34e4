import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyProjection, completeUpTo, type Projector } from '#compliance';
import { judgementsWithoutNote } from '#compliance/judging';
import { openPostgresViews } from '#compliance/postgres';
import { entryTypes, validateEntry, type EntryBody, type EntryType } from '#catalogue';
import type { StreamName } from '#event-store';
import { ledgerIssuer, leafIndex, logNames, type AgencyId, type EntryId } from '#kernel';
import { readConfig } from '#platform';
import { prepareEntry, type PreparedEntry, type Recorded } from '#recording';
import { parseLeaf, readDisclosure, type JsonObject } from '#statement';
import { openClusterLedger } from '../../apps/ledger/cluster-ledger.js';
import { openEmbeddedLedger } from '../../apps/ledger/embedded-ledger.js';
import type { Ledger } from '../../apps/ledger/ledger.js';
import { projectHere } from '../../apps/ledger/projections/projections.js';
import { admissionOf } from '../../apps/cli/simulation/admissions.js';
import { network } from '../../apps/cli/simulation/network.js';
import { simulateYear } from '../../apps/cli/simulation/simulate-year.js';
import { digestsOf } from '../../libs/compliance/testing/streamed.js';
import { testBrokers } from '../../libs/messaging/testing/test-topics.js';
import { Random } from '../support/random.js';
import { postgresPassword } from '../support/postgres-server.js';
import { clusterOrigin, RunningCluster } from '../support/running-cluster.js';
import { TestClock, until } from '../support/running-ledger.js';

const seed = 20_261_122;
const exchanges = 70;
const folder = mkdtempSync(join(tmpdir(), 'identical-'));
const clock = new TestClock();
const alarms: string[] = [];
const report = {
  progress: () => {},
  alarm: (what: string, error: unknown) => void alarms.push(`${what}: ${String(error)}`),
};

let cluster: RunningCluster;
let embedded: Ledger;
let together: readonly [Ledger, Ledger];

beforeAll(async () => {
  cluster = await RunningCluster.start({
    kafka: testBrokers(),
    settings: { NACHWEIS_CHECKPOINT_INTERVAL_MS: '60000' },
  });
  const derived = [cluster.launch('relay'), cluster.launch('projector'), cluster.launch('projector')];
  const settings = { ...cluster.settings('ledger') };
  const open = (name: string) =>
    openClusterLedger(readConfig({ ...settings, NACHWEIS_DATA: join(folder, name) }), clock, report, {
      untilDue: 'never',
    });
  together = [await open('one'), await open('other')];
  const { NACHWEIS_ORIGIN, NACHWEIS_CHECKPOINT_INTERVAL_MS } = settings as Record<string, string>;
  embedded = await openEmbeddedLedger(
    readConfig({ NACHWEIS_ORIGIN, NACHWEIS_CHECKPOINT_INTERVAL_MS, NACHWEIS_DATA: join(folder, 'embedded') }),
    clock,
    report,
    { startProjections: projectHere, untilDue: 'never' },
  );
  await Promise.all(derived.map(({ ready }) => ready));
});
afterAll(async () => {
  for (const ledger of [embedded, ...together]) await ledger.close();
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

const prepared = (body: EntryBody, issuer: AgencyId, recorder: EntryType['recordedBy']): PreparedEntry =>
  prepareEntry(validateEntry(body, clock.now()), issuer, recorder);

/** The simulated year and a look at each hundredth entry, each sealed with the salts it then has everywhere. */
function* year(random: Random): Iterable<PreparedEntry> {
  const look = entryTypes.get('LedgerAccessed')?.example as EntryBody;
  let told = 0;
  for (const { agency, body, by } of simulateYear({ seed, exchanges, year: 2025 })) {
    yield by === 'operator' ? prepared(body, ledgerIssuer, by) : prepared(body, agency, 'agency');
    told += 1;
    if (told % 100 !== 0) continue;
    const data = { ...look.data, owner: agency, entry: body.id };
    yield prepared({ ...look, id: random.uuid(), data }, ledgerIssuer, 'ledger');
  }
}

/** Hands the same entries to both profiles; the cluster's two ledgers take turns. */
async function record(entries: readonly PreparedEntry[], turn: number): Promise<void> {
  clock.tick(1_234);
  const ledger = together[turn % 2] as Ledger;
  const said = await Promise.all([embedded, ledger].map((one) => one.recorder.record(entries)));
  const [alone, inCluster] = said.map((recorded) => recorded.map(withoutSignature));
  expect(inCluster).toEqual(alone);
  for (const one of [embedded, ledger]) await Promise.all(logNames.map((log) => one.integrators[log].advance()));
}

/** Each profile has keys of its own here. */
const withoutSignature = ({ receipt, ...recorded }: Recorded): object => ({
  ...recorded,
  receipt: receipt.slice(0, receipt.indexOf('\n\n')),
});

async function everything({ store }: Ledger, stream: StreamName): Promise<readonly string[]> {
  const records: string[] = [];
  for (;;) {
    const more = await store.read(stream, leafIndex(records.length), 400);
    if (more.length === 0) return records;
    records.push(...more.map(({ bytes }) => bytes.toString('latin1')));
  }
}

/** How many check notes the views of these ledgers still owe, once they have the whole log. */
async function owedBy(...ledgers: readonly Ledger[]): Promise<number> {
  const owed = ledgers.map(async ({ store, projections, wholeViews }) => {
    await projections.reached(await store.size('entries'), AbortSignal.timeout(20_000));
    return (await judgementsWithoutNote(await wholeViews(), clock.now(), 1_000)).length;
  });
  return (await Promise.all(owed)).reduce((sum, one) => sum + one, 0);
}

/** What each check note says, by its id. Fails where one stands twice. */
async function checkNotes(ledger: Ledger): Promise<ReadonlyMap<EntryId, JsonObject>> {
  const leaves = (await everything(ledger, 'entries')).map((text) => parseLeaf(Buffer.from(text, 'latin1')));
  const ids = leaves.flatMap(({ statement }) => (statement.iss === ledgerIssuer ? statement.jti : []));
  const notes = new Map<EntryId, JsonObject>();
  for (const id of ids) {
    const [terms] = (await ledger.vault.open([id], ['terms'])).get(id) ?? [];
    const said = terms && 'encoded' in terms ? readDisclosure(terms.encoded).value : {};
    if (said['type'] !== 'CheckNoteRaised') continue;
    expect(notes.has(id)).toBe(false);
    notes.set(id, said);
  }
  return notes;
}

describe(`The same year in both profiles (seed ${seed})`, () => {
  beforeAll(async () => {
    const random = new Random(seed);
    await record(
      network.map((agency) => prepared(admissionOf(agency), ledgerIssuer, 'operator')),
      0,
    );
    let waiting: PreparedEntry[] = [];
    let turn = 0;
    let size = 1;
    for (const entry of year(random)) {
      // A submission is for one log.
      if (waiting.some(({ type }) => type.log !== entry.type.log)) {
        await record(waiting, (turn += 1));
        waiting = [];
      }
      if (waiting.push(entry) < size) continue;
      await record(waiting, (turn += 1));
      waiting = [];
      size = random.between(1, 30);
    }
    if (waiting.length > 0) await record(waiting, turn + 1);
  });

  test.each(['entries', 'registry'] as const)('gives the log %s the same leaves, byte for byte', async (log) => {
    const alone = await everything(embedded, log);
    expect(alone.length).toBeGreaterThan(log === 'entries' ? 300 : 8);
    for (const ledger of together) expect(await everything(ledger, log)).toEqual(alone);
  });

  test.each(['entries', 'registry'] as const)('gives %s the same root at each size that was signed', async (log) => {
    const alone = await everything(embedded, `${log}.checkpoints`);
    expect(alone.length).toBeGreaterThan(log === 'entries' ? 20 : 0);
    expect(await everything(together[0], `${log}.checkpoints`)).toEqual(alone);
    for (const ledger of together) {
      const { head } = ledger.integrators[log].published ?? {};
      if (head) expect(alone).toContain(`${clusterOrigin}/${log}\n${head.size}\n${head.root.toString('base64')}\n`);
    }
  });

  test('gives all views the same rows', async () => {
    const size = await embedded.store.size('entries');
    await embedded.projections.reached(size, AbortSignal.timeout(20_000));
    const projector = embedded.projections as Projector;
    const views = await openPostgresViews({
      url: cluster.postgres.url(cluster.databases.views).replace(`:${postgresPassword}@`, '@'),
      password: postgresPassword,
      role: 'projector',
      origin: clusterOrigin,
      generation: 1,
    });
    try {
      const names = everyProjection.map(({ name }) => name);
      await until(async () => (await completeUpTo(views.database, names)) === size);
      const folded = await digestsOf(views);
      expect(Object.values(folded).some((digest) => /^[0.]+$/.test(digest))).toBe(false);
      for (const name of names) expect([name, folded[name]]).toEqual([name, await projector.digest(name)]);
    } finally {
      await views.database.destroy();
    }
  });

  test('raises no alarm', () => {
    expect(alarms).toEqual([]);
  });

  test('raises the same check notes, each once, though two ledgers of the cluster raise them at once', async () => {
    clock.tick(365 * 24 * 3_600_000);
    await until(async () => {
      const looks = await Promise.all([embedded, ...together].map((ledger) => ledger.checkNotes.look()));
      return looks.length === 3 && (await owedBy(embedded, together[0])) === 0;
    });
    const alone = await checkNotes(embedded);
    expect(alone.size).toBeGreaterThan(10);
    expect(await checkNotes(together[0])).toEqual(alone);
  });
});
