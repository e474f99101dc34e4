import { randomBytes } from 'node:crypto';
import { createLocalJWKSet } from 'jose';
import { secretFrom, TokenIssuer, TokenVerifier } from '#access';
import type { Views } from '#compliance';
import { openSqliteViews } from '#compliance/sqlite';
import type { EventStore } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { leafIndex, logNames, type Clock, type EntryId, type LogName } from '#kernel';
import type { Config } from '#platform';
import { catchUp, Integrator, Receipts, Recorder, Register, Sequencer, TreeStore } from '#recording';
import { parseLeaf } from '#statement';
import { noteSigner } from '#transparency';
import type { Vault } from '#vault';
import { SqliteVault } from '#vault/sqlite';
import { DataDirectory } from './data-directory.js';
import type { Ledger } from './ledger.js';
import { viewsFile, type Projections } from './projections/projections.js';
import { ThreadedProjections } from './projections/threaded-projections.js';
import { TrailStore } from './trails/trail-store.js';

/** What a start tells its operator. */
export interface StartReport {
  progress(what: string): void;
  alarm(what: string, error: unknown): void;
}

/** Where the projections of this profile run: in a thread of their own, unless a caller has them run here. */
export type StartProjections = (parts: {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly views: Views;
  readonly directory: string;
  readonly alarm: StartReport['alarm'];
}) => Promise<Projections>;

/**
 * Opens the embedded profile: everything in SQLite files of one folder, in one process. Before it answers, the
 * register has caught up with both logs, blocks that no leaf names are swept away, and the trees fit the heads
 * that were signed.
 *
 * @throws OriginMismatch, DataInUse, LogDamaged, UnsafeKeyFile, VaultRefused
 */
export async function openEmbeddedLedger(
  config: Config,
  clock: Clock,
  report: StartReport,
  startProjections: StartProjections = ({ directory, alarm }) => ThreadedProjections.start(directory, alarm),
): Promise<Ledger> {
  const { origin } = config;
  const directory = DataDirectory.open(config.data, origin);
  const registerDatabase = directory.derived('register.sqlite');
  const treeDatabase = directory.derived('tree.sqlite');
  const store = SqliteEventStore.open(directory.file('log.sqlite'));
  const vault = openVault(directory);
  const register = new Register(registerDatabase);
  for (const log of ['registry', 'entries'] as const) {
    await catchUp(log, { store, vault, register }, (size) => report.progress(`${log}: ${size} entries read`));
  }
  const swept = await vault.sweep((id) => digestsOf(id, { store, register }));
  if (swept > 0) report.progress(`${swept} sealed blocks without an entry removed`);

  const perLog = <Part>(make: (log: LogName) => Part) => ({ entries: make('entries'), registry: make('registry') });
  const sequencers = perLog(
    (log) =>
      new Sequencer({
        log,
        store,
        vault,
        register,
        clock,
        queueLimit: config.queueLimit,
        onClockBehind: (milliseconds) => report.alarm(`the clock is ${milliseconds} ms behind the last entry`, null),
      }),
  );
  const start = (log: LogName) =>
    Integrator.start({
      log,
      store,
      tree: new TreeStore(treeDatabase, log),
      signer: noteSigner(`${origin}/${log}`, directory.signingKey(log)),
    });
  const integrators = { entries: await start('entries'), registry: await start('registry') };
  const receipts = new Receipts(origin, directory.signingKey('receipt'));
  const recorder = new Recorder({ store, vault, register, receipts, sequencers });

  const advance = () => Promise.all(logNames.map((log) => integrators[log].advance()));
  const timer = setInterval(() => {
    advance().catch((error: unknown) => report.alarm('no checkpoint could be published', error));
  }, config.checkpointInterval);

  const views = openSqliteViews(directory.file(viewsFile));
  const projections = await startProjections({ store, vault, views, directory: config.data, alarm: report.alarm });

  const close = async (): Promise<void> => {
    clearInterval(timer);
    await Promise.all(logNames.map((log) => sequencers[log].close()));
    await advance();
    await projections.stop();
    await views.database.destroy();
    await store.close();
    await vault.close();
    registerDatabase.close();
    treeDatabase.close();
  };
  const tokens = await tokenVerifier(config, directory, clock);
  const trails = new TrailStore(directory);
  trails.tidy(clock.now(), config.trailDays);
  return {
    origin,
    clock,
    store,
    vault,
    register,
    recorder,
    receipts,
    sequencers,
    integrators,
    tokens,
    trails,
    views,
    projections,
    cursorKey: Buffer.from(secretFrom(directory.file('keys', 'cursor'), freshSecret), 'base64'),
    close,
  };
}

const freshSecret = (): string => randomBytes(32).toString('base64');

const openVault = (directory: DataDirectory): SqliteVault =>
  SqliteVault.open({ directory: directory.path, keyFile: directory.file('keys', 'vault.key') });

/** The issuer of the tokens of the embedded profile. */
export const tokenIssuer = (config: Config, directory: DataDirectory, clock: Clock): Promise<TokenIssuer> =>
  TokenIssuer.open({ directory: directory.file('keys'), issuer: config.origin, audience: config.origin, clock });

async function tokenVerifier(config: Config, directory: DataDirectory, clock: Clock): Promise<TokenVerifier> {
  const { keySet } = await tokenIssuer(config, directory, clock);
  const keys = createLocalJWKSet(keySet);
  return new TokenVerifier({ keys, issuer: config.origin, audience: config.origin, clock });
}

async function digestsOf(
  id: EntryId,
  { store, register }: { store: SqliteEventStore; register: Register },
): Promise<ReadonlySet<string> | null> {
  const place = register.placeOf(id);
  if (place?.log !== 'entries') return null;
  const [record] = await store.read('entries', leafIndex(place.index), 1);
  const leaf = record && parseLeaf(record.bytes);
  return leaf?.log === 'entries' ? new Set(leaf.statement._sd) : null;
}
