import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { afterChange, always, isAbout, type AgreementChange, type KnownAgreement, type Times } from '#catalogue';
import { instantAt, leafIndex, treeSize } from '#kernel';
import type { AgencyId, EntryId, ExchangeId, Instant, LeafIndex, LogName, TreeSize } from '#kernel';
import { EarlyCorrections, type EarlyCorrection, type OpenedCorrection } from './early-corrections.js';
import { KnownAgreements } from './known-agreements.js';
import { KnownCorrections, type Correction } from './known-corrections.js';
import { KnownPacks, type PackVersion } from './known-packs.js';
import { KnownSuspensions, type Suspension } from './known-suspensions.js';

/** Where an entry lies. */
export interface Place {
  readonly log: LogName;
  readonly index: LeafIndex;
}

/** Where an entry was recorded, and by whom. */
interface Recorded {
  readonly exchange: ExchangeId;
  readonly issuer: AgencyId;
}

/** What is known of the entries so far, as far as the next entry is judged by it. */
export interface RegisterView {
  placeOf(id: EntryId): Place | undefined;
  timesOf(exchange: ExchangeId): Times | undefined;
  /** From when on others may know of an entry; undefined where its issuer has none of that id in the exchange. */
  openingOf(id: EntryId, where: Recorded): string | undefined;
  /** Corrections that are hidden for the sake of what they correct. */
  earlyOf(corrects: EntryId): readonly EarlyCorrection[];
  isAdmitted(agency: AgencyId): boolean;
  /** The versions of an agreement, and those that take the place of one. */
  agreementsAbout(agreement: string): readonly KnownAgreement[];
  /** The highest version of a rule pack that was published; 0 where none was. */
  latestPack(code: string): number;
}

/** One leaf's mark on the register. */
export interface Mark {
  readonly id: EntryId;
  readonly recordedAt: Instant;
  readonly exchange?: {
    readonly id: ExchangeId;
    /** of the entry */
    readonly issuer: AgencyId;
    readonly times: Times;
    /** from when on others than its issuer may know of the entry */
    readonly since: string;
    readonly opened: readonly OpenedCorrection[];
  };
  readonly early?: EarlyCorrection;
  readonly admitted?: AgencyId;
  /** what it adds to the agreements, or ends of them */
  readonly agreement?: AgreementChange;
  /** the version of a rule pack that it publishes */
  readonly pack?: PackVersion;
  readonly suspension?: Suspension;
  /** what it is never shown without */
  readonly correction?: Correction;
}

/** Raised when it is folded otherwise: a register of another version is forgotten and read back from the logs. */
const version = 5;

/**
 * The register: exchanges as each party sees them, ids seen, agencies admitted, versions of agreements and packs. A fold of
 * both logs, kept in SQLite so that memory stays bounded. It can be deleted and rebuilt, so its commits never wait for
 * the disk; a crash may only leave it behind the log, never ahead, because marks are written after their leaves are
 * durable.
 */
export class Register implements RegisterView {
  readonly #statements: Record<
    'place' | 'alone' | 'opening' | 'open' | 'seen' | 'times' | 'saveTimes' | 'agency' | 'admit' | 'position',
    StatementSync
  >;
  readonly #agreements: KnownAgreements;
  readonly #packs: KnownPacks;
  readonly #suspensions: KnownSuspensions;
  readonly #corrections: KnownCorrections;
  readonly #early: EarlyCorrections;
  #uncommitted = 0;
  readonly #progress = new Map<LogName, { size: TreeSize; lastRecordedAt: Instant }>();
  #turn: Promise<void> = Promise.resolve();

