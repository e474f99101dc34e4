import { logNames, type LogName } from '#kernel';
import { LedgerBroken, type History } from '../../support/check-ledger.js';
import type { RunningCluster } from '../../support/running-cluster.js';
import { checkAcknowledged, checkHeads, checkIds, readLeaves, type Keys, type ReadLeaf } from './check-log.js';
import { checkTopic, partitionUnder } from './check-topics.js';
import { activeViews, ReferenceFold } from './check-views.js';
import { RawLog, type RawEvent } from './raw-log.js';
import { RawTopics, type RawRecord } from './raw-topics.js';

/** What a check looked at. */
export interface Checked {
  readonly leaves: number;
  readonly heads: number;
  readonly acknowledged: number;
  /** records of the topics that stand there more than once */
  readonly repeated: number;
  /** records that somebody else put into the topics */
  readonly foreign: number;
  readonly quarantined: number;
}

export interface ClusterCheckParts {
  readonly kafka: readonly string[];
  readonly cluster: RunningCluster;
  readonly keys: () => Promise<Keys>;
}

export interface Told {
  readonly history: History;
  /** every id that anybody ever sent */
  readonly sent: ReadonlySet<string>;
  /** what clients complained about */
  readonly findings: readonly string[];
}

/** Where each entry was stored, and under which digests, as the vault's tables say. */
type Places = ReadonlyMap<string, readonly { readonly exchange: string | null; readonly digests: readonly string[] }[]>;

/**
 * Holds a cluster against everything it ever told anybody, from the stores' bytes up: the event store, Kafka and
 * PostgreSQL are read with their own clients. Nobody may write meanwhile.
 */
export class ClusterCheck {
  readonly topics: RawTopics;
  /** records that a scenario wrote into the topics by hand, to be passed over */
  foreign = 0;
  readonly #parts: ClusterCheckParts;
  readonly #fold: ReferenceFold;
  readonly #before: Record<LogName, readonly string[]> = { entries: [], registry: [] };
  #keys: Keys | undefined;
  #log: RawLog | undefined;

  constructor(parts: ClusterCheckParts) {
    this.#parts = parts;
    this.topics = new RawTopics(parts.kafka, parts.cluster.prefix);
    this.#fold = new ReferenceFold(parts.cluster);
  }

