import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serialize } from 'node:v8';

/**
 * Runs a baseline in a fresh process, as what it is compared with runs in one: neither finds its code warm.
 *
 * @param work read from a file into memory before the clock starts
 * @returns what it did a second
 */
export async function baseline(
  script: 'bare-producer' | 'bare-inserts',
  file: string,
  work: object,
): Promise<number> {
  writeFileSync(file, serialize(work));
  const words = ['--import', './test/support/typescript.ts', `test/bench/cluster/${script}.ts`, file];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: fileURLToPath(root) });
  return Number(stdout);
}

const root = new URL('../../..', import.meta.url);
