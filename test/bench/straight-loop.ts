import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { validateEntry } from '#catalogue';
import { SqliteEventStore } from '#event-store/sqlite';
import { agencyId, instantAt, treeSize } from '#kernel';
import { parseStrict } from '#platform';
import { prepareEntry } from '#recording';
import { SqliteVault } from '#vault/sqlite';
import type { BenchBatch } from './entries.js';

/**
 * The baseline of batches: the same work in a straight loop without HTTP, sequencer, register and tree. Each batch is
 * parsed, validated, sealed and canonicalised; leaves and blocks are inserted with the same durability.
 *
 * @returns seconds
 */
export async function straightLoop(directory: string, batches: readonly BenchBatch[]): Promise<number> {
  mkdirSync(directory, { recursive: true });
  const store = SqliteEventStore.open(join(directory, 'log.sqlite'));
  const vault = SqliteVault.open({ directory, keyFile: join(directory, 'vault.key') });
  const bodies = batches.map(({ agency, lines }) => ({ agency, lines: lines.map((line) => Buffer.from(line)) }));
  const started = performance.now();
  let size = 0;
  for (const { agency, lines } of bodies) {
    const now = instantAt(Date.now());
    const issuer = agencyId(agency);
    const entries = lines.map((line) => prepareEntry(validateEntry(parseStrict(line), now), issuer, 'agency'));
    const leaves = entries.map((entry) => entry.leafAt(now, treeSize(2)));
    await vault.store(
      entries.flatMap(({ sealed }) => sealed ?? []),
      treeSize(size),
    );
    await store.append('entries', treeSize(size), leaves);
    size += leaves.length;
  }
  const seconds = (performance.now() - started) / 1000;
  await store.close();
  await vault.close();
  return seconds;
}
