import { setTimeout as pause } from 'node:timers/promises';
import { textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import { agencyIds } from '../simulation/network.js';
import { answersTo } from '../simulation/note-answers.js';
import { systemClock } from '../system-clock.js';
import type { DemoLedger, Officer } from './demo-ledger.js';

/** A row of the view of check notes, as far as officers read it. */
interface NoteRow {
  readonly entry: string;
  readonly cells: { readonly rule: string; readonly history: readonly { readonly code: string }[] };
}

/** What became of a check note. */
export interface AnsweredNote {
  readonly rule: string;
  readonly agency: AgencyId;
  /** every status it had, `open` first */
  readonly history: readonly string[];
  /** whether the view shows what its officer said of it */
  readonly isShown: boolean;
}

/** Milliseconds until the view should show what was recorded. */
const patience = 30_000;

/** Lets the data protection officers answer some of the check notes that they see, and reads what the view makes of it. */
export async function answerNotes(ledger: DemoLedger, seed: string): Promise<readonly AnsweredNote[]> {
  const officers = new Map<AgencyId, Officer>();
  for (const agency of agencyIds) officers.set(agency, await ledger.dataProtectionOfficer(agency));
  const raised = await Promise.all(
    [...officers].map(async ([agency, officer]) =>
      (await notesOf(officer)).map(({ entry }) => ({ id: entry, agency })),
    ),
  );
  const answers = answersTo(raised.flat(), seed, Date.parse(systemClock.now()));
  for (const { agency, body } of answers) await officers.get(agency)?.record(body);
  const byNote = Map.groupBy(answers, ({ body }) => textIn(body.data, 'note') ?? '');
  const answered = [...byNote].map(async ([note, said]): Promise<readonly AnsweredNote[]> => {
    const [first] = said;
    const officer = first && officers.get(first.agency);
    if (first === undefined || officer === undefined) return [];
    const expected = ['open', ...said.map(({ body }) => textIn(body.data, 'status') ?? '')];
    const row = await shownAs(officer, note, expected);
    const history = historyOf(row);
    return [
      { rule: row?.cells.rule ?? '', agency: first.agency, history, isShown: history.join() === expected.join() },
    ];
  });
  return (await Promise.all(answered)).flat();
}

/** The row of a note, as soon as it has this history; the last one seen where it never does. */
async function shownAs(officer: Officer, note: string, expected: readonly string[]): Promise<NoteRow | undefined> {
  const ends = performance.now() + patience;
  for (;;) {
    const row = (await notesOf(officer)).find(({ entry }) => entry === note);
    if (historyOf(row).join() === expected.join() || performance.now() > ends) return row;
    await pause(200);
  }
}

const historyOf = (row: NoteRow | undefined): readonly string[] => row?.cells.history.map(({ code }) => code) ?? [];

async function notesOf(officer: Officer): Promise<readonly NoteRow[]> {
  const rows: NoteRow[] = [];
  for await (const row of officer.rows<NoteRow>('check-notes')) rows.push(row);
  return rows;
}
