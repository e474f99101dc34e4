import { join } from 'node:path';
import { baseline } from './baseline.js';
import type { BareInserting, TableRows, Value } from './bare-inserts.js';
import { ended, paceOf, type BenchCluster, type Pace } from './bench-cluster.js';
import { memoryOf } from './process-memory.js';
import { recordsIn } from './relaying.js';

export interface FoldingMeasured {
  /** leaves a second, in each round, folded anew by one projector and by two */
  readonly one: number[];
  readonly two: number[];
  readonly bare: number[];
  /** MiB of the largest projector */
  readonly memory: number;
}

/** The largest batch that a projector folds in one transaction. */
const batchOfLeaves = 400;

/** Views are built anew by one projector, then by two; then rows like theirs are inserted without anything else. */
export async function measureFolding(bench: BenchCluster, topics: string, rounds: number): Promise<FoldingMeasured> {
  const measured = { one: [] as number[], two: [] as number[], bare: [] as number[], memory: 0 };
  await foldFirst(bench, topics);
  for (let round = 0; round < rounds; round++) {
    for (const [count, rates] of [
      [1, measured.one],
      [2, measured.two],
    ] as const) {
      const { rate, memory } = await rebuild(bench, topics, count);
      rates.push(rate);
      measured.memory = Math.max(measured.memory, memory);
    }
    measured.bare.push(await bareRate(bench, topics));
  }
  return measured;
}

/** The generation that is read must be complete, or projectors would build it beside the one that is measured. */
async function foldFirst(bench: BenchCluster, topics: string): Promise<void> {
  const projector = bench.launch('projector', topics);
  await paceOf(bench.recorded, () => bench.folded(1));
  await ended(projector);
}

async function rebuild(bench: BenchCluster, topics: string, count: number): Promise<Pace & { memory: number }> {
  const projectors = Array.from({ length: count }, () => bench.launch('projector', topics));
  await Promise.all(projectors.map(({ ready }) => ready));
  const said = await bench.cluster.cli('postgres', ['rebuild', 'start']);
  const generation = Number(/generation (\d+)/.exec(said)?.[1]);
  const pace = await paceOf(bench.recorded, () => bench.folded(generation));
  const memory = Math.max(...projectors.map((projector) => memoryOf(projector).peak));
  for (const projector of projectors) await ended(projector);
  await bench.cluster.cli('postgres', ['rebuild', 'drop', String(generation)]);
  return { ...pace, memory };
}

const source = 'views_1';
const target = 'bare';

async function bareRate(bench: BenchCluster, topics: string): Promise<number> {
  const { cluster, recorded: leaves } = bench;
  const tables = await tablesOf(bench);
  await bench.ask(`DROP SCHEMA IF EXISTS ${target} CASCADE; CREATE SCHEMA ${target}`);
  for (const table of tables) await bench.ask(`CREATE TABLE ${target}.${table} (LIKE ${source}.${table} INCLUDING ALL)`);
  const places = await batchesOfLeaves(bench, topics);
  const batches = Array.from({ length: Math.max(...places.values()) + 1 }, () => [] as TableRows[]);
  for (const table of tables) {
    const rows = Map.groupBy(await rowsOf(bench, table), ({ last }) => places.get(last) ?? 0);
    for (const [place, some] of rows) batches[place]?.push({ table, rows: some.map(({ row }) => row) });
  }
  const url = cluster.postgres.url(cluster.databases.views);
  const work: BareInserting = { url, schema: target, batches, leaves };
  return baseline('bare-inserts', join(cluster.folder, 'rows'), work);
}

async function tablesOf(bench: BenchCluster): Promise<readonly string[]> {
  const rows = await bench.ask<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = '${source}'
      AND tablename NOT IN ('saved_position', 'quarantine') ORDER BY tablename`,
  );
  return rows.map(({ name }) => name);
}

/** In which batch each leaf comes when every partition is cut into batches from its beginning, in turn. */
async function batchesOfLeaves(bench: BenchCluster, topics: string): Promise<ReadonlyMap<number, number>> {
  const partitions = await recordsIn(bench, topics);
  const leaves = partitions.flatMap((records, partition) =>
    records.map(({ headers }, at) => ({
      index: Number(headers['ce_index']),
      batch: `${Math.floor(at / batchOfLeaves)}`.padStart(9, '0') + ` ${partition}`,
    })),
  );
  const order = [...new Set(leaves.map(({ batch }) => batch))].toSorted();
  const places = new Map(order.map((batch, place) => [batch, place]));
  return new Map(leaves.map(({ index, batch }) => [index, places.get(batch) ?? 0]));
}

/** The rows of a table, each with the index of the leaf that wrote it last. */
async function rowsOf(bench: BenchCluster, table: string): Promise<readonly { last: number; row: Value[] }[]> {
  const found = await bench.ask<Record<string, Value>>(`SELECT * FROM ${source}.${table}`);
  const lasts = await bench.ask<{ exchange: string; last: string }>(
    `SELECT exchange, max(entry_index) AS last FROM ${source}.recorded_entry GROUP BY exchange`,
  );
  const lastOf = new Map(lasts.map(({ exchange, last }) => [exchange, Number(last)]));
  return found.map((row) => ({
    last: Number(row['entry_index'] ?? lastOf.get(String(row['exchange'])) ?? 0),
    row: Object.values(row),
  }));
}
