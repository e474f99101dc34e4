import { always } from '#catalogue';
import type { Instant } from '#kernel';
import { loadMatters, type LoadedMatter } from '../judging/judged-matters.js';
import { registriesOf } from '../judging/registries-of.js';
import { agenciesOf, type Scope } from '../scope.js';
import type { ViewsTransaction } from '../views.js';
import { oneOf } from '../queries/one-of.js';
import type { AnsweredRow } from './asked.js';
import type { Surroundings } from './asked-view.js';
import { kindsOf, rowsOf } from './rows-of.js';
import type { RowsView } from './view.js';

/** What agencies knew of matters at a moment; the present knows no cut. */
export interface Then {
  /** when it is looked at: what was hidden until then is shown */
  readonly at: Instant;
  /** what was recorded later is not there */
  readonly cut: Instant | null;
}

const mattersAtOnce = 200;

/**
 * The rows of a view as they were: those of a log that ends with what was recorded at or before that moment, made from
 * what is still there. What was erased since never comes back.
 */
export async function rowsThen(
  transaction: ViewsTransaction,
  scope: Scope,
  view: RowsView,
  { at, cut }: Then,
  given: Pick<Surroundings, 'registry' | 'registryAt'>,
): Promise<readonly AnsweredRow[]> {
  const agencies = new Set(agenciesOf(scope));
  const rows: AnsweredRow[] = [];
  for await (const matters of mattersThen(transaction, scope, view.about, cut, given)) {
    const registryWith = await registriesOf(matters, given);
    const seen = matters.flatMap((matter) =>
      rowsOf(view, matter, {
        everybody: [...agencies],
        admittedAt: (entry) => registryWith(matter, entry).registry,
      }),
    );
    for (const row of seen) {
      const { agency, key, entry, cells, shownFrom, shownUntil } = row;
      const isShown = shownFrom <= at && (shownUntil === null || shownUntil > at);
      if (isShown && agencies.has(agency)) rows.push({ agency, key, entry, cells });
    }
  }
  return rows;
}

/**
 * Matters that an agency of the scope knows something of, as they stood, some at a time. What others hide from it is
 * among them.
 */
export async function* mattersThen(
  transaction: ViewsTransaction,
  scope: Scope,
  about: RowsView['about'],
  cut: Instant | null,
  { registry }: Pick<Surroundings, 'registry'>,
): AsyncGenerator<readonly LoadedMatter[]> {
  for (const kind of kindsOf({ about })) {
    for (let after = always; ;) {
      const names = await transaction
        .selectFrom('matter_party')
        .select('matter')
        .distinct()
        .where('kind', '=', kind)
        .where(({ ref }) => oneOf(ref('agency'), agenciesOf(scope)))
        .where('matter', '>', after)
        .orderBy('matter')
        .limit(mattersAtOnce)
        .execute();
      const last = names.at(-1);
      if (last === undefined) break;
      after = last.matter;
      const matters = await loadMatters(
        transaction,
        names.map(({ matter: id }) => ({ kind, id })),
        registry,
      );
      yield matters.map((matter) => (cut === null ? matter : endedBy(matter, cut)));
    }
  }
}

/**
 * A matter as it stood then. One that was empty was none that anything could be linked with. What is erased is so for
 * looking back, too, whenever it was recorded: what was owed then can be told no better than now.
 */
function endedBy(matter: LoadedMatter, cut: Instant): LoadedMatter {
  const cutOff = ({ entries, ...rest }: LoadedMatter): LoadedMatter => ({
    ...rest,
    entries: entries.filter(({ recordedAt }) => recordedAt <= cut),
  });
  const linked = [...matter.linked]
    .map(([handle, other]) => [handle, other.kind === 'erased' ? other : cutOff(other)] as const)
    .filter(([, { entries }]) => entries.length > 0);
  return { ...cutOff(matter), linked: new Map(linked) };
}