  /**
   * @param still does something while no ledger writes: they raise check notes of their own accord
   * @throws LedgerBroken with everything that was found
   */
  async run(told: Told, still: (look: () => Promise<Checked>) => Promise<Checked>): Promise<Checked> {
    const findings: string[] = [...told.findings];
    const keys = await this.#sameKeys(findings);
    const checked = await still(() => this.#look(told, keys, findings));
    if (findings.length > 0) throw new LedgerBroken(findings);
    return checked;
  }

  /** What is found in the logs alone, where nothing else can be relied on; the check's own failure included. */
  async logFindings(told: Told): Promise<readonly string[]> {
    const findings: string[] = [...told.findings];
    try {
      const { logs, heads } = await this.#readLogs(findings);
      await this.#checkLogs(logs, heads, { told, keys: await this.#sameKeys(findings), checkpoints: [] }, findings);
    } catch (error) {
      findings.push(String(error));
    }
    return findings;
  }

  /** I9: what has not caught up; null when everything has. */
  async behind(): Promise<string | null> {
    try {
      return await this.#behind();
    } catch (error) {
      return `a store does not answer: ${String(error)}`;
    }
  }

  async size(log: LogName): Promise<number> {
    return this.#withLog((raw) => raw.size(log));
  }

  async close(): Promise<void> {
    await this.#fold.close();
  }

  async #behind(): Promise<string | null> {
    const sizes = await this.#withLog(async (raw) => {
      const found: Record<LogName, number> = { entries: 0, registry: 0 };
      for (const log of logNames) {
        found[log] = await raw.size(log);
        const head = await raw.last(`${log}.checkpoints`);
        const size = Number(head?.bytes.toString().split('\n')[1] ?? 0);
        if (size !== found[log]) return `the last head of ${log} is at ${size} of ${found[log]}`;
      }
      return found;
    });
    if (typeof sizes === 'string') return sizes;
    const { counts } = await activeViews(this.#parts.cluster);
    for (const [name, { folded, quarantined }] of counts) {
      if (folded + quarantined !== sizes.entries) return `${name} is at ${folded} + ${quarantined} of ${sizes.entries}`;
    }
    const ends = await this.topics.ends('ledger.registry.v1');
    if ((ends.get(0) ?? 0) < sizes.registry)
      return `the topic of the registry is at ${ends.get(0)} of ${sizes.registry}`;
    return null;
  }

  async #withLog<Result>(work: (raw: RawLog) => Promise<Result>): Promise<Result> {
    this.#log ??= new RawLog(this.#parts.cluster.eventStore.url);
    try {
      return await work(this.#log);
    } catch (error) {
      // Its connection may be to a server that is gone.
      this.#log = undefined;
      throw error;
    }
  }

  async #look(told: Told, keys: Keys, findings: string[]): Promise<Checked> {
    const topics = await this.#readTopics();
    const { logs, heads } = await this.#readLogs(findings);
    const headCount = await this.#checkLogs(logs, heads, { told, keys, checkpoints: topics.checkpoints }, findings);
    const places = await this.#places();
    for (const leaf of logs.entries) {
      if (placeOf(leaf, places) === undefined) findings.push(`I1: the vault lacks blocks of entries/${leaf.index}`);
    }
    const { repeated, foreign } = this.#checkTopics(logs, topics, places, findings);
    const views = await activeViews(this.#parts.cluster);
    for (const [name, { folded, quarantined }] of views.counts) {
      if (folded + quarantined !== logs.entries.length)
        findings.push(`I12: ${name} counts ${folded} + ${quarantined} of ${logs.entries.length} leaves`);
    }
    await this.#fold.check(logs, views, findings);
    const quarantined = Math.max(0, ...[...views.counts.values()].map((each) => each.quarantined));
    const leaves = logs.entries.length + logs.registry.length;
    const { length: acknowledged } = told.history.acknowledged;
    return { leaves, heads: headCount, acknowledged, repeated, foreign, quarantined };
  }

  async #checkLogs(
    logs: Readonly<Record<LogName, readonly ReadLeaf[]>>,
    heads: Readonly<Record<LogName, readonly RawEvent[]>>,
    { told: { history, sent }, keys, checkpoints }: { told: Told; keys: Keys; checkpoints: readonly RawRecord[] },
    findings: string[],
  ): Promise<number> {
    for (const log of logNames) this.#unchanged(log, logs[log], findings);
    checkIds(logs, sent, findings);
    checkAcknowledged(logs, history, keys, findings);
    let headCount = 0;
    for (const log of logNames) {
      const served = [...history.checkpoints[log], ...notesOf(checkpoints, log)];
      headCount += checkHeads({ log, leaves: logs[log], persisted: heads[log], served, key: keys[log] }, findings);
    }
    return headCount;
  }

  async #sameKeys(findings: string[]): Promise<Keys> {
    if (this.#keys === undefined) return (this.#keys = await this.#parts.keys());
    // A cluster that refuses to work on a log cannot be asked.
    const present = await this.#parts.keys().catch(() => this.#keys);
    if (JSON.stringify(present) !== JSON.stringify(this.#keys)) findings.push('the keys changed');
    return this.#keys;
  }

  async #readLogs(findings: string[]): Promise<{
    logs: Record<LogName, readonly ReadLeaf[]>;
    heads: Record<LogName, readonly RawEvent[]>;
  }> {
    return this.#withLog(async (raw) => {
      const logs: Record<LogName, readonly ReadLeaf[]> = { entries: [], registry: [] };
      const heads: Record<LogName, readonly RawEvent[]> = { entries: [], registry: [] };
      for (const log of logNames) {
        logs[log] = readLeaves(log, await raw.events(log), findings);
        heads[log] = await raw.events(`${log}.checkpoints`);
        heads[log].forEach(({ revision }, place) => {
          if (revision !== place) findings.push(`I3: the heads of ${log} are not dense at ${place}`);
        });
      }
      return { logs, heads };
    });
  }

  /** I1: what was read before is there again, unchanged. */
  #unchanged(log: LogName, leaves: readonly ReadLeaf[], findings: string[]): void {
    const before = this.#before[log];
    const now = leaves.map(({ hash }) => hash.toString('base64'));
    const changed = before.findIndex((hash, index) => hash !== now[index]);
    if (changed >= 0) findings.push(`I1: ${log}/${changed} is not what it was`);
    else this.#before[log] = now;
  }

  async #places(): Promise<Places> {
    const { postgres, databases } = this.#parts.cluster;
    const rows = (await postgres.run(
      databases.vault,
      `SELECT stored.entry, stored.exchange, array_agg(blocks.digest) AS digests
       FROM nachweis_vault.stored JOIN nachweis_vault.blocks ON blocks.stored = stored.id GROUP BY stored.id`,
    )) as readonly { entry: string; exchange: string | null; digests: readonly string[] }[];
    const places = new Map<string, { exchange: string | null; digests: readonly string[] }[]>();
    for (const { entry, exchange, digests } of rows) {
      places.set(entry, [...(places.get(entry) ?? []), { exchange, digests }]);
    }
    return places;
  }

  async #readTopics(): Promise<Record<LogName | 'checkpoints', readonly RawRecord[]>> {
    const [entries, registry, checkpoints] = await Promise.all([
      this.topics.read('ledger.entries.v1'),
      this.topics.read('ledger.registry.v1'),
      this.topics.read('ledger.checkpoints.v1'),
    ]);
    return { entries, registry, checkpoints };
  }

  #checkTopics(
    logs: Readonly<Record<LogName, readonly ReadLeaf[]>>,
    topics: Readonly<Record<LogName, readonly RawRecord[]>>,
    places: Places,
    findings: string[],
  ): { repeated: number; foreign: number } {
    const { partitionKey: key } = this.#parts.cluster;
    const entries = checkTopic(
      {
        log: 'entries',
        leaves: logs.entries,
        records: topics.entries,
        home: (leaf) => partitionUnder(key, placeOf(leaf, places)?.exchange ?? leaf.id),
        partitions: 12,
        key,
      },
      findings,
    );
    const registry = checkTopic(
      {
        log: 'registry',
        leaves: logs.registry,
        records: topics.registry,
        home: () => 0,
        partitions: 1,
        key: null,
      },
      findings,
    );
    const foreign = entries.foreign + registry.foreign;
    if (foreign !== this.foreign)
      findings.push(`I5: ${foreign} records of the topics are not leaves in order, ${this.foreign} were put there`);
    return { repeated: entries.repeated + registry.repeated, foreign };
  }
}

/** Under which exchange a leaf's blocks were stored: those that have every digest it names. */
const placeOf = ({ id, digests }: ReadLeaf, places: Places) =>
  places.get(id)?.find((place) => digests.every((digest) => place.digests.includes(digest)));

const notesOf = (records: readonly RawRecord[], log: LogName): string[] =>
  records.flatMap(({ headers, value }) => (headers['ce_log'] === log && value !== null ? [value.toString()] : []));