  /**
   * @param marksPerCommit how many marks may share a commit: each commit writes a page for nearly every id. What a
   *   crash takes before it is read back from the log at the next start
   */
  constructor(
    private readonly database: DatabaseSync,
    private readonly marksPerCommit = 1,
  ) {
    forgetOtherVersions(database);
    database.exec(`
      CREATE TABLE IF NOT EXISTS seen (id BLOB PRIMARY KEY, log TEXT NOT NULL, idx INTEGER NOT NULL, exchange BLOB,
        issuer TEXT, open_since TEXT) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS exchange (id BLOB PRIMARY KEY, times TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS agency (id TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS position (log TEXT PRIMARY KEY, size INTEGER NOT NULL, last_recorded_at TEXT NOT NULL);
    `);
    this.#statements = {
      place: database.prepare('SELECT log, idx FROM seen WHERE id = ?'),
      alone: database.prepare('SELECT log, idx FROM seen WHERE id = ? AND exchange IS NULL'),
      opening: database.prepare('SELECT open_since FROM seen WHERE id = ? AND exchange = ? AND issuer = ?'),
      open: database.prepare('UPDATE seen SET open_since = ? WHERE id = ?'),
      seen: database.prepare('INSERT INTO seen (id, log, idx, exchange, issuer, open_since) VALUES (?, ?, ?, ?, ?, ?)'),
      times: database.prepare('SELECT times FROM exchange WHERE id = ?'),
      saveTimes: database.prepare('INSERT OR REPLACE INTO exchange (id, times) VALUES (?, ?)'),
      agency: database.prepare('SELECT 1 FROM agency WHERE id = ?'),
      admit: database.prepare('INSERT OR IGNORE INTO agency (id) VALUES (?)'),
      position: database.prepare('INSERT OR REPLACE INTO position (log, size, last_recorded_at) VALUES (?, ?, ?)'),
    };
    this.#agreements = new KnownAgreements(database);
    this.#packs = new KnownPacks(database);
    this.#suspensions = new KnownSuspensions(database);
    this.#corrections = new KnownCorrections(database);
    this.#early = new EarlyCorrections(database);
    this.#readProgress();
  }

  /** How many leaves of a log the register has seen. */
  size(log: LogName): TreeSize {
    return this.#progress.get(log)?.size ?? treeSize(0);
  }

  lastRecordedAt(log: LogName): Instant {
    return this.#progress.get(log)?.lastRecordedAt ?? instantAt(0);
  }

  placeOf(id: EntryId): Place | undefined {
    return placeIn(this.#statements.place.get(uuidBytes(id)));
  }

  /** Where an entry lies that is known to stand in no exchange. */
  placeAlone(id: EntryId): Place | undefined {
    return placeIn(this.#statements.alone.get(uuidBytes(id)));
  }

  timesOf(exchange: ExchangeId): Times | undefined {
    const row = this.#statements.times.get(uuidBytes(exchange)) as { times: string } | undefined;
    return row && (JSON.parse(row.times) as Times);
  }

  openingOf(id: EntryId, { exchange, issuer }: Recorded): string | undefined {
    const row = this.#statements.opening.get(uuidBytes(id), uuidBytes(exchange), issuer) as
      { open_since: string | null } | undefined;
    return row && (row.open_since ?? always);
  }

  earlyOf(corrects: EntryId): readonly EarlyCorrection[] {
    return this.#early.of(corrects);
  }

  isAdmitted(agency: AgencyId): boolean {
    return this.#statements.agency.get(agency) !== undefined;
  }

  agreementsAbout(agreement: string): readonly KnownAgreement[] {
    return this.#agreements.about(agreement);
  }

  latestPack(code: string): number {
    return this.#packs.latest(code);
  }

  /** Whether an agency is suspended at a moment. What it recorded before stays as it is. */
  isSuspended(agency: AgencyId, at: Instant): boolean {
    return this.#suspensions.isSuspended(agency, at);
  }

  /** What the agency that recorded an entry has corrected in it since, in the order of the log. */
  correctionsOf(entry: EntryId, issuer: AgencyId): readonly EntryId[] {
    return this.#corrections.of(entry, issuer);
  }

  /** Marks the leaves `from`, `from + 1`, … of a log. @throws RangeError when the register is not at `from`. */
  mark(log: LogName, from: TreeSize, marks: readonly Mark[]): void {
    if (this.size(log) !== from) throw new RangeError(`the register is at ${this.size(log)} of ${log}, not at ${from}`);
    const last = marks.at(-1);
    if (last === undefined) return;
    const progress = { size: treeSize(from + marks.length), lastRecordedAt: last.recordedAt };
    try {
      if (!this.database.isTransaction) this.database.exec('BEGIN');
      marks.forEach((mark, i) => {
        this.#write(log, leafIndex(from + i), mark);
        this.#writeStanding(mark, leafIndex(from + i));
      });
      this.#statements.position.run(log, progress.size, progress.lastRecordedAt);
      this.#uncommitted += marks.length;
      if (this.#uncommitted >= this.marksPerCommit) this.commit();
    } catch (error) {
      this.#forgetUncommitted();
      throw error;
    }
    this.#progress.set(log, progress);
  }

  /** Writes what is marked to the file. */
  commit(): void {
    if (this.database.isTransaction) this.database.exec('COMMIT');
    this.#uncommitted = 0;
  }

  #forgetUncommitted(): void {
    if (this.database.isTransaction) this.database.exec('ROLLBACK');
    this.#uncommitted = 0;
    this.#progress.clear();
    this.#readProgress();
  }

  /** Runs one piece of work after the other. An id is unique over both logs, so their sequencers take turns. */
  inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.#turn.then(work);
    this.#turn = next.catch(() => {});
    return next;
  }

  #readProgress(): void {
    for (const row of this.database.prepare('SELECT log, size, last_recorded_at FROM position').all()) {
      const { log, size, last_recorded_at } = row as { log: LogName; size: number; last_recorded_at: Instant };
      this.#progress.set(log, { size: treeSize(size), lastRecordedAt: last_recorded_at });
    }
  }

  #write(log: LogName, index: LeafIndex, { id, exchange, early, admitted, agreement, pack }: Mark): void {
    const named = exchange ? uuidBytes(exchange.id) : null;
    const issuer = exchange?.issuer ?? null;
    this.#statements.seen.run(uuidBytes(id), log, index, named, issuer, columnOf(exchange?.since));
    if (exchange) this.#statements.saveTimes.run(named, JSON.stringify(exchange.times));
    for (const one of exchange?.opened ?? []) this.#statements.open.run(columnOf(one.since), uuidBytes(one.id));
    if (early) this.#early.add(early);
    if (admitted) this.#statements.admit.run(admitted);
    if (agreement) this.#agreements.change(agreement);
    if (pack) this.#packs.add(pack);
  }

  #writeStanding({ id, recordedAt, admitted, suspension, correction }: Mark, index: LeafIndex): void {
    if (admitted) this.#suspensions.end(admitted);
    if (suspension) this.#suspensions.add(suspension, recordedAt);
    if (correction) this.#corrections.add(id, correction, index);
  }
}

