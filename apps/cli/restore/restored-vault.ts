import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { leafIndex, type EntryId } from '#kernel';
import { parseLeaf, type EntryLeaf } from '#statement';
import { VaultDamaged, VaultRefused, type OpenedBlock, type Vault } from '#vault';
import { SqliteVault } from '#vault/sqlite';
import { BackupRefused } from '../backup/backup-refused.js';
import { batchesOf, type Progress, type Reading } from '../migrate/proven-log.js';

/** What became of blocks and keys that were copied at different times. */
export interface Settled {
  /** blocks whose key was destroyed after the blocks were copied: now marked erased */
  readonly erased: number;
  /** keys that were destroyed before the blocks were copied, or made after: removed */
  readonly keys: number;
}

/**
 * Brings copies of blocks and keys from different moments to the later state of each block: what was erased in either
 * of them is erased in both, so that older keys revive nothing the blocks know as erased.
 *
 * @throws BackupRefused when the keys are older than blocks they should open
 */
export function settleErasures(folder: string): Settled {
  const database = new DatabaseSync(join(folder, 'vault.sqlite'));
  try {
    database.exec('PRAGMA secure_delete = ON; PRAGMA synchronous = FULL');
    database.prepare('ATTACH ? AS kept').run(join(folder, 'keys.sqlite'));
    database.exec('PRAGMA kept.secure_delete = ON');
    const lost = database.prepare('SELECT count(*) AS n FROM blocks WHERE key >= (SELECT next FROM kept.vault)').get();
    if (lost?.['n'] !== 0) {
      throw new BackupRefused(
        `the keys are older than the blocks: they lack the keys of ${String(lost?.['n'])} blocks; take a later copy of the keys`,
      );
    }
    database.exec('BEGIN');
    const erased = database
      .prepare(
        'UPDATE blocks SET key = NULL, sealed = NULL WHERE key IS NOT NULL AND key NOT IN (SELECT id FROM kept.data_keys)',
      )
      .run();
    database.exec(
      `DELETE FROM tokens WHERE stored IN (SELECT stored FROM blocks WHERE block = 'people' AND key IS NULL)`,
    );
    const keys = database
      .prepare('DELETE FROM kept.data_keys WHERE id NOT IN (SELECT key FROM blocks WHERE key IS NOT NULL)')
      .run();
    database.exec('COMMIT');
    return { erased: Number(erased.changes), keys: Number(keys.changes) };
  } finally {
    database.close();
  }
}

/** How many blocks the leaves name. */
export interface BlockCount {
  readonly sealed: number;
  readonly erased: number;
}

/**
 * Opens every block that a leaf names, and compares it with its commitment.
 *
 * @throws BackupRefused when keys and blocks do not belong together, or a block is missing or cannot be opened
 */
export async function proveBlocks(folder: string, store: Reading, progress: Progress): Promise<BlockCount> {
  const vault = openVault(folder);
  try {
    const size = await store.size('entries');
    let [sealed, erased] = [0, 0];
    for await (const batch of batchesOf(store, { place: 'backup', stream: 'entries', to: size })) {
      const leaves = batch.map(({ bytes }) => parseLeaf(bytes)).filter((leaf) => leaf.log === 'entries');
      const opened = await openAll(vault, leaves);
      leaves.forEach((leaf, at) => {
        for (const block of namedBlocks(leaf, opened, leafIndex((batch[0]?.index ?? 0) + at))) {
          if ('erased' in block) erased += 1;
          else sealed += 1;
        }
      });
      progress('blocks', (batch.at(-1)?.index ?? 0) + 1, size);
    }
    return { sealed, erased };
  } finally {
    await vault.close();
  }
}

function openVault(folder: string): SqliteVault {
  try {
    return SqliteVault.open({ directory: folder, keyFile: join(folder, 'keys', 'vault.key') });
  } catch (cause) {
    if (cause instanceof VaultRefused) throw new BackupRefused(cause.message, { cause });
    throw cause;
  }
}

async function openAll(vault: Vault, leaves: readonly EntryLeaf[]): ReturnType<Vault['open']> {
  try {
    return await vault.open(leaves.map(({ statement }) => statement.jti));
  } catch (cause) {
    if (cause instanceof VaultDamaged) throw new BackupRefused(cause.message, { cause });
    throw cause;
  }
}

function namedBlocks(
  { statement }: EntryLeaf,
  opened: ReadonlyMap<EntryId, readonly OpenedBlock[]>,
  index: number,
): OpenedBlock[] {
  const blocks = new Map(opened.get(statement.jti)?.map((block) => [block.digest, block]));
  return statement._sd.map((digest) => {
    const block = blocks.get(digest);
    if (block === undefined) throw new BackupRefused(`entries/${index}: a block of entry ${statement.jti} is missing`);
    return block;
  });
}
