import { randomBytes } from 'node:crypto';
import { nonceBytes, openBlock, sealBlock } from '../cipher.js';
import { given } from '../seal-entries.js';
import { usableKey } from './block-reader.js';
import { isLive, type BlockRow, type BlockTables, type LiveRow } from './block-tables.js';
import type { KeyTables } from './key-tables.js';

/**
 * Notes that the keys of leaving blocks are to be destroyed. Blocks under the same keys that are to stay get a fresh
 * key first, which is durable before they are under it.
 *
 * @param rows every block of the stored rows that the leaving ones belong to, held against others
 * @throws VaultDamaged when a block that is to stay cannot be opened
 */
export async function doomKeysOf(
  leaving: readonly LiveRow[],
  rows: readonly BlockRow[],
  { blocks, keys }: { blocks: BlockTables; keys: KeyTables },
): Promise<void> {
  if (leaving.length === 0) return;
  const gone = new Set<BlockRow>(leaving);
  const doomed = new Set(leaving.map(({ key }) => key));
  const staying = Map.groupBy(
    rows.filter(isLive).filter((row) => doomed.has(row.key) && !gone.has(row)),
    ({ key }) => key,
  );
  if (staying.size > 0) await blocks.reseal(await resealed(staying, keys));
  await blocks.doom([...doomed]);
}

async function resealed(
  staying: ReadonlyMap<string, readonly LiveRow[]>,
  keys: KeyTables,
): Promise<{ row: LiveRow; key: string; sealed: Buffer }[]> {
  const old = await keys.dataKeys(staying.keys());
  const opened = [...staying].map(([id, rows]) =>
    rows.map((row) => ({ row, encoded: openBlock(usableKey(row, old.get(id)), row.entry, row, row.sealed) })),
  );
  const { data } = await keys.create(opened.length, new Set());
  return opened.flatMap((blocks, place) => {
    const { id, key } = given(data[place]);
    return blocks.map(({ row, encoded }) => ({
      row,
      key: id,
      sealed: sealBlock(key, randomBytes(nonceBytes), row.entry, { ...row, encoded }),
    }));
  });
}
