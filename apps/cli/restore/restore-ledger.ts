import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isNativeError } from 'node:util/types';
import { logNames } from '#kernel';
import { noteSigner } from '#transparency';
import { BackupRefused } from '../backup/backup-refused.js';
import { contentsOf } from '../backup/empty-folder.js';
import { openLogFile } from '../backup/log-copy.js';
import { listedFile, readManifest, type Manifest } from '../backup/manifest.js';
import { copyFile, syncPath } from '../backup/written-file.js';
import { proveLog, type Progress, type ProvenLog } from '../migrate/proven-log.js';
import { WrongUse } from '../wrong-use.js';
import { requireReached } from './reached-checkpoint.js';
import { placeInLedger, settleAssessments } from './restored-assessments.js';
import { proveBlocks, settleErasures, type BlockCount, type Settled } from './restored-vault.js';

export interface RestorePlan {
  /** folder of `nachweis backup` */
  readonly backup: string;
  /** folder of `nachweis backup --keys` */
  readonly keys: string;
  /** where the ledger shall find its data: a folder that does not exist or is empty */
  readonly data: string;
  /** a checkpoint of `entries` somebody holds: the backup must reach as far */
  readonly checkpoint?: string;
}

export interface Restored {
  readonly ledger: Manifest;
  readonly keys: Manifest;
  readonly logs: readonly ProvenLog[];
  readonly blocks: BlockCount;
  readonly settled: Settled;
}

const draftName = '.restoring';

/**
 * In this order, because a ledger started on a part of it, after a power loss, must refuse: keys without blocks are
 * refused, blocks without their log would be swept away.
 */
const order = ['keys.sqlite', 'origin', 'keys', 'trails', 'log.sqlite', 'vault.sqlite'];

/**
 * Puts a ledger back from its backups. All is copied to a draft in the folder and checked there, then moved to its
 * place: a ledger starts on all of it or not at all.
 *
 * @throws WrongUse when the folder holds something
 * @throws BackupRefused, LogRefused when a file, a leaf, a tree head or a block is not what it was
 */
export async function restoreLedger(plan: RestorePlan, progress: Progress): Promise<Restored> {
  const { backup, keys, data, checkpoint } = plan;
  const ledger = readManifest(backup, 'ledger');
  const secrets = readManifest(keys, 'keys');
  if (ledger.origin !== secrets.origin) {
    throw new BackupRefused(`the backup is of ${ledger.origin}, the keys are of ${secrets.origin}`);
  }
  const place = resolve(data);
  const made = makeDraft(place);
  const draft = join(place, draftName);
  try {
    await copyListed(backup, ledger, draft, progress);
    await copyListed(keys, secrets, draft, progress);
    if (readFileSync(join(draft, 'origin'), 'utf8') !== `${ledger.origin}\n`) {
      throw new BackupRefused(`${join(backup, 'origin')} names another ledger than the manifest`);
    }
    const settled = settleErasures(draft);
    const proven = await proveContent(draft, ledger, checkpoint, progress);
    syncAll(draft);
    install(draft, place);
    return { ledger, keys: secrets, settled, ...proven };
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    throw error;
  }
}

/** @returns the topmost folder that was made */
function makeDraft(place: string): string {
  const [strange] = contentsOf(place);
  if (strange === draftName) {
    throw new WrongUse(`${join(place, draftName)} is in the way: another restore runs, or one was cut off; remove it`);
  }
  if (strange !== undefined) throw new WrongUse(`${place} is not empty; a restore overwrites nothing`);
  const draft = join(place, draftName);
  const made = mkdirSync(join(draft, 'keys'), { recursive: true, mode: 0o700 });
  return made ?? draft;
}

function syncAll(folder: string): void {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const { parentPath, name } of found) syncPath(join(parentPath, name));
  syncPath(folder);
}

function install(draft: string, place: string): void {
  const strange = contentsOf(place).find((name) => name !== draftName);
  if (strange !== undefined) throw new WrongUse(`${join(place, strange)} has appeared meanwhile`);
  // No trails where there were no assessments.
  for (const name of order.filter((one) => one !== 'trails' || existsSync(join(draft, one)))) {
    renameSync(join(draft, name), join(place, name));
    syncPath(place);
  }
  rmSync(draft, { recursive: true });
  syncPath(dirname(place));
}

/** What is checked are the copies: they are what a ledger will run on. */
async function copyListed(from: string, { files }: Manifest, draft: string, progress: Progress): Promise<void> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const { name, bytes, sha256 } of files) {
    const place = placeInLedger(name);
    mkdirSync(dirname(join(draft, place)), { recursive: true, mode: 0o700 });
    copyPresent(join(from, name), join(draft, place));
    const copied = await listedFile(draft, place);
    if (copied.bytes !== bytes || copied.sha256 !== sha256) {
      throw new BackupRefused(`${join(from, name)} is not what the manifest says: it was changed or cut off`);
    }
    progress(`files of ${from}`, (done += bytes), total);
  }
}

function copyPresent(from: string, to: string): void {
  try {
    copyFile(from, to);
  } catch (cause) {
    if (!isNativeError(cause) || !('code' in cause) || cause.code !== 'ENOENT') throw cause;
    throw new BackupRefused(`${from} is missing`, { cause });
  }
}

async function proveContent(
  draft: string,
  { origin, logs: standings }: Manifest,
  checkpoint: string | undefined,
  progress: Progress,
): Promise<Pick<Restored, 'logs' | 'blocks'>> {
  const store = openLogFile(join(draft, 'log.sqlite'));
  try {
    const logs: ProvenLog[] = [];
    for (const log of logNames) {
      const proven = await proveLog({ store, place: 'backup', log }, progress);
      const [found, said] = [proven, standings?.[log]];
      if (found.size !== said?.size || found.head?.root.toString('base64') !== said.head?.root) {
        throw new BackupRefused(`${log} is not at the size and tree head of the manifest`);
      }
      logs.push(proven);
    }
    if (checkpoint !== undefined) {
      const key = createPrivateKey(readFileSync(join(draft, 'keys', 'entries.pem')));
      await requireReached(store, checkpoint, noteSigner(`${origin}/entries`, key));
    }
    await settleAssessments(draft, store);
    return { logs, blocks: await proveBlocks(draft, store, progress) };
  } finally {
    await store.close();
  }
}
