import { sql } from 'kysely';
import type { AgencyId, EntryId, Instant, TreeSize } from '#kernel';
import type { Given } from '../projection.js';
import { answer, type Complete } from '../queries/answer.js';
import { oneOf } from '../queries/one-of.js';
import type { RegistryThen } from '../registry/registry-history.js';
import { agenciesOf, type Scope } from '../scope.js';
import { judgementsIn } from '../views/judgements-in.js';
import type { ViewsDatabase, ViewsTransaction } from '../views.js';
import { loadMatters } from './judged-matters.js';
import { judgementRows } from './judgement-rows.js';
import type { JudgementTable } from './judgement-tables.js';
import type { MatterName } from './matters-of.js';
import { registryMatter } from './registry-matter.js';

/** What a rule says of one fact under some packs. */
export interface Saying {
  readonly verdict: string;
  /** broken since, or pending until; null where it cannot be decided */
  readonly due: string | null;
  readonly severity: string;
  readonly basis: string;
  /** `code@version`, the most special first */
  readonly packs: readonly string[];
}

/** Where other packs make another judgement. Null: nothing is broken or owed. */
export interface Difference {
  readonly rule: string;
  readonly agency: AgencyId;
  readonly entry: EntryId;
  readonly part: string | null;
  readonly judged: Saying | null;
  readonly under: Saying | null;
}

export interface JudgedUnder extends Complete {
  readonly differences: readonly Difference[];
  /** how many matters were judged for this page */
  readonly matters: number;
  /** where the next page begins; null after the last matter */
  readonly next: string | null;
}

/** By what to judge anew. */
export interface Question {
  /** of the packs to judge by */
  readonly settings: RegistryThen['settings'];
  /** of the registry log as it stands: it says who is suspended, and what it owes itself is judged anew on the last page */
  readonly size: TreeSize;
}

const mattersAtOnce = 200;

/**
 * Judges what is recorded by the packs of another size of the registry log, agreements as they were: what would have
 * been noticed, or not, under them. Nothing recorded changes by it, and nothing is kept of it.
 *
 * @param now when it is looked: what is deferred until then is open
 * @param after where the page begins; empty for the first
 */
export const judgedUnder = (
  database: ViewsDatabase,
  scope: Scope,
  now: Instant,
  given: Given,
  { settings, size }: Question,
  after: string,
): Promise<JudgedUnder> =>
  answer(database, scope, now, ['judgements'], async (transaction) => {
    const names = await matterNames(transaction, scope, now, after);
    const registryAt: Given['registryAt'] = async (then) => ({
      ...(await given.registryAt(then)),
      settings,
      settingsAt: () => settings,
    });
    const agencies = new Set<string>(agenciesOf(scope));
    const standing = await given.registryAt(size);
    const rows = await judgementRows(await loadMatters(transaction, names, standing), { registryAt });
    const under = rows.filter(({ agency, shown_from }) => agencies.has(agency) && shown_from <= now);
    const last = names.length < mattersAtOnce ? undefined : names.at(-1);
    const differences = differencesOf(await rowsThen(transaction, scope, names, now), under);
    if (last !== undefined) return { differences, matters: names.length, next: nameOf(last) };
    const registry = registryMatter(standing);
    const [owed, owedUnder] = await Promise.all(
      [given, { registryAt }].map(async (one) =>
        (await judgementRows([registry], one)).filter(({ agency }) => agencies.has(agency)),
      ),
    );
    return {
      differences: [...differences, ...differencesOf(owed ?? [], owedUnder ?? [])],
      matters: names.length + (registry.entries.length > 0 ? 1 : 0),
      next: null,
    };
  });

const nameOf = ({ kind, id }: MatterName): string => `${kind} ${id}`;

/** Matters of which something is open to the scope: how many others there are is no more told than their names. */
async function matterNames(
  transaction: ViewsTransaction,
  scope: Scope,
  now: Instant,
  after: string,
): Promise<readonly MatterName[]> {
  const name = sql<string>`kind || ' ' || matter`;
  const rows = await transaction
    .selectFrom('matter_party')
    .select(['kind', 'matter', name.as('name')])
    .distinct()
    .where(({ ref }) => oneOf(ref('agency'), agenciesOf(scope)))
    .where('shown_from', '<=', now)
    .where(name, '>', after)
    .orderBy('name')
    .limit(mattersAtOnce)
    .execute();
  return rows.map(({ kind, matter }) => ({ kind: kind as MatterName['kind'], id: matter }));
}

const rowsThen = (
  transaction: ViewsTransaction,
  scope: Scope,
  names: readonly MatterName[],
  now: Instant,
): Promise<readonly JudgementTable[]> =>
  transaction
    .selectFrom('judgement')
    .selectAll()
    .where(({ ref }) =>
      oneOf(
        ref('matter'),
        names.map(({ id }) => id),
      ),
    )
    .where(judgementsIn(scope, now))
    .execute()
    .then((rows) => rows.filter(({ kind, matter }) => names.some((one) => one.kind === kind && one.id === matter)));

function differencesOf(then: readonly JudgementTable[], under: readonly JudgementTable[]): readonly Difference[] {
  const [before, after] = [then, under].map((rows) => new Map(rows.map((row) => [row.key, row])));
  const keys = [...new Set([...then, ...under].map(({ key }) => key))].toSorted();
  return keys.flatMap((key) => {
    const [one, other] = [before?.get(key), after?.get(key)];
    const named = one ?? other;
    const [said, otherwise] = [sayingOf(one), sayingOf(other)];
    if (named === undefined || JSON.stringify(said) === JSON.stringify(otherwise)) return [];
    const { rule, agency, entry_id, part } = named;
    return [{ rule, agency: agency as AgencyId, entry: entry_id as EntryId, part, judged: said, under: otherwise }];
  });
}

const sayingOf = (row: JudgementTable | undefined): Saying | null =>
  row === undefined
    ? null
    : {
        verdict: row.verdict,
        due: row.due,
        severity: row.severity,
        basis: row.basis,
        packs: row.packs === '' ? [] : row.packs.split(' '),
      };