function placeIn(row: unknown): Place | undefined {
  const found = row as { readonly log: LogName; readonly idx: number } | undefined;
  return found && { log: found.log, index: leafIndex(found.idx) };
}

function forgetOtherVersions(database: DatabaseSync): void {
  if (Number(database.prepare('PRAGMA user_version').get()?.['user_version']) === version) return;
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  for (const { name } of tables) database.exec(`DROP TABLE "${String(name)}"`);
  database.exec(`PRAGMA user_version = ${version}`);
}

/** The register together with entries that are about to be sequenced: each line of a batch sees the lines before it. */
export class RegisterOverlay implements RegisterView {
  readonly #times = new Map<ExchangeId, Times>();
  readonly #openings = new Map<EntryId, Recorded & { readonly since: string }>();
  readonly #early: EarlyCorrection[] = [];
  readonly #admitted = new Set<AgencyId>();
  readonly #changes: AgreementChange[] = [];
  readonly #packs: PackVersion[] = [];

  constructor(private readonly below: RegisterView) {}

  placeOf(id: EntryId): Place | undefined {
    return this.below.placeOf(id);
  }

  timesOf(exchange: ExchangeId): Times | undefined {
    return this.#times.get(exchange) ?? this.below.timesOf(exchange);
  }

  openingOf(id: EntryId, where: Recorded): string | undefined {
    const opening = this.#openings.get(id);
    const isThere = opening?.exchange === where.exchange && opening.issuer === where.issuer;
    return isThere ? opening.since : this.below.openingOf(id, where);
  }

  earlyOf(corrects: EntryId): readonly EarlyCorrection[] {
    return [...this.below.earlyOf(corrects), ...this.#early.filter((early) => early.corrects === corrects)];
  }

  isAdmitted(agency: AgencyId): boolean {
    return this.#admitted.has(agency) || this.below.isAdmitted(agency);
  }

  agreementsAbout(agreement: string): readonly KnownAgreement[] {
    return this.#changes
      .reduce(afterChange, this.below.agreementsAbout(agreement))
      .filter((one) => isAbout(one, agreement));
  }

  latestPack(code: string): number {
    const published = this.#packs.filter((one) => one.code === code).map(({ version: one }) => one);
    return Math.max(this.below.latestPack(code), ...published);
  }

  add({ id, exchange, early, admitted, agreement, pack }: Omit<Mark, 'recordedAt'>): void {
    if (exchange) {
      this.#times.set(exchange.id, exchange.times);
      for (const one of [{ id, since: exchange.since }, ...exchange.opened]) {
        this.#openings.set(one.id, { exchange: exchange.id, issuer: exchange.issuer, since: one.since });
      }
    }
    if (early) this.#early.push(early);
    if (admitted) this.#admitted.add(admitted);
    if (agreement) this.#changes.push(agreement);
    if (pack) this.#packs.push(pack);
  }

  /** Takes over what another overlay on top of this one has added. */
  absorb(other: RegisterOverlay): void {
    for (const [exchange, times] of other.#times) this.#times.set(exchange, times);
    for (const [id, opening] of other.#openings) this.#openings.set(id, opening);
    this.#early.push(...other.#early);
    for (const agency of other.#admitted) this.#admitted.add(agency);
    this.#changes.push(...other.#changes);
    this.#packs.push(...other.#packs);
  }
}

/** Most entries are open from the beginning. */
const columnOf = (since: string = always): string | null => (since === always ? null : since);

const uuidBytes = (id: EntryId | ExchangeId): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
