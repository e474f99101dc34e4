import type { EntryId, TreeSize } from '#kernel';
import { insertRows } from '../insert-rows.js';
import type { Given, ProjectedEntry, Projection } from '../projection.js';
import type { RegistryThen } from '../registry/registry-history.js';
import { everyRule } from '../rules/every-rule.js';
import { judge, type Judged } from '../rules/judge.js';
import type { ViewsTransaction } from '../views.js';
import { dependentsOf, distinct, loadMatters, type LoadedMatter } from './judged-matters.js';
import { createJudgementTables, type JudgementTable } from './judgement-tables.js';
import { connectionsOf, type MatterName } from './matters-of.js';

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
    await rejudge(transaction, touched, given);
  },

  async erase(transaction, ids, given) {
    const touched = await forget(transaction, ids);
    await rejudge(transaction, touched, given);
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
      matters.flatMap(({ kind, id }) =>
        [handles, references].flatMap((names, outward) =>
          names.map((handle) => ({ handle, outward, matter: id, kind, entry_index: index })),
        ),
      ),
    ),
  );
  return distinct(connected.flatMap(({ matters }) => matters));
}

/** What stays of an erased entry is its place, and its exchange where it had one. */
async function forget(transaction: ViewsTransaction, ids: readonly EntryId[]): Promise<readonly MatterName[]> {
  const rows = await transaction
    .selectFrom('fact')
    .innerJoin('matter', 'matter.entry_index', 'fact.entry_index')
    .select(['fact.entry_index', 'fact.entry_id', 'matter.matter', 'matter.kind'])
    .where('fact.entry_id', 'in', ids)
    .execute();
  const indexes = [...new Set(rows.map(({ entry_index }) => entry_index))];
  if (indexes.length === 0) return [];
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
  return distinct(rows.map(({ matter, kind }) => ({ kind: kind as MatterName['kind'], id: matter })));
}

async function rejudge(transaction: ViewsTransaction, touched: readonly MatterName[], given: Given): Promise<void> {
  if (touched.length === 0) return;
  const matters = await loadMatters(transaction, distinct([...touched, ...(await dependentsOf(transaction, touched))]));
  const inForce = await registriesOf(matters, given);
  const rows = matters.flatMap((matter) => {
    const then = (entry: EntryId): RegistryThen => inForce(registryOf(matter, entry));
    return judge(matter, everyRule, then).flatMap((judged) => rowOf(matter, judged));
  });
  for (const { kind, id } of matters) {
    await transaction.deleteFrom('judgement').where('matter', '=', id).where('kind', '=', kind).execute();
  }
  await insertRows(transaction, 'judgement', rows);
}

/** @throws RangeError for an entry that neither is in the matter nor in one it refers to */
function registryOf(matter: LoadedMatter, entry: EntryId): TreeSize {
  const found = withLinked(matter).map(({ registries }) => registries.get(entry));
  const size = found.find((one) => one !== undefined);
  if (size === undefined) throw new RangeError('an entry of another matter was judged');
  return size;
}

const withLinked = (matter: LoadedMatter): readonly LoadedMatter[] => [matter, ...matter.linked.values()];

async function registriesOf(matters: readonly LoadedMatter[], { registryAt }: Given) {
  const sizes = new Set(matters.flatMap(withLinked).flatMap(({ registries }) => [...registries.values()]));
  const known = new Map<TreeSize, RegistryThen>();
  for (const size of sizes) known.set(size, await registryAt(size));
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
