import { ledgerIssuer, type AgencyId, type EntryId, type Instant, type TreeSize } from '#kernel';
import type { Given } from '../projection.js';
import type { Deadline } from '../rules/deadlines/calendar.js';
import type { RuleSettings } from '../rules/rule.js';
import type { ViewsDatabase } from '../views.js';
import { checkNoteKeyOf, type CheckNoteKey } from './check-note-key.js';
import { inParts } from './in-parts.js';
import { judgementRows } from './judgement-rows.js';
import type { JudgementTable } from './judgement-tables.js';
import { registryMatter } from './registry-matter.js';

/** A check note that is to be raised, with everything it cites. */
export interface OwedNote extends CheckNoteKey {
  /** The entry id it must have: by it the ledger knows that it is raised. */
  readonly id: EntryId;
  readonly ruleVersion: number;
  readonly outcome: 'broken' | 'not-decidable';
  /** broken, or not decidable, since this moment was over; null where it cannot be decided whatever the time */
  readonly dueAt: Instant | null;
  readonly severity: RuleSettings['severity'];
  readonly basis: RuleSettings['basis'];
  /** `code@version` of the packs that settled it, the most special first; empty where none did */
  readonly packs: readonly string[];
  /** the clause that was in force, as `agreement@version#clause` */
  readonly clause: string | null;
  /** the time it gave; null where it was owed at once, or until a day that an entry set */
  readonly deadline: Deadline | null;
  /** the entry it is about */
  readonly entry: EntryId;
  /** entries it follows from, that one included */
  readonly facts: readonly EntryId[];
}

/**
 * Judgements at a moment that no check note was raised for yet: what is broken, what was due and is not done, and what
 * cannot be decided. In a fixed order.
 *
 * @param limit the most to return
 * @param after `id` of the last one that was asked for before: from it on
 * @param before text that ids end before: whoever asks in parts never waits long for one
 * @param settledBy only what is about entries recorded until then: what belongs to later ones may be on its way
 */
export async function judgementsWithoutNote(
  database: ViewsDatabase,
  now: Instant,
  limit: number,
  after = '',
  before = 'g',
  settledBy: Instant | null = null,
): Promise<readonly OwedNote[]> {
  const rows = await database
    .selectFrom('judgement')
    .selectAll()
    .where('note', '>', after)
    .where('note', '<', before)
    // What is broken may be so only from a moment to come on: see isYetToCome.
    .where(({ eb, and, or }) =>
      or([eb('due', 'is', null), eb('due', '<', now), and([eb('verdict', '=', 'broken'), eb('due', '=', now)])]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('fact')
            .select('fact.entry_index')
            .whereRef('fact.entry_id', '=', 'judgement.note')
            // An agency may have taken the id for an entry of its own: that is no check note.
            .where('fact.issuer', '=', ledgerIssuer),
        ),
      ),
    )
    .$if(settledBy !== null, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('fact as about')
            .select('about.entry_index')
            .whereRef('about.entry_id', '=', 'judgement.entry_id')
            .where('about.recorded_at', '<=', settledBy),
        ),
      ),
    )
    // What the registry owes is asked of it as it stands.
    .where('kind', '!=', 'registry')
    .orderBy('note')
    .limit(limit)
    .execute();
  return rows.map(owedNote);
}

/** What the registry owes by itself, whether or not anything was recorded in `entries` since it grew. */
export interface RegistryNotes {
  readonly owed: readonly OwedNote[];
  /** when something is due next; null where nothing is */
  readonly nextDue: Instant | null;
}

/**
 * The same of the registry as it stands. The table knows it as entries were judged against it: where none were since,
 * a review that is due there may be recorded already. So {@link judgementsWithoutNote} leaves it out.
 *
 * @param size of the registry log
 * @throws RangeError when the registry log is shorter
 * @throws StoreUnavailable
 */
export async function registryWithoutNote(
  database: ViewsDatabase,
  given: Given,
  size: TreeSize,
  now: Instant,
): Promise<RegistryNotes> {
  const rows = await judgementRows([registryMatter(await given.registryAt(size))], given);
  const waiting = rows.filter(isYetToCome(now));
  const owed = rows.filter((row) => !waiting.includes(row));
  const raised = await inParts(
    owed.map(({ note }) => note),
    (ids) =>
      database
        .selectFrom('fact')
        .select('entry_id')
        .where('entry_id', 'in', ids)
        .where('issuer', '=', ledgerIssuer)
        .execute(),
  );
  const known = new Set(raised.map(({ entry_id }) => entry_id));
  const [nextDue = null] = waiting.map(({ due }) => due as Instant).toSorted();
  return { owed: owed.filter(({ note }) => !known.has(note)).map(owedNote), nextDue };
}

/** Also what will be broken only then: something is said to be done later that day, and its time runs until before. */
const isYetToCome =
  (now: Instant) =>
  ({ verdict, due }: JudgementTable): boolean =>
    due !== null && (due > now || (due === now && verdict !== 'broken'));

/** When something is due next after a moment; null where nothing is. */
export async function nextDue(database: ViewsDatabase, now: Instant): Promise<Instant | null> {
  const row = await database
    .selectFrom('judgement')
    .select(({ fn }) => fn.min('due').as('due'))
    .where('due', '>=', now)
    .where(({ eb, or }) => or([eb('verdict', '!=', 'broken'), eb('due', '>', now)]))
    .executeTakeFirst();
  return (row?.due ?? null) as Instant | null;
}

function owedNote(row: JudgementTable): OwedNote {
  const { rule, agency, entry_id: entry, part } = row;
  return {
    ...checkNoteKeyOf({ rule, agency: agency as AgencyId, entry: entry as EntryId, part }),
    id: row.note as EntryId,
    ruleVersion: Number(row.rule_version),
    outcome: row.verdict === 'not-decidable' ? 'not-decidable' : 'broken',
    dueAt: row.due as Instant | null,
    severity: row.severity as OwedNote['severity'],
    basis: row.basis as OwedNote['basis'],
    packs: row.packs === '' ? [] : row.packs.split(' '),
    clause: row.clause,
    deadline: row.deadline === null ? null : (JSON.parse(row.deadline) as Deadline),
    entry: entry as EntryId,
    facts: JSON.parse(row.facts) as readonly EntryId[],
  };
}
