import { agenciesIn } from '#catalogue';
import { treeSize, type AgencyId } from '#kernel';
import { insertRows } from '../insert-rows.js';
import type { Given, ProjectedEntry, Projection } from '../projection.js';
import type { RegistryThen } from '../registry/registry-history.js';
import type { ViewsTransaction } from '../views.js';
import { foldRows } from '../views/fold-rows.js';
import { isEverybodys } from '../views/known-to.js';
import { createViewRows } from '../views/view-rows.js';
import { dependentsOf } from './connected-matters.js';
import { partsOfIds } from './in-parts.js';
import { distinct, loadMatters, type LoadedMatter } from './judged-matters.js';
import { judgementRows } from './judgement-rows.js';
import { createJudgementTables, type JudgementTable } from './judgement-tables.js';
import { forget, keep } from './kept-entries.js';
import type { MatterName } from './matters-of.js';
import { noteIn } from './note-in.js';
import { registryMatter } from './registry-matter.js';

/**
 * What the rules say of everything recorded so far: what is broken, and what is owed until when. It has no clock, so
 * nothing is broken because time passes: who asks compares `due` with the present. It needs the order of the whole
 * log, because an entry can change what is said of another exchange.
 */
export const judgements: Projection = {
  name: 'judgements',
  version: 1,
  order: 'log',
  tables: ['fact', 'matter', 'connection', 'judgement', 'note', 'matter_party', 'view_row'],

  async migrate(database) {
    await createJudgementTables(database);
    await createViewRows(database);
  },

  async apply(transaction, entries, given) {
    const registry = await grownRegistry(transaction, entries, given);
    const touched = await keep(transaction, entries, given);
    await rejudge(transaction, [...touched, ...(await dependentsOf(transaction, touched))], given);
    if (registry !== null) await writeJudgements(transaction, [registryMatter(registry)], given);
  },

  async erase(transaction, ids, given) {
    await rejudge(transaction, await forget(transaction, ids), given);
  },
};

/** The registry, where entries were judged against more of it than any before them; else null. */
async function grownRegistry(
  transaction: ViewsTransaction,
  entries: readonly ProjectedEntry[],
  given: Given,
): Promise<RegistryThen | null> {
  const size = entries.reduce((most, { registry }) => (registry > most ? registry : most), treeSize(0));
  const before = await transaction
    .selectFrom('fact')
    .select(({ fn }) => fn.max('registry').as('size'))
    .executeTakeFirst();
  return size > Number(before?.size ?? 0) ? given.registryAt(size) : null;
}

async function rejudge(transaction: ViewsTransaction, names: readonly MatterName[], given: Given): Promise<void> {
  if (names.length === 0) return;
  const matters = await loadMatters(transaction, distinct(names));
  await writeJudgements(transaction, matters, given);
  await writeNotes(transaction, matters);
  const everybody = await everybodyIn(matters, given);
  await foldRows(transaction, matters, (matter) => everybody.get(matter) ?? []);
}

/** The members of the network, for matters that concern all of them: those there were when it was recorded. */
async function everybodyIn(
  matters: readonly LoadedMatter[],
  given: Given,
): Promise<ReadonlyMap<LoadedMatter, readonly AgencyId[]>> {
  const found = new Map<LoadedMatter, readonly AgencyId[]>();
  for (const matter of matters) {
    for (const entry of matter.entries.filter(isEverybodys)) {
      const { entries, registry } = await given.registryAt(matter.registries.get(entry.id) ?? treeSize(0));
      const admitted = entries.flatMap(({ type, data }) =>
        type === 'AgencyAdmitted' ? agenciesIn(data, 'agency') : [],
      );
      const members = admitted.filter((agency) => registry.isMember(agency, entry.recordedAt));
      found.set(matter, [...new Set([...(found.get(matter) ?? []), ...members])]);
    }
  }
  return found;
}

async function writeJudgements(
  transaction: ViewsTransaction,
  matters: readonly LoadedMatter[],
  given: Given,
): Promise<void> {
  await replaceRows(transaction, matters, await judgementRows(matters, given));
}

/** Most of what was said of a matter stays as it is: only what is said anew is written. */
async function replaceRows(
  transaction: ViewsTransaction,
  matters: readonly MatterName[],
  rows: readonly JudgementTable[],
): Promise<void> {
  const fresh = new Map(rows.map((row) => [row.note, row]));
  const stale: string[] = [];
  for (const [kind, some] of Map.groupBy(matters, (matter) => matter.kind)) {
    for (const ids of partsOfIds(some.map(({ id }) => id))) {
      const known = await transaction
        .selectFrom('judgement')
        .selectAll()
        .where('matter', 'in', ids)
        .where('kind', '=', kind)
        .execute();
      for (const row of known) {
        const now = fresh.get(row.note);
        if (now !== undefined && isSame(row, now)) fresh.delete(row.note);
        else stale.push(row.note);
      }
    }
  }
  for (const notes of partsOfIds(stale)) {
    await transaction.deleteFrom('judgement').where('note', 'in', notes).execute();
  }
  await insertRows(transaction, 'judgement', [...fresh.values()]);
}

const isSame = (one: JudgementTable, other: JudgementTable): boolean =>
  (Object.keys(other) as (keyof JudgementTable)[]).every((column) => one[column] === other[column]);

async function writeNotes(transaction: ViewsTransaction, matters: readonly LoadedMatter[]): Promise<void> {
  const notes = matters.filter(({ kind }) => kind === 'check-note');
  for (const ids of partsOfIds(notes.map(({ id }) => id))) {
    await transaction.deleteFrom('note').where('entry_id', 'in', ids).execute();
  }
  await insertRows(
    transaction,
    'note',
    notes.flatMap((matter) => noteIn(matter) ?? []),
  );
}
