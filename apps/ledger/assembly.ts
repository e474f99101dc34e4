import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { secretFrom } from '#access';
import type { Views, ViewsDatabase } from '#compliance';
import { RegistryFollower } from '#compliance/registry';
import type { EventStore } from '#event-store';
import {
  logNames,
  realPause,
  treeSize,
  type Clock,
  type EntryId,
  type Instant,
  type LogName,
  type Pause,
} from '#kernel';
import { Metrics, RecordingFigures, type Closing, type Config, type HealthIndicator } from '#platform';
import {
  alone,
  catchUpWithAll,
  Coordination,
  Integrator,
  Receipts,
  Recorder,
  Register,
  requireOwnLog,
  Sequencer,
  type SequencerWatch,
  storedLeaf,
  TreeStore,
} from '#recording';
import { noteSigner } from '#transparency';
import { VaultUnavailable, type Vault } from '#vault';
import { CheckNotes, type CheckNotesParts } from './check-notes/check-notes.js';
import { AssessmentStore } from './assessments/assessment-store.js';
import type { DataDirectory } from './data-directory.js';
import type { Ledger } from './ledger.js';
import { LibraryStore } from './library/library-store.js';
import type { Projections } from './projections/projections.js';
import { recordingHealth } from './recording-health.js';
import type { SearchResults } from './searches/searches.js';
import { tidyRegularly } from './tidy-regularly.js';
import { tokenVerifier } from './token-keys.js';
import { TrailStore } from './trails/trail-store.js';

/** What a start tells its operator. */
export interface StartReport {
  progress(what: string): void;
  alarm(what: string, error: unknown): void;
}

/** What a profile chooses: where everything is kept, and who else works on it. */
export interface Stores {
  readonly directory: DataDirectory;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly views: Views;
  readonly coordination?: Coordination;
  readonly searchResults: SearchResults;
  /** what else is asked when somebody asks how the ledger is: stores that lie elsewhere */
  readonly health?: readonly HealthIndicator[];
  /** milliseconds in which an entry is recorded or refused, where a store may hang */
  readonly recordingPatience?: number;
  /** Called once the register is up to date. */
  startProjections(): Promise<Projections>;
  /** The views with every row, whoever it concerns. Once projections have started. */
  readonly wholeViews: () => Promise<ViewsDatabase>;
  /**
   * waits until something is due, by the ledger's clock; `never` leaves raising check notes to whoever asks for it, and
   * what is past its days to the next start
   */
  readonly untilDue?: Pause | 'never';
  /** Keeps up with other ledgers on the same logs, where there may be any. */
  follow?(register: Register): { refresh(): Promise<boolean>; stop(): Promise<void> };
  /** closes what was opened for the ledger, last opened first: views, store and vault are in it already */
  readonly closing: Closing;
}

/** Marks of the register that share a commit. After a crash as many leaves are read again, which takes a moment. */
const marksPerCommit = 1_000;

/**
 * Puts a ledger together. Before it answers, the register has caught up with both logs, the trees fit the heads that
 * were signed, and blocks that no leaf names are swept away. What is opened goes into `closing`, also of a start that
 * fails.
 *
 * @throws DataInUse, LogDamaged, UnsafeKeyFile
 */
export async function assembleLedger(
  config: Config,
  clock: Clock,
  report: StartReport,
  stores: Stores,
): Promise<Ledger> {
  const { origin } = config;
  const { directory, store, vault, views, closing } = stores;
  const metrics = new Metrics();
  const figures = new RecordingFigures(metrics);
  const { register, sequencers, integrators } = await startWriting(config, clock, report, { ...stores, figures });
  const receipts = new Receipts(origin, directory.signingKey('receipt'));
  const projections = await stores.startProjections();
  closing.add(() => projections.stop());
  const follower = stores.follow?.(register);
  closing.add(() => follower?.stop());
  const recorder = new Recorder({ store, vault, register, receipts, sequencers });
  const registry = new RegistryFollower(store);
  const tokens = await tokenVerifier(config, directory.keys, clock);
  closing.add(async () => {
    await Promise.all(logNames.map((log) => sequencers[log].close()));
    await Promise.all(logNames.map((log) => integrators[log].advance()));
  });
  const noted = { store, register, registry, clock, recorder, sequencers, projections, metrics };
  const checkNotes = startCheckNotes({ ...noted, settling: config.checkNoteDelay }, stores, report);
  closing.add(() => checkNotes.stop());
  const kept = await keptFiles(config, clock, report, { ...stores, register });
  return {
    origin,
    clock,
    store,
    vault,
    register,
    registry,
    sequencers,
    recorder,
    checkNotes,
    receipts,
    integrators,
    tokens,
    ...kept,
    views,
    projections,
    wholeViews: stores.wholeViews,
    searchResults: stores.searchResults,
    health: [
      ...(stores.health ?? []),
      ...recordingHealth({ sequencers, figures }, config.checkpointInterval),
      checkNotes.health,
    ],
    metrics,
    damaged: damagedTo(report),
    cursorKey: Buffer.from(secretFrom(join(directory.keys, 'cursor'), freshSecret), 'base64'),
    refresh: async () => {
      await follower?.refresh();
      return follower !== undefined;
    },
    close: () => closing.close(),
  };
}

