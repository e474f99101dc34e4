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
 * exchange, or because all of a period are wanted.
 *
 * @param transaction that has entered the scope
 * @throws DomainError `invalid-body` for more than {@link mostEntries}
 */
export async function entriesWanted(
  transaction: ViewsTransaction,
  profile: Pick<ExportProfile, 'types' | 'wants'>,
  wanted: Wanted,
): Promise<readonly ExportedEntry[]> {
  const found: ExportedEntry[] = [];
  for (let after = -1; ;) {
    const rows = await page(transaction, wanted, after);
    const last = rows.at(-1);
    if (last === undefined) return found;
    after = Number(last.entry_index);
    found.push(...rows.map(entryOf).filter((entry) => isWanted(entry, profile, wanted)));
    if (found.length > mostEntries) throw tooMany();
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
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('matter')
            .select('matter.matter')
            .whereRef('matter.entry_index', '=', 'fact.entry_index')
            .where('matter.matter', '=', String(id))
            .where('matter.kind', kind === null ? '!=' : '=', 'exchange'),
        ),
      ),
    )
    .$if(ids !== undefined, (query) => query.where(({ ref }) => oneOf(ref('fact.entry_id'), ids ?? [])))
    .orderBy('fact.entry_index')
    .limit(atOnce)
    .execute();
}

type Row = Awaited<ReturnType<typeof page>>[number];

const entryOf = (row: Row): ExportedEntry => ({
  index: leafIndex(Number(row.entry_index)),
  id: row.entry_id as EntryId,
  issuer: row.issuer as AgencyId,
  recordedAt: row.recorded_at as Instant,
  said: row.said === null ? null : (JSON.parse(row.said) as SaidTerms),
});

function isWanted(
  { said, recordedAt }: ExportedEntry,
  { types, wants }: Pick<ExportProfile, 'types' | 'wants'>,
  { from, until, agreement }: Wanted,
): boolean {
  const isWithin = (at: string): boolean => at >= (from ?? '') && at < (until ?? '~');
  // Of an erased entry nobody knows the type; when it was recorded is all that is left of its time.
  if (said === null) return types === undefined && agreement === undefined && isWithin(recordedAt);
  if (!isWithin(said.occurredAt)) return false;
  if (types !== undefined && !types.includes(said.type)) return false;
  if (agreement !== undefined && said.terms['agreement'] !== agreement) return false;
  return wants?.(said) ?? true;
}

/** How often the rules say what of these agencies; of one agreement, what they say by its clauses. */
export async function judgedCounts(
  transaction: ViewsTransaction,
  { agencies, agreement }: Pick<Wanted, 'agencies' | 'agreement'>,
): Promise<readonly JudgedCount[]> {
  const rows = await transaction
    .selectFrom('judgement')
    .select(['rule', 'verdict'])
    .select(({ fn }) => fn.countAll().as('count'))
    .where(({ ref }) => oneOf(ref('agency'), agencies))
    .$if(agreement !== undefined, (query) =>
      query.where('clause', '>=', `${agreement ?? ''}#`).where('clause', '<', `${agreement ?? ''}$`),
    )
    .groupBy(['rule', 'verdict'])
    .orderBy('rule')
    .execute();
  return rows.map(({ rule, verdict, count }) => ({ rule, verdict, count: Number(count) }));
}

const tooMany = (): DomainError =>
  new DomainError('invalid-body', 'this is too much for one export', [
    { pointer: '', detail: `more than ${mostEntries} entries; ask for a shorter period` },
  ]);
