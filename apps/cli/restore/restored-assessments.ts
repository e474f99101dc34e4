import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { logNames } from '#kernel';
import { parseLeaf } from '#statement';
import { BackupRefused } from '../backup/backup-refused.js';
import { assessmentKeys, sealedAssessments } from '../backup/copied-assessments.js';
import { batchesOf, type Reading } from '../migrate/proven-log.js';

/** Where a ledger finds what lies elsewhere in its backup. */
export const placeInLedger = (name: string): string =>
  name.startsWith(`${sealedAssessments}/`) ? `trails/${name}` : name;

/**
 * Leaves out assessments without their key, and keys without their assessment: made or over between the two copies.
 *
 * @throws BackupRefused when an entry of the log names one whose key is missing
 */
export async function settleAssessments(folder: string, log: Reading): Promise<void> {
  const sealed = join(folder, placeInLedger(`${sealedAssessments}/`));
  const keys = join(folder, assessmentKeys);
  const records = new Set(namesIn(sealed).map((name) => name.slice(0, -'.json'.length)));
  const opened = new Set(namesIn(keys));
  for (const id of opened) if (!records.has(id)) rmSync(join(keys, id));
  const closed = [...records].filter((id) => !opened.has(id)).map((id) => ({ id, file: join(sealed, `${id}.json`) }));
  const named = closed.flatMap(({ id, file }) => attachedTo(file).map((entry) => [entry, id] as const));
  await requireUnrecorded(new Map(named), log);
  for (const { file } of closed) rmSync(file);
}

/** @param named assessments by the entry that names them, or was about to */
async function requireUnrecorded(named: ReadonlyMap<string, string>, log: Reading): Promise<void> {
  if (named.size === 0) return;
  for (const stream of logNames) {
    for await (const batch of batchesOf(log, { place: 'backup', stream, to: await log.size(stream) })) {
      for (const { bytes } of batch) {
        const entry = parseLeaf(bytes).statement.jti;
        const id = named.get(entry);
        if (id !== undefined) throw new BackupRefused(`entry ${entry} names assessment ${id}, whose key is missing`);
      }
    }
  }
}

function attachedTo(file: string): readonly string[] {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly attachedTo: readonly string[] }).attachedTo;
  } catch (error) {
    // Cut off by a power failure before any entry named it.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);
