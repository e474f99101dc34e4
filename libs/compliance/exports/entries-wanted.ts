import { openSince } from '#catalogue';
import { DomainError, leafIndex, type AgencyId, type EntryId, type Instant } from '#kernel';
import type { SaidTerms } from '../projection.js';
import { oneOf } from '../queries/one-of.js';
import type { ViewsTransaction } from '../views.js';
import type { ExportedEntry, ExportProfile, JudgedCount } from './export-profile.js';

/** Which entries somebody asks for, in the way of the profile. */
export interface Wanted {
  /** whose entries */
  readonly agencies: readonly AgencyId[];
  /** occurred at or after, and before */
  readonly from?: Instant;
  readonly until?: Instant;
  /** as it stood then: recorded before, and open to all by then */
  readonly closes?: Instant;
  readonly exchange?: string;
  /** the entry that opened what they belong to */
  readonly matter?: string;
  readonly ids?: readonly EntryId[];
  /** agreement@version */
  readonly agreement?: string;
}

/** With more, an export would not be a selection any more. */
export const mostEntries = 100_000;
const atOnce = 1_000;

/**
 * The entries of an export, in the order of the log. Erased ones belong to it where it is known that they do: by their
 * exchange, because they opened the matter that is asked for, or because all of a period are wanted.
 *
 * @param transaction that has entered the scope
 * @param now what is deferred until then is open
 * @throws DomainError `invalid-body` for more than {@link mostEntries}
 */
export async function entriesWanted(
  transaction: ViewsTransaction,
  profile: Choosing,
  wanted: Wanted,
  now: Instant,
): Promise<readonly ExportedEntry[]> {
  const found: ExportedEntry[] = [];
  for await (const some of wantedInParts(transaction, profile, wanted, now)) {
    found.push(...some);
    if (found.length > mostEntries) throw tooMany(wanted);
  }
  return found;
}

/** The same some at a time, however many there are: for what only counts them. */
export async function* wantedInParts(
  transaction: ViewsTransaction,
  profile: Choosing,
  wanted: Wanted,
  now: Instant,
): AsyncGenerator<readonly ExportedEntry[]> {
  for (let after = -1; ;) {
    const rows = await page(transaction, wanted, after);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = Number(last.entry_index);
    yield rows.map(entryOf).filter((entry) => isWanted(entry, profile, wanted, now));
  }
}

function page(transaction: ViewsTransaction, { agencies, exchange, matter, ids }: Wanted, after: number) {
  const [kind, id] = exchange === undefined ? [null, matter] : ['exchange', exchange];
  return transaction
    .selectFrom('fact')
    .select(['fact.entry_index', 'fact.entry_id', 'fact.issuer', 'fact.recorded_at', 'fact.said'])
    .where(({ ref }) => oneOf(ref('fact.issuer'), agencies))
    .where('fact.entry_index', '>', after)
    .$if(id !== undefined, (query) =>
      query.where(({ and, eb, exists, or, selectFrom }) =>
        or([
          exists(
            selectFrom('matter')
              .select('matter.matter')
              .whereRef('matter.entry_index', '=', 'fact.entry_index')
              .where('matter.matter', '=', String(id))
              .where('matter.kind', kind === null ? '!=' : '=', 'exchange'),
          ),
          // What opened the matter is known by its id even after it was erased; what followed it is not.
          and([eb('fact.entry_id', '=', String(id)), eb('fact.said', 'is', null)]),
        ]),
      ),
    )
    .$if(ids !== undefined, (query) => query.where(({ ref }) => oneOf(ref('fact.entry_id'), ids ?? [])))
    .orderBy('fact.entry_index')
    .limit(atOnce)
    .execute();
}

type Row = Awaited<ReturnType<typeof page>>[number];

export const entryOf = (row: Row): ExportedEntry => ({
  index: leafIndex(Number(row.entry_index)),
  id: row.entry_id as EntryId,
  issuer: row.issuer as AgencyId,
  recordedAt: row.recorded_at as Instant,
  said: saidIn(row.said),
});

const saidIn = (said: string | null): SaidTerms | null => (said === null ? null : (JSON.parse(said) as SaidTerms));

/** How a profile chooses of what was asked for. */
type Choosing = Pick<ExportProfile, 'types' | 'wants' | 'openOnly'>;

function isWanted(
  { said, recordedAt }: ExportedEntry,
  { types, wants, openOnly }: Choosing,
  { from, until, closes, agreement, exchange, matter }: Wanted,
  now: Instant,
): boolean {
  if (closes !== undefined && recordedAt >= closes) return false;
  if (openOnly === true && openSince({ said }) > (closes ?? now)) return false;
  const isWithin = (at: string): boolean => at >= (from ?? '') && at < (until ?? '~');
  // Of an erased entry nobody knows the type; when it was recorded is all that is left of its time.
  if (said === null) {
    const isKnown = types === undefined || exchange !== undefined || matter !== undefined;
    return isKnown && agreement === undefined && isWithin(recordedAt);
  }
  if (!isWithin(said.occurredAt)) return false;
  if (types !== undefined && !types.includes(said.type)) return false;
  if (agreement !== undefined && said.terms['agreement'] !== agreement) return false;
  return wants?.(said) ?? true;
}

/**
 * How often the rules say what of these agencies; of one agreement, what they say by its clauses. What is said of an
 * entry that others may not know of is not counted: a count would tell of it.
 *
 * @param now what was owed until then and is not done is broken
 */
export async function judgedCounts(
  transaction: ViewsTransaction,
  { agencies, agreement }: Pick<Wanted, 'agencies' | 'agreement'>,
  now: Instant,
): Promise<readonly JudgedCount[]> {
  const rows = await transaction
    .selectFrom('judgement')
    // What the registry owes is about no entry of this log, and open.
    .leftJoin('fact', 'fact.entry_id', 'judgement.entry_id')
    .select(['judgement.rule', 'judgement.verdict', 'judgement.due', 'fact.entry_index', 'fact.said'])
    .where(({ ref }) => oneOf(ref('judgement.agency'), agencies))
    .$if(agreement !== undefined, (query) =>
      query
        .where('judgement.clause', '>=', `${agreement ?? ''}#`)
        .where('judgement.clause', '<', `${agreement ?? ''}$`),
    )
    .orderBy('judgement.rule')
    .execute();
  const counts = new Map<string, JudgedCount>();
  for (const { rule, verdict, due, entry_index: place, said } of rows) {
    if (place !== null && openSince({ said: saidIn(said) }) > now) continue;
    const stands = standing(verdict, due, now);
    const key = `${rule} ${stands}`;
    counts.set(key, { rule, verdict: stands, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

/** A verdict has no clock: whoever asks compares. */
function standing(verdict: string, due: string | null, now: Instant): JudgedCount['verdict'] {
  if (verdict === 'broken') return verdict;
  if (due !== null && due >= now) return 'pending';
  return verdict === 'not-decidable' ? verdict : 'broken';
}

function tooMany({ from }: Wanted): DomainError {
  const advice = from === undefined ? '' : '; ask for a shorter period';
  const fault = { pointer: '', detail: `more than ${mostEntries} entries${advice}` };
  return new DomainError('invalid-body', 'this is too much for one export', [fault]);
}