/** The write side: once it returns, the register has caught up, trees fit their heads, and orphans are gone. */
async function startWriting(
  config: Config,
  clock: Clock,
  report: StartReport,
  stores: Stores & { readonly figures: RecordingFigures },
): Promise<Pick<Ledger, 'register' | 'sequencers' | 'integrators'>> {
  const { closing, figures } = stores;
  const treeDatabase = derivedIn(stores, 'tree.sqlite');
  const register = await registerOf(stores, derivedIn(stores, 'register.sqlite'), config.origin, report);
  closing.add(() => register.commit());
  const sequencers = sequencersOf(config, clock, report, { ...stores, register, watch: figures });
  const integrators = await startIntegrators(config.origin, stores, treeDatabase);
  // Not before the log is known to be whole: against an older log, every newer block would look like an orphan.
  await sweepOrphans(stores, register, report);
  closing.add(publishRegularly(integrators, config.checkpointInterval, { report, figures }));
  return { register, sequencers, integrators };
}

function startCheckNotes(
  parts: Omit<CheckNotesParts, 'views' | 'pause' | 'urgent' | 'troubled'>,
  { wholeViews, untilDue = realPause }: Stores,
  { progress, alarm }: StartReport,
): CheckNotes {
  const pause = untilDue === 'never' ? realPause : untilDue;
  const checkNotes = new CheckNotes({ ...parts, views: wholeViews, pause, urgent: progress, troubled: alarm });
  if (untilDue !== 'never') checkNotes.start();
  return checkNotes;
}

/** What lies in files outside of the logs; what is past its days is destroyed, now and from time to time. */
async function keptFiles(
  { trailDays }: Config,
  clock: Clock,
  { alarm }: StartReport,
  { directory, register, closing, untilDue = realPause }: Stores & { readonly register: Register },
): Promise<Pick<Ledger, 'trails' | 'assessments' | 'library'>> {
  const trails = new TrailStore(directory);
  trails.tidy(clock.now(), trailDays);
  const assessments = new AssessmentStore(directory);
  const tidy = (over: Instant): Promise<void> =>
    assessments.tidy(over, (entry) => register.placeOf(entry) !== undefined);
  await tidy(clock.now());
  const both = async (over: Instant): Promise<void> => {
    trails.expire(over, trailDays);
    await tidy(over);
  };
  if (untilDue !== 'never') closing.add(tidyRegularly({ clock, pause: untilDue, tidy: both, troubled: alarm }));
  return { trails, assessments, library: new LibraryStore(directory.library) };
}

function derivedIn({ directory, closing }: Stores, name: string): DatabaseSync {
  const database = directory.derived(name);
  closing.add(() => database.close());
  return database;
}

/** The register, up to the end of both logs. */
async function registerOf(
  { store, vault }: Stores,
  database: DatabaseSync,
  origin: string,
  report: StartReport,
): Promise<Register> {
  const register = new Register(database, marksPerCommit);
  // The register would keep what it is told, and a mistaken setting would outlive its correction.
  await Promise.all(logNames.map((log) => requireOwnLog(store, log, origin)));
  await catchUpWithAll({ store, vault, register, damaged: damagedTo(report) }, (log, size) =>
    report.progress(`${log}: ${size} entries read`),
  );
  return register;
}

const damagedTo =
  ({ alarm }: StartReport): Ledger['damaged'] =>
  (error) =>
    alarm('a block cannot be opened', error);

async function startIntegrators(
  origin: string,
  { store, directory }: Stores,
  trees: DatabaseSync,
): Promise<Ledger['integrators']> {
  const start = (log: LogName) =>
    Integrator.start({
      log,
      store,
      tree: new TreeStore(trees, log),
      signer: noteSigner(`${origin}/${log}`, directory.signingKey(log)),
    });
  return { entries: await start('entries'), registry: await start('registry') };
}

async function sweepOrphans(
  { store, vault, coordination }: Stores,
  register: Register,
  report: StartReport,
): Promise<void> {
  const size = register.size('entries');
  // Alone, nobody is about to append: also what expects the size of now will never get its leaf.
  const sweepable = coordination === undefined ? treeSize(size + 1) : size;
  try {
    const swept = await vault.sweep(sweepable, (id) => digestsOf(id, { store, register }));
    if (swept > 0) report.progress(`${swept} sealed blocks without an entry removed`);
  } catch (error) {
    // Another ledger may hang in the middle of storing. Orphans harm nobody; the next start looks again.
    if (coordination === undefined || !(error instanceof VaultUnavailable)) throw error;
    report.alarm('orphaned blocks could not be swept', error);
  }
}

function sequencersOf(
  config: Config,
  clock: Clock,
  report: StartReport,
  parts: Pick<Ledger, 'store' | 'vault' | 'register'> & {
    readonly coordination?: Coordination;
    readonly recordingPatience?: number;
    readonly watch: SequencerWatch;
  },
): Ledger['sequencers'] {
  const { store, vault, register, watch, coordination = alone, recordingPatience: patience } = parts;
  const onClockBehind = (milliseconds: number): void =>
    report.alarm(`the clock is ${milliseconds} ms behind the last entry`, null);
  const sequencer = (log: LogName): Sequencer =>
    new Sequencer({
      log,
      store,
      vault,
      register,
      clock,
      coordination,
      watch,
      queueLimit: config.queueLimit,
      onClockBehind,
      ...(patience !== undefined && { patience }),
    });
  return { entries: sequencer('entries'), registry: sequencer('registry') };
}

/** Publishes checkpoints of what grew. @returns what stops it */
function publishRegularly(
  integrators: Ledger['integrators'],
  interval: number,
  { report, figures }: { report: StartReport; figures: RecordingFigures },
): () => void {
  const advanceOne = async (log: LogName): Promise<void> => {
    await integrators[log].advance();
    figures.covered(log);
  };
  const timer = setInterval(() => {
    Promise.all(logNames.map(advanceOne)).catch((error: unknown) =>
      report.alarm('no checkpoint could be published', error),
    );
  }, interval);
  return () => clearInterval(timer);
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
