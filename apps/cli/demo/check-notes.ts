import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { agencyId, type AgencyId } from '#kernel';
import { compareNotes, noteKey, type ComparedRule } from '../simulation/compare-notes.js';
import type { Intent } from '../simulation/intent.js';
import { agencyIds, supervisor } from '../simulation/network.js';
import type { DemoLedger, Officer } from './demo-ledger.js';

/** A row of the view of check notes, as far as it is read. */
interface NoteRow {
  readonly agency: string | null;
  readonly cells: {
    readonly rule: string;
    readonly about: string;
    readonly part?: string | null;
  };
}

interface LookRow {
  readonly entry: string;
}

/** Milliseconds until everything should have been raised. */
const patience = 180_000;

/** What the simulation wrote down as wrong on purpose: `nachweis simulate --expected`. */
export const expectedIn = (file: string): readonly Intent[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Intent);

/** The supervisor takes a trail without saying for what: LOG-05. */
export async function breakLog05(ledger: DemoLedger): Promise<readonly Intent[]> {
  await (await ledger.regulator(supervisor, agencyIds)).forgetPurpose();
  const officer = await ledger.dataProtectionOfficer(supervisor);
  const found: Intent[] = [];
  const ends = performance.now() + patience;
  while (found.length === 0 && performance.now() < ends) {
    await pause(200);
    for await (const { entry } of officer.rows<LookRow>('looks', { kind: 'export' })) {
      found.push({ rule: 'LOG-05', agency: supervisor, entry, part: null });
    }
  }
  return found;
}

/**
 * Waits until the data protection officers see what was intended and nothing more comes, and compares it with all they
 * see.
 */
export async function findNotes(ledger: DemoLedger, expected: readonly Intent[]): Promise<readonly ComparedRule[]> {
  const officers = await Promise.all([...agencyIds, supervisor].map((id) => ledger.dataProtectionOfficer(id)));
  const ends = performance.now() + patience;
  let before = 0;
  let rows = await rowsOf(officers);
  while ((!hasAll(expected, rows) || rows.length > before) && performance.now() < ends) {
    before = rows.length;
    await pause(ledger.checkNoteDelay);
    rows = await rowsOf(officers);
  }
  return compareNotes(expected, rows.map(noteOf));
}

const hasAll = (expected: readonly Intent[], rows: readonly NoteRow[]): boolean => {
  const found = new Set(rows.map(noteOf).map(noteKey));
  return expected.every((one) => found.has(noteKey(one)));
};

async function rowsOf(officers: readonly Officer[]): Promise<readonly NoteRow[]> {
  const rows: NoteRow[] = [];
  for (const officer of officers) for await (const row of officer.rows<NoteRow>('check-notes')) rows.push(row);
  return rows;
}

const noteOf = ({ agency, cells: { rule, about, part } }: NoteRow): Intent => ({
  rule,
  agency: agencyOfRow(agency),
  entry: about,
  part: part ?? null,
});

/** @throws Error when a row does not say whose it is */
function agencyOfRow(agency: string | null): AgencyId {
  if (agency === null) throw new Error('a check note of nobody');
  return agencyId(agency);
}
