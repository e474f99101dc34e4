import type { EntryId, TreeSize } from '#kernel';
import { insertRows } from '../insert-rows.js';
import type { Given, ProjectedEntry, Projection } from '../projection.js';
import type { RegistryThen } from '../registry/registry-history.js';
import { everyRule } from '../rules/every-rule.js';
import { judge, type Judged } from '../rules/judge.js';
import type { ViewsTransaction } from '../views.js';
import { dependentsOf, distinct, loadMatters, type LoadedMatter } from './judged-matters.js';
import { createJudgementTables, type JudgementTable } from './judgement-tables.js';
import { connectionsOf, kindsOf, type MatterName } from './matters-of.js';

/**
 * What the rules say of everything recorded so far: what is broken, and what is owed until when. It has no clock, so
 * nothing is broken because time passes: who asks compares `due` with the present. It needs the order of the whole
 * log, because an entry can change what is said of another exchange.
 */
export const judgements: Projection = {
  name: 'judgements',
  version: 1,
  order: 'log',
  tables: ['fact', 'matter', 'connection', 'judgement'],
  migrate: createJudgementTables,

  async apply(transaction, entries, given) {
    const touched = await keep(transaction, entries);
    await rejudge(transaction, [...touched, ...(await dependentsOf(transaction, touched))], given);
  },

  async erase(transaction, ids, given) {
    await rejudge(transaction, await forget(transaction, ids), given);
  },
};

async function keep(transaction: ViewsTransaction, entries: readonly ProjectedEntry[]): Promise<readonly MatterName[]> {
  await insertRows(
    transaction,
    'fact',
    entries.map(({ index, id, issuer, recordedAt, registry, said }) => ({
      entry_index: index,
      entry_id: id,
      issuer,
      recorded_at: recordedAt,
      registry,
      said: said === null ? null : JSON.stringify(said),
    })),
  );
  const connected = entries.map((entry) => ({ index: entry.index, ...connectionsOf(entry) }));
  await insertRows(
    transaction,
    'matter',
    connected.flatMap(({ index, matters }) =>
      matters.map(({ kind, id }) => ({ matter: id, kind, entry_index: index })),
    ),
  );
  await insertRows(
    transaction,
    'connection',
    connected.flatMap(({ index, matters, handles, references }) =>
      // What is said of an agency as a whole rests on its own entries alone, and nothing refers to all of them.
      matters
        .filter(({ kind }) => kind !== 'agency')
        .flatMap(({ kind, id }) =>
          [handles, references].flatMap((names, outward) =>
            names.map((handle) => ({ handle, outward, matter: id, kind, entry_index: index })),
          ),
        ),
    ),
  );
  return distinct(connected.flatMap(({ matters }) => matters));
}

/**
 * What stays of an erased entry is its place, and its exchange where it had one.
 *
 * @returns where it stood, and what referred to it: nothing refers to it any more
 */
async function forget(transaction: ViewsTransaction, ids: readonly EntryId[]): Promise<readonly MatterName[]> {
  const rows = await transaction
    .selectFrom('fact')
    .innerJoin('matter', 'matter.entry_index', 'fact.entry_index')
    .select(['fact.entry_index', 'fact.entry_id', 'matter.matter', 'matter.kind'])
    .where('fact.entry_id', 'in', ids)
    .execute();
  const indexes = [...new Set(rows.map(({ entry_index }) => entry_index))];
  if (indexes.length === 0) return [];
  const touched = distinct(rows.map(({ matter, kind }) => ({ kind: kind as MatterName['kind'], id: matter })));
  const dependents = await dependentsOf(transaction, touched);
  await transaction.updateTable('fact').set({ said: null }).where('entry_index', 'in', indexes).execute();
  await transaction.deleteFrom('matter').where('entry_index', 'in', indexes).where('kind', '!=', 'exchange').execute();
  await transaction.deleteFrom('connection').where('entry_index', 'in', indexes).execute();
  await insertRows(
    transaction,
    'connection',
    rows
      .filter(({ kind }) => kind === 'exchange')
      .map(({ entry_index, entry_id, matter, kind }) => ({ handle: entry_id, outward: 0, matter, kind, entry_index })),
  );
  return [...touched, ...dependents];
}

async function rejudge(transaction: ViewsTransaction, names: readonly MatterName[], given: Given): Promise<void> {
  if (names.length === 0) return;
  const matters = await loadMatters(transaction, distinct(names));
  const inForce = await registriesOf(matters, given);
  const rows = matters.flatMap((matter) => {
    const then = (entry: EntryId): RegistryThen => inForce(registryOf(matter, entry));
    const found = judge(matter, everyRule, then).filter((judged) => isJudgedIn(matter, judged));
    return onePerKey(found.flatMap((judged) => rowOf(matter, judged)));
  });
  for (const { kind, id } of matters) {
    await transaction.deleteFrom('judgement').where('matter', '=', id).where('kind', '=', kind).execute();
  }
  await insertRows(transaction, 'judgement', rows);
}

/**
 * An entry stands in several matters, and a rule may judge several kinds of them: it judges an entry in the one of the
 * kind that it names first, and an agency in its own matter.
 */
function isJudgedIn({ kind, id, entries }: LoadedMatter, { rule, side, entry }: Judged): boolean {
  const found = entries.find((one) => one.id === entry);
  if (found === undefined || (kind === 'agency' && side.agency !== id)) return false;
  const kinds = kindsOf(found);
  const about = typeof rule.about === 'string' ? [rule.about] : rule.about;
  return about.find((one) => kinds.includes(one)) === kind;
}

/** A disclosure that names a recipient twice makes one judgement of it. */
const onePerKey = (rows: readonly JudgementTable[]): readonly JudgementTable[] => [
  ...new Map(rows.toReversed().map((row) => [row.key, row])).values(),
];

/** @throws RangeError for an entry that neither is in the matter nor in one it refers to */
function registryOf(matter: LoadedMatter, entry: EntryId): TreeSize {
  const found = withLinked(matter).map(({ registries }) => registries.get(entry));
  const size = found.find((one) => one !== undefined);
  if (size === undefined) throw new RangeError('an entry of another matter was judged');
  return size;
}

const withLinked = (matter: LoadedMatter): readonly LoadedMatter[] => [matter, ...matter.linked.values()];

async function registriesOf(matters: readonly LoadedMatter[], given: Given) {
  const sizes = new Set(matters.flatMap(withLinked).flatMap(({ registries }) => [...registries.values()]));
  const known = new Map<TreeSize, RegistryThen>();
  for (const size of sizes) known.set(size, await given.registryAt(size));
  return (size: TreeSize): RegistryThen => {
    const then = known.get(size);
    if (then === undefined) throw new RangeError('a registry that was not asked for');
    return then;
  };
}

/** What is kept leaves no row. */
function rowOf({ id, kind }: MatterName, judged: Judged): readonly JudgementTable[] {
  const { key, rule, side, entry, part, verdict, settings, clause, facts } = judged;
  if (verdict.is === 'kept') return [];
  return [
    {
      key,
      matter: id,
      kind,
      rule: rule.id,
      rule_version: rule.version,
      agency: side.agency,
      entry_id: entry,
      part,
      verdict: verdict.is,
      due: dueOf(verdict),
      severity: settings.severity,
      basis: settings.basis,
      packs: settings.packs.join(' '),
      clause: clause ?? null,
      facts: JSON.stringify(facts),
    },
  ];
}

function dueOf(verdict: Judged['verdict']): string | null {
  if (verdict.is === 'broken') return verdict.since;
  return verdict.is === 'pending' ? verdict.due : null;
}
