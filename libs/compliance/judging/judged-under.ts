import { sql } from 'kysely';
import type { AgencyId, EntryId, Instant } from '#kernel';
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

const mattersAtOnce = 200;

/**
 * Judges what is recorded by the packs of another size of the registry log, agreements as they were: what would have
 * been noticed, or not, under them. Nothing recorded changes by it, and nothing is kept of it.
 *
 * @param now when it is looked: what is deferred until then is open
 * @param settings of the packs to judge by
 * @param after where the page begins; empty for the first
 */
export const judgedUnder = (
  database: ViewsDatabase,
  scope: Scope,
  now: Instant,
  given: Given,
  settings: RegistryThen['settings'],
  after: string,
): Promise<JudgedUnder> =>
  answer(database, scope, now, ['judgements'], async (transaction) => {
    const names = await matterNames(transaction, scope, now, after);
    const registryAt: Given['registryAt'] = async (size) => ({
      ...(await given.registryAt(size)),
      settings,
      settingsAt: () => settings,
    });
    const agencies = new Set<string>(agenciesOf(scope));
    const rows = await judgementRows(await loadMatters(transaction, names), { registryAt });
    const under = rows.filter(({ agency }) => agencies.has(agency));
    const last = names.at(-1);
    return {
      differences: differencesOf(await rowsThen(transaction, scope, names), under),
      matters: names.length,
      next: names.length < mattersAtOnce || last === undefined ? null : nameOf(last),
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
    .where(judgementsIn(scope))
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
