import { treeSize } from '#kernel';
import { Frontier, leafHash, openCheckpoint, verifierKey, type NoteSigner, type TreeHead } from '#transparency';
import { BackupRefused } from '../backup/backup-refused.js';
import { batchesOf, type Reading } from '../migrate/proven-log.js';
import { WrongUse } from '../wrong-use.js';

/**
 * Requires the log `entries` to reach as far as a checkpoint somebody holds, with the same root.
 *
 * @throws WrongUse when it is no checkpoint of this log
 * @throws BackupRefused when the log ends before it, or has another root there
 */
export async function requireReached(store: Reading, checkpoint: string, { name, vkey }: NoteSigner): Promise<void> {
  const head = opened(checkpoint, name, vkey);
  const size = await store.size('entries');
  if (head.size > size) {
    throw new BackupRefused(
      `the log went on to ${head.size} entries; this backup ends at ${size}: restore a later one`,
    );
  }
  const frontier = Frontier.empty();
  for await (const batch of batchesOf(store, { place: 'backup', stream: 'entries', to: treeSize(head.size) })) {
    for (const { bytes } of batch) frontier.append(leafHash(bytes));
  }
  if (!frontier.root().equals(head.root)) {
    throw new BackupRefused(`the first ${head.size} entries of the backup are not those of the checkpoint`);
  }
}

function opened(checkpoint: string, origin: string, vkey: string): TreeHead {
  try {
    return openCheckpoint(checkpoint, [verifierKey(vkey)], origin);
  } catch (cause) {
    throw new WrongUse(`this is no checkpoint of ${origin}`, { cause });
  }
}
