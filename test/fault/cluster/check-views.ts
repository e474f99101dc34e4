import { join } from 'node:path';
import { sql } from 'kysely';
import { everyProjection, Projector, type Views } from '#compliance';
import { RegistryFollower } from '#compliance/registry';
import { openSqliteViews } from '#compliance/sqlite';
import { MemoryEventStore } from '#event-store/memory';
import { treeSize, type LogName } from '#kernel';
import { PostgresVault } from '#vault/postgres';
import { clusterOrigin, type RunningCluster } from '../../support/running-cluster.js';
import type { ReadLeaf } from './check-log.js';

const projections = everyProjection;
const foldPatience = 60_000;
const appendedAtOnce = 200;

/** What PostgreSQL says of the generation that is read. */
export interface ActiveViews {
  readonly generation: number;
  /** by projection: leaves folded, leaves put aside */
  readonly counts: ReadonlyMap<string, { readonly folded: number; readonly quarantined: number }>;
}

/** I12 in numbers: how far each projection of the active generation is. */
export async function activeViews({ postgres, databases }: RunningCluster): Promise<ActiveViews> {
  const active = (await postgres.run(
    databases.views,
    `SELECT number FROM nachweis_control.generation WHERE state = 'active'`,
  )) as readonly { number: number }[];
  const generation = Number(active[0]?.number);
  const rows = (await postgres.run(
    databases.views,
    `SELECT name, sum(folded) AS folded, sum(quarantined) AS quarantined FROM views_${generation}.saved_position GROUP BY name`,
  )) as readonly { name: string; folded: string; quarantined: string }[];
  const counts = new Map(
    rows.map(({ name, folded, quarantined }) => [name, { folded: Number(folded), quarantined: Number(quarantined) }]),
  );
  return { generation, counts };
}

/**
 * Folds the whole log a second time, in order, in memory and without Kafka, from the bytes that the checker read itself,
 * and compares the rows one by one with those in PostgreSQL.
 */
export class ReferenceFold {
  readonly #store = new MemoryEventStore();
  readonly #views: Views = openSqliteViews(':memory:');
  readonly #cluster: RunningCluster;
  #vault: Pick<PostgresVault, 'open' | 'exchangesOf' | 'close'> | undefined;
  #projector: Projector | undefined;
  readonly #sizes = { registry: 0, entries: 0 };

  constructor(cluster: RunningCluster) {
    this.#cluster = cluster;
  }

  /** I6: rows of the active generation are those of the reference fold. */
  async check(
    logs: Readonly<Record<LogName, readonly ReadLeaf[]>>,
    { generation }: ActiveViews,
    findings: string[],
  ): Promise<void> {
    const projector = await this.#started();
    await this.#append('registry', logs.registry);
    await this.#append('entries', logs.entries);
    await projector.reached(treeSize(logs.entries.length), AbortSignal.timeout(foldPatience));
    for (const { name, status, failure } of projector.states()) {
      if (status !== 'running') findings.push(`I6: the reference fold of ${name} is ${status}: ${failure}`);
    }
    const { postgres, databases } = this.#cluster;
    for (const table of projections.flatMap(({ tables }) => tables)) {
      const kept = await postgres.run(databases.views, `SELECT * FROM views_${generation}.${table}`);
      const { rows } = await sql<object>`SELECT * FROM ${sql.table(table)}`.execute(this.#views.database);
      compare(table, kept.map(textOf), rows.map(textOf), findings);
    }
  }

  async #append(log: LogName, leaves: readonly ReadLeaf[]): Promise<void> {
    for (let size = this.#sizes[log]; size < leaves.length; size = this.#sizes[log]) {
      const some = leaves.slice(size, size + appendedAtOnce).map(({ bytes }) => bytes);
      await this.#store.append(log, treeSize(size), some);
      this.#sizes[log] = size + some.length;
    }
  }

  async close(): Promise<void> {
    await this.#projector?.stop();
    await this.#vault?.close();
    await this.#views.database.destroy();
  }

  async #started(): Promise<Projector> {
    const { folder } = this.#cluster;
    const settings = this.#cluster.settings('projector');
    const passwordFile = join(folder, 'password');
    this.#vault ??= (await PostgresVault.openReader({
      blocks: { url: settings['NACHWEIS_VAULT'] ?? '', passwordFile },
      keys: { url: settings['NACHWEIS_VAULT_KEYS'] ?? '', passwordFile },
      keyFile: join(folder, 'keys', 'vault.key'),
      origin: clusterOrigin,
    })) as Pick<PostgresVault, 'open' | 'exchangesOf' | 'close'>;
    if (this.#projector === undefined) {
      const given = new RegistryFollower(this.#store);
      this.#projector = new Projector(projections, {
        store: this.#store,
        vault: this.#vault,
        views: this.#views,
        given,
      });
      await this.#projector.start();
    }
    return this.#projector;
  }
}

function compare(table: string, kept: readonly string[], wanted: readonly string[], findings: string[]): void {
  const [has, needs] = [new Set(kept), new Set(wanted)];
  const missing = wanted.filter((row) => !has.has(row));
  const surplus = kept.filter((row) => !needs.has(row));
  if (kept.length !== wanted.length || missing.length > 0 || surplus.length > 0) {
    const first = (rows: readonly string[]): string => rows[0]?.slice(0, 300) ?? 'none';
    findings.push(
      `I6: ${table} has ${kept.length} rows, the reference fold ${wanted.length}; missing: ${first(missing)}; not wanted: ${first(surplus)}`,
    );
  }
}

/** One text for a row, whatever a driver makes of numbers and whatever the order of columns. */
function textOf(row: object): string {
  const cells = Object.entries(row as Readonly<Record<string, string | number | bigint | object | null>>)
    // One driver reads JSON, the other leaves it as it is.
    .map(([column, value]) => [column, typeof value === 'object' ? value && JSON.stringify(value) : String(value)])
    .toSorted(([a], [b]) => String(a).localeCompare(String(b)));
  return JSON.stringify(cells);
}
