import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isNativeError } from 'node:util/types';
import { isUuid, type Instant, type LogName } from '#kernel';
import { BackupRefused } from './backup-refused.js';
import { writeNewFile } from './written-file.js';

/** One file of a backup: its path in the folder, its length, and its SHA-256 in hexadecimal. */
export interface ListedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** How far a log was. */
export interface LogStanding {
  readonly size: number;
  /** the last tree head that was signed; root in base64 */
  readonly head: { readonly size: number; readonly root: string } | null;
}

/** What a folder made by `nachweis backup` holds. Written last: a folder without it is no backup. */
export interface Manifest {
  readonly format: typeof format;
  readonly holds: 'ledger' | 'keys';
  readonly origin: string;
  readonly takenAt: Instant;
  /** of a ledger */
  readonly logs?: Readonly<Record<LogName, LogStanding>>;
  readonly files: readonly ListedFile[];
}

export const format = 'nachweis-backup/v1';

const manifestFile = 'manifest.json';
const sumFile = 'manifest.json.sha256';
const knownName = /^(?:origin|(?:log|vault|keys)\.sqlite|keys\/[a-z0-9-]+(?:\.[a-z]+)?)$/;
const assessmentName = /^(?:keys\/assessments\/([0-9a-f-]+)|assessments\/([0-9a-f-]+)\.json)$/;

/** Writes the manifest, durably, and beside it its own sum in the form of `sha256sum`. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  writeNewFile(join(folder, manifestFile), text);
  writeNewFile(join(folder, sumFile), `${sha256(text)}  ${manifestFile}\n`);
}

/** @throws BackupRefused when the folder is no whole backup, or holds something else than it should */
export function readManifest(folder: string, holds: Manifest['holds']): Manifest {
  const text = textOf(folder, manifestFile);
  if (textOf(folder, sumFile) !== `${sha256(text)}  ${manifestFile}\n`) {
    throw new BackupRefused(`${join(folder, manifestFile)} is not what ${sumFile} says`);
  }
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== format) throw new BackupRefused(`${folder} has an unknown format`);
  if (manifest.holds !== holds) throw new BackupRefused(`${folder} holds ${manifest.holds}, not ${holds}`);
  const strange = manifest.files.find(({ name }) => !isKnown(name));
  if (strange) throw new BackupRefused(`${folder} lists ${strange.name}, which no ledger has`);
  return manifest;
}

/** @param name path of the file in the folder */
export async function listedFile(folder: string, name: string): Promise<ListedFile> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, name)), hash);
  return { name, bytes: statSync(join(folder, name)).size, sha256: hash.digest('hex') };
}

function textOf(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (cause) {
    if (!isNativeError(cause) || !('code' in cause) || cause.code !== 'ENOENT') throw cause;
    throw new BackupRefused(`${folder} is no whole backup: ${name} is missing`, { cause });
  }
}

function isKnown(name: string): boolean {
  const [, key, sealed] = assessmentName.exec(name) ?? [];
  return knownName.test(name) || isUuid(key ?? sealed);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
