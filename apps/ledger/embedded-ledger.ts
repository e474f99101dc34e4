import { randomBytes } from 'node:crypto';
import { secretFrom } from '#access';
import type { Views } from '#compliance';
import { openSqliteViews } from '#compliance/sqlite';
import type { EventStore } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { logNames, type Clock, type EntryId, type LogName } from '#kernel';
import type { Config } from '#platform';
import { catchUp, Integrator, Receipts, Recorder, Register, Sequencer, storedLeaf, TreeStore } from '#recording';
import { noteSigner } from '#transparency';
import type { Vault } from '#vault';
import { SqliteVault } from '#vault/sqlite';
import { DataDirectory } from './data-directory.js';
import type { Ledger } from './ledger.js';
import { viewsFile, type Projections } from './projections/projections.js';
import { ThreadedProjections } from './projections/threaded-projections.js';
import { tokenVerifier } from './token-keys.js';
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

/** Marks of the register that share a commit. After a crash as many leaves are read again, which takes a moment. */
const marksPerCommit = 1_000;

type WriteSide = Pick<Ledger, 'store' | 'vault' | 'register' | 'clock' | 'sequencers'>;

/**
 * Opens the embedded profile: everything in SQLite files of one folder, in one process. Before it answers, the
 * register has caught up with both logs, the trees fit the heads that were signed, and blocks that no leaf names are
 * swept away.
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
  const writeSide = await openWriteSide(config, clock, report, {
    directory,
    register: new Register(registerDatabase, marksPerCommit),
  });
  const { store, vault, register, sequencers } = writeSide;
  const start = (log: LogName) =>
    Integrator.start({
      log,
      store,
      tree: new TreeStore(treeDatabase, log),
      signer: noteSigner(`${origin}/${log}`, directory.signingKey(log)),
    });
  const integrators = { entries: await start('entries'), registry: await start('registry') };
  // Not before the log is known to be whole: against an older log, every newer block would look like an orphan.
  const swept = await vault.sweep((id) => digestsOf(id, writeSide));
  if (swept > 0) report.progress(`${swept} sealed blocks without an entry removed`);
  const stopPublishing = publishRegularly(integrators, config.checkpointInterval, report);
  const receipts = new Receipts(origin, directory.signingKey('receipt'));
  const views = openSqliteViews(directory.file(viewsFile));
  const projections = await startProjections({ store, vault, views, directory: config.data, alarm: report.alarm });
  const trails = new TrailStore(directory);
  trails.tidy(clock.now(), config.trailDays);

  return {
    origin,
    ...writeSide,
    recorder: new Recorder({ ...writeSide, receipts }),
    receipts,
    integrators,
    tokens: await tokenVerifier(config, directory.file('keys'), clock),
    trails,
    views,
    projections,
    cursorKey: Buffer.from(secretFrom(directory.file('keys', 'cursor'), freshSecret), 'base64'),
    close: async () => {
      await Promise.all(logNames.map((log) => sequencers[log].close()));
      try {
        await stopPublishing();
      } finally {
        await projections.stop();
        await views.database.destroy();
        await store.close();
        await vault.close();
        register.commit();
        registerDatabase.close();
        treeDatabase.close();
      }
    },
  };
}

async function openWriteSide(
  config: Config,
  clock: Clock,
  report: StartReport,
  { directory, register }: { directory: DataDirectory; register: Register },
): Promise<WriteSide> {
  const store = SqliteEventStore.open(directory.file('log.sqlite'));
  const vault = SqliteVault.open({
    directory: directory.path,
    keyFile: directory.file('keys', 'vault.key'),
    cache: 48,
  });
  for (const log of ['registry', 'entries'] as const) {
    await catchUp(log, { store, vault, register }, (size) => report.progress(`${log}: ${size} entries read`));
  }
  const onClockBehind = (milliseconds: number): void =>
    report.alarm(`the clock is ${milliseconds} ms behind the last entry`, null);
  const sequencer = (log: LogName): Sequencer =>
    new Sequencer({ log, store, vault, register, clock, queueLimit: config.queueLimit, onClockBehind });
  return {
    store,
    vault,
    register,
    clock,
    sequencers: { entries: sequencer('entries'), registry: sequencer('registry') },
  };
}

/** Publishes checkpoints of what grew. @returns stops it, after a last one */
function publishRegularly(
  integrators: Ledger['integrators'],
  interval: number,
  report: StartReport,
): () => Promise<void> {
  const advance = (): Promise<unknown> => Promise.all(logNames.map((log) => integrators[log].advance()));
  const timer = setInterval(() => {
    advance().catch((error: unknown) => report.alarm('no checkpoint could be published', error));
  }, interval);
  return async () => {
    clearInterval(timer);
    await advance();
  };
}

const freshSecret = (): string => randomBytes(32).toString('base64');

async function digestsOf(
  id: EntryId,
  { store, register }: { store: EventStore; register: Register },
): Promise<ReadonlySet<string> | null> {
  const place = register.placeOf(id);
  if (place?.log !== 'entries') return null;
  const stored = await storedLeaf(store, place);
  return stored?.leaf.log === 'entries' ? new Set(stored.leaf.statement._sd) : null;
}
