import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { everyProjection, Projector } from '#compliance';
import { RegistryFollower } from '#compliance/registry';
import { openSqliteViews } from '#compliance/sqlite';
import { SqliteEventStore } from '#event-store/sqlite';
import { leafIndex, type TreeSize } from '#kernel';
import { TreeStore } from '#recording';
import { verifyTrail } from '#trail';
import { inclusionProof, verifyInclusion } from '#transparency';
import { SqliteVault } from '#vault/sqlite';

const rate = (count: number, started: number): number => count / ((performance.now() - started) / 1000);

/** Proofs a second of random leaves, and the baseline: their hashes alone, computed one by one. */
export async function measureProofs(data: string): Promise<{ figure: number; baseline: number }> {
  const database = new DatabaseSync(join(data, 'tree.sqlite'));
  const tree = new TreeStore(database, 'entries');
  const { size } = tree;
  const indexes = Array.from({ length: 5_000 }, (_, i) => leafIndex(Math.floor((i * 2_654_435_761) % size)));
  let started = performance.now();
  const proofs = indexes.map((index) => inclusionProof(index, size, tree.nodes));
  const figure = rate(indexes.length, started);
  const pair = Buffer.alloc(65, 1);
  started = performance.now();
  for (const proof of proofs) for (let i = 0; i < proof.length; i++) createHash('sha256').update(pair).digest();
  const baseline = rate(indexes.length, started);
  const root = tree.root();
  proofs.forEach((proof, i) => {
    const index = indexes[i] ?? leafIndex(0);
    verifyInclusion(
      index,
      size,
      tree.tile(0, Math.floor(index / 256)).subarray((index % 256) * 32, (index % 256) * 32 + 32),
      proof,
      root,
    );
  });
  database.close();
  return { figure, baseline };
}

/**
 * Entries a second of verifying a trail, and the baseline: hashing the same leaves and nodes one by one, and as many
 * disclosures as the trail opens.
 */
export async function measureVerification(
  zip: string,
  logKey: string,
  data: string,
): Promise<{ figure: number; baseline: number; verdict: string }> {
  let started = performance.now();
  const { verdict, entries, blocks } = await verifyTrail(zip, { logKey });
  const figure = rate(entries, started);
  const store = SqliteEventStore.open(join(data, 'log.sqlite'));
  const leaves: Buffer[] = [];
  for (let from = 0; from < entries; from += 400) {
    for (const { bytes } of await store.read('entries', leafIndex(from), 400)) leaves.push(bytes);
  }
  await store.close();
  const pair = Buffer.alloc(65, 1);
  const disclosure = 'A'.repeat(600);
  started = performance.now();
  for (const leaf of leaves) {
    createHash('sha256').update(Buffer.of(0)).update(leaf).digest();
    createHash('sha256').update(pair).digest();
  }
  for (let i = 0; i < blocks.disclosed; i++) createHash('sha256').update(disclosure).digest('base64url');
  return { figure, baseline: rate(leaves.length, started), verdict };
}

/** Entries a second of folding all views, and the baseline: a bare insert of the same rows, one commit a batch of 400. */
export async function measureProjections(data: string): Promise<{ figure: number; baseline: number }> {
  const store = SqliteEventStore.open(join(data, 'log.sqlite'));
  const vault = SqliteVault.open({ directory: data, keyFile: join(data, 'keys', 'vault.key') });
  const file = join(data, 'rebuilt.sqlite');
  const views = openSqliteViews(file);
  const projector = new Projector(everyProjection, { store, vault, views, given: new RegistryFollower(store) });
  const size: TreeSize = await store.size('entries');
  const started = performance.now();
  await projector.start();
  await projector.reached(size, AbortSignal.timeout(3_600_000));
  const figure = rate(size, started);
  await projector.stop();
  await views.database.destroy();
  await store.close();
  await vault.close();
  return { figure, baseline: bareInsert(file, size) };
}

function bareInsert(file: string, entries: number): number {
  const source = new DatabaseSync(file, { readOnly: true });
  const target = new DatabaseSync(`${file}.bare`);
  target.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  const names = source
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  const tables = names.map((row) => {
    const { name, sql } = row as { name: string; sql: string };
    target.exec(sql);
    return { name, rows: source.prepare(`SELECT * FROM "${name}"`).all() };
  });
  const started = performance.now();
  for (const { name, rows } of tables) {
    const [first] = rows;
    if (first === undefined) continue;
    const insert = target.prepare(
      `INSERT INTO "${name}" VALUES (${Object.keys(first)
        .map(() => '?')
        .join(', ')})`,
    );
    for (let from = 0; from < rows.length; from += 400) {
      target.exec('BEGIN');
      for (const row of rows.slice(from, from + 400)) insert.run(...Object.values(row));
      target.exec('COMMIT');
    }
  }
  const baseline = rate(entries, started);
  source.close();
  target.close();
  return baseline;
}
