import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { logNames, type Clock, type LogName } from '#kernel';
import { proveLog, type Progress } from '../migrate/proven-log.js';
import { WrongUse } from '../wrong-use.js';
import { copyAssessmentKeys, copyAssessments } from './copied-assessments.js';
import { copyDatabase } from './copied-database.js';
import { contentsOf } from './empty-folder.js';
import { openLogFile } from './log-copy.js';
import { format, listedFile, writeManifest, type LogStanding, type Manifest } from './manifest.js';
import { copyFile, syncPath } from './written-file.js';

/** Where a ledger of the embedded profile keeps what is truth. */
export interface LedgerFolders {
  readonly data: string;
  /** of the signing keys, the vault's key and those of assessments */
  readonly keys: string;
  /** of the written trails, and beside them the assessments */
  readonly trails: string;
}

/** The one file among the keys that opens sealed blocks. */
const vaultKey = 'vault.key';
const signingKeyName = /^[a-z0-9-]+(?:\.pem)?$/;

/**
 * Copies logs, sealed blocks, sealed assessments and signing keys of a ledger, which may run meanwhile. The log is
 * copied first: blocks and assessments are durable before the leaf that names them, so no leaf of the copy lacks them.
 *
 * @param target a folder that does not exist or is empty
 * @returns what was written
 * @throws WrongUse when there is no ledger, or the target holds something
 * @throws LogRefused when the log is damaged: its copy then lies there without a manifest
 */
export async function backupLedger(
  from: LedgerFolders,
  target: string,
  clock: Clock,
  progress: Progress,
): Promise<Manifest> {
  const takenAt = clock.now();
  const wanted = { databases: ['log.sqlite', 'vault.sqlite'], keys: () => signingKeysIn(from) };
  const { origin, names } = await copied(from, target, wanted, progress);
  copyFile(join(from.data, 'origin'), join(target, 'origin'));
  const assessments = copyAssessments(from, target, progress);
  const logs = await standings(join(target, 'log.sqlite'), progress);
  return finish(target, { format, holds: 'ledger', origin, takenAt, logs }, [...names, 'origin', ...assessments]);
}

/**
 * Copies what opens the sealed blocks and assessments: the wrapped data keys and the key that wraps them, and a key for
 * each assessment. Taken after the blocks, it has the key of each; whatever is erased between the two stays erased.
 *
 * @throws WrongUse when there is no ledger, or the target holds something
 */
export async function backupKeys(
  from: LedgerFolders,
  target: string,
  clock: Clock,
  progress: Progress,
): Promise<Manifest> {
  const takenAt = clock.now();
  const wanted = { databases: ['keys.sqlite'], keys: () => [vaultKey] };
  const { origin, names } = await copied(from, target, wanted, progress);
  const assessments = copyAssessmentKeys(from, target, progress);
  return finish(target, { format, holds: 'keys', origin, takenAt }, [...names, ...assessments]);
}

const signingKeysIn = ({ keys }: LedgerFolders): readonly string[] =>
  readdirSync(keys, { withFileTypes: true })
    .filter((found) => found.isFile() && signingKeyName.test(found.name))
    .map(({ name }) => name);

/** Copies databases first, and then keys, into a folder that is made for them. @returns what was copied, by name */
async function copied(
  from: LedgerFolders,
  target: string,
  wanted: { readonly databases: readonly string[]; readonly keys: () => readonly string[] },
  progress: Progress,
): Promise<{ readonly origin: string; readonly names: readonly string[] }> {
  const origin = originOf(from);
  makeEmpty(target);
  for (const name of wanted.databases) {
    await copyDatabase(join(from.data, name), join(target, name), (...done) => progress(name, ...done));
  }
  mkdirSync(join(target, 'keys'), { mode: 0o700 });
  const keys = wanted.keys();
  for (const name of keys) copyFile(join(from.keys, name), join(target, 'keys', name));
  syncPath(join(target, 'keys'));
  return { origin, names: [...wanted.databases, ...keys.map((name) => `keys/${name}`)] };
}

function originOf({ data }: LedgerFolders): string {
  const missing = ['origin', 'log.sqlite', 'vault.sqlite', 'keys.sqlite'].find((name) => !existsSync(join(data, name)));
  if (missing !== undefined) throw new WrongUse(`${data} holds no embedded ledger: ${missing} is missing`);
  return readFileSync(join(data, 'origin'), 'utf8').trimEnd();
}

function makeEmpty(target: string): void {
  mkdirSync(target, { recursive: true, mode: 0o700 });
  if (contentsOf(target).length > 0) throw new WrongUse(`${target} is not empty; a backup overwrites nothing`);
}

async function standings(file: string, progress: Progress): Promise<Record<LogName, LogStanding>> {
  const store = openLogFile(file);
  try {
    const found: [LogName, LogStanding][] = [];
    for (const log of logNames) {
      const { size, head } = await proveLog({ store, place: 'backup', log }, progress);
      found.push([log, { size, head: head && { size: head.size, root: head.root.toString('base64') } }]);
    }
    return Object.fromEntries(found) as Record<LogName, LogStanding>;
  } finally {
    await store.close();
  }
}

async function finish(target: string, known: Omit<Manifest, 'files'>, names: readonly string[]): Promise<Manifest> {
  const files = [];
  for (const name of names) files.push(await listedFile(target, name));
  const manifest: Manifest = { ...known, files };
  writeManifest(target, manifest);
  for (const folder of [target, dirname(target)]) syncPath(folder);
  return manifest;
}
