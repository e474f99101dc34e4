import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isNativeError } from 'node:util/types';
import { isUuid } from '#kernel';
import type { Progress } from '../migrate/proven-log.js';
import { syncPath, writeNewFile } from './written-file.js';

/** Where assessments lie in a backup of a ledger: as they are sealed. */
export const sealedAssessments = 'assessments';
/** Where their keys lie, in a backup of keys as among the keys of a ledger. */
export const assessmentKeys = 'keys/assessments';

interface Folders {
  readonly keys: string;
  /** of the written trails */
  readonly trails: string;
}

/**
 * Copies the assessments, sealed. Taken after the log, the copy has each that an entry of the log names: it was on the
 * disk before the entry was.
 *
 * @returns what was copied, by name in the target
 */
export const copyAssessments = (from: Folders, target: string, progress: Progress): readonly string[] =>
  copyOfEach(from, target, progress, (id) => ({
    file: join(from.trails, 'assessments', `${id}.json`),
    name: `${sealedAssessments}/${id}.json`,
  }));

/**
 * Copies what opens the assessments.
 *
 * @returns what was copied, by name in the target
 */
export const copyAssessmentKeys = (from: Folders, target: string, progress: Progress): readonly string[] =>
  copyOfEach(from, target, progress, (id) => ({
    file: join(from.keys, 'assessments', id),
    name: `${assessmentKeys}/${id}`,
  }));

/** Those that have a key: it is written last, so the others are being written. */
function copyOfEach(
  { keys }: Folders,
  target: string,
  progress: Progress,
  placeOf: (id: string) => { readonly file: string; readonly name: string },
): readonly string[] {
  const ids = namesIn(join(keys, 'assessments')).filter(isUuid);
  const names: string[] = [];
  for (const [at, id] of ids.entries()) {
    const { file, name } = placeOf(id);
    const text = unlessGone(() => readFileSync(file, 'utf8'));
    if (text !== undefined && text !== '') {
      mkdirSync(dirname(join(target, name)), { recursive: true, mode: 0o700 });
      writeNewFile(join(target, name), text);
      names.push(name);
    }
    progress('assessments', at + 1, ids.length);
  }
  for (const folder of new Set(names.map((name) => join(target, dirname(name))))) {
    for (const path of [folder, dirname(folder)]) syncPath(path);
  }
  return names;
}

const namesIn = (folder: string): readonly string[] => unlessGone(() => readdirSync(folder)) ?? [];

/** The ledger destroys what is over; where none was ever asked for, it may not even have the folder. */
function unlessGone<Found>(read: () => Found): Found | undefined {
  try {
    return read();
  } catch (error) {
    if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
