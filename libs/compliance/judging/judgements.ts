import { setImmediate } from 'node:timers/promises';
import { insertRows } from '../insert-rows.js';
import type { Given, ProjectedEntry, Projection } from '../projection.js';
import type { RegistryThen } from '../registry/registry-history.js';
import type { ViewsTransaction } from '../views.js';
import { createCorrectionParties } from '../views/correction-parties.js';
import { foldRows } from '../views/fold-rows.js';
import { createViewRows } from '../views/view-rows.js';
import { dependentsOf } from './connected-matters.js';
import { inLists, partsOfIds } from './in-parts.js';
import { distinct, loadMatters, nameOf, registrySize, type LoadedMatter } from './judged-matters.js';
import { judgementRows } from './judgement-rows.js';
import { createJudgementTables, type JudgementTable } from './judgement-tables.js';
import { forget, keep } from './kept-entries.js';
import type { MatterName } from './matters-of.js';
import { noteIn } from './note-in.js';
import { registriesOf } from './registries-of.js';
import { agencyOfStanding, registryMatter } from './registry-matter.js';

/** The most matters that are in memory together, with those they refer to. */
const mattersAtOnce = 512;

/**
 * What the rules say of everything recorded so far: what is broken, and what is owed until when. It has no clock, so
 * nothing is broken because time passes: who asks compares `due` with the present. It needs the order of the whole
 * log, because an entry can change what is said of another exchange.
 */
export const judgements: Projection = {
  name: 'judgements',
  version: 5,
  order: 'log',
  tables: ['fact', 'matter', 'connection', 'judgement', 'note', 'matter_party', 'correction_party', 'view_row'],

  async migrate(database) {
    await createJudgementTables(database);
    await createViewRows(database);
    await createCorrectionParties(database);
  },

  async apply(transaction, stretch, given) {
    const before = await registrySize(transaction);
    const touched = new Map<string, MatterName>();
    const fresh = new Map<number, ProjectedEntry>();
    for await (const entries of stretch) {
      for (const entry of entries) fresh.set(entry.index, entry);
      for (const name of await keep(transaction, entries, given)) touched.set(nameOf(name), name);
    }
    const size = await registrySize(transaction);
    const registry = await given.registryAt(size);
    for (const agency of registry.entries.slice(before).flatMap((entry) => agencyOfStanding(entry) ?? [])) {
      touched.set(nameOf({ kind: 'agency', id: agency }), { kind: 'agency', id: agency });
    }
    const changed = [...touched.values()];
    const names = [...changed, ...(await dependentsOf(transaction, changed))];
    await rejudge(transaction, names, { given, registry }, fresh);
    if (size > before) await writeJudgements(transaction, [registryMatter(registry)], given);
  },

  async erase(transaction, ids, given) {
    const registry = await given.registryAt(await registrySize(transaction));
    await rejudge(transaction, await forget(transaction, ids), { given, registry });
  },
};

/**
 * Each matter once, in parts that there is memory for.
 *
 * @param registry as far as entries were judged against it
 * @param fresh entries that need not be read again, by their index
 */
async function rejudge(
  transaction: ViewsTransaction,
  names: readonly MatterName[],
  { given, registry }: { readonly given: Given; readonly registry: RegistryThen },
  fresh: ReadonlyMap<number, ProjectedEntry> = new Map(),
): Promise<void> {
  for (const some of inLists(distinct(names), mattersAtOnce)) {
    const matters = await loadMatters(transaction, some, registry, fresh);
    await writeJudgements(transaction, matters, given);
    await writeNotes(transaction, matters);
    await foldRows(transaction, matters, await registriesOf(matters, given));
    // Nobody else is to starve while very many are judged.
    await setImmediate();
  }
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
