import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { agencyId, type AgencyId } from '#kernel';
import { compareNotes, noteKey, type ComparedRule } from '../simulation/compare-notes.js';
import type { Intent } from '../simulation/intent.js';
import { agencyIds, supervisor } from '../simulation/network.js';
import type { DemoLedger, Officer } from './demo-ledger.js';

/** What the ledger found, beside what was wrong on purpose. */
export interface FoundNotes {
  readonly compared: readonly ComparedRule[];
  /** raised while the rest of its exchange was still on its way, and settled by it since */
  readonly settled: number;
}

/** A row of the views of check notes and of deadlines, as far as it is read. */
interface NoteRow {
  readonly agency: string | null;
  readonly cells: {
    readonly rule: string;
    readonly about: string;
    readonly part?: string | null;
    /** the time that was given for what is owed; absent where it is owed at once */
    readonly time?: number | null;
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
  const officer = await ledger.regulator(supervisor, agencyIds);
  await officer.forgetPurpose();
  const found: Intent[] = [];
  for await (const { entry } of officer.rows<LookRow>('looks', { kind: 'export' })) {
    found.push({ rule: 'LOG-05', agency: supervisor, entry, part: null });
  }
  return found;
}

/** Waits until the data protection officers see what was intended, and compares it with all they see. */
export async function findNotes(ledger: DemoLedger, expected: readonly Intent[]): Promise<FoundNotes> {
  const officers = await Promise.all([...agencyIds, supervisor].map((id) => ledger.dataProtectionOfficer(id)));
  const ends = performance.now() + patience;
  let rows = await rowsOf(officers, 'check-notes');
  while (!hasAll(expected, rows) && performance.now() < ends) {
    await pause(1_000);
    rows = await rowsOf(officers, 'check-notes');
  }
  const wanted = new Set(expected.map(noteKey));
  const standing = new Set((await rowsOf(officers, 'deadlines')).map(noteOf).map(noteKey));
  const isSettled = (row: NoteRow): boolean => {
    const key = noteKey(noteOf(row));
    return typeof row.cells.time === 'number' && !wanted.has(key) && !standing.has(key);
  };
  const raised = rows.filter((row) => !isSettled(row)).map(noteOf);
  return { compared: compareNotes(expected, raised), settled: rows.length - raised.length };
}

const hasAll = (expected: readonly Intent[], rows: readonly NoteRow[]): boolean => {
  const found = new Set(rows.map(noteOf).map(noteKey));
  return expected.every((one) => found.has(noteKey(one)));
};

async function rowsOf(officers: readonly Officer[], view: string): Promise<readonly NoteRow[]> {
  const rows: NoteRow[] = [];
  for (const officer of officers) for await (const row of officer.rows<NoteRow>(view)) rows.push(row);
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
