import type { FoldObserver } from '../fold-observer.js';
import { readPositions } from '../saved-positions.js';
import type { Views } from '../views.js';
import { exchangeOf, RecordedLog } from './recorded-log.js';
import { story } from './stories.js';
import { streamedProjections, type Outgoing, type Streamed } from './streamed.js';

export const everyName = streamedProjections.map(({ name }) => name);

/** A log of so many exchanges, five entries each. */
export async function recorded(exchanges = 6): Promise<RecordedLog> {
  const log = new RecordedLog();
  for (let number = 0; number < exchanges; number += 1) {
    const exchange = exchangeOf(`exchange ${number}`);
    await log.record(...story.map((told) => (told.exchange ? { ...told, exchange } : told)));
  }
  return log;
}

/** The leaves of the partition that has most of them. */
export function longest(leaves: readonly Outgoing[]): readonly Outgoing[] {
  const [most = []] = [...Map.groupBy(leaves, ({ partition }) => partition).values()].toSorted(
    (a, b) => b.length - a.length,
  );
  return most;
}

/** Counts what folding says of itself. */
export function counting(): { readonly observer: FoldObserver; readonly counts: Record<string, number> } {
  const counts: Record<string, number> = {};
  const add = (name: string, by: number): void => void (counts[name] = (counts[name] ?? 0) + by);
  return {
    counts,
    observer: {
      folded: (name, by) => add(`folded ${name}`, by),
      quarantined: (name, by) => add(`quarantined ${name}`, by),
      repeated: (name, by) => add(`repeated ${name}`, by),
      refused: (why, by) => add(why, by),
      during: (_, work) => work(),
      troubled: () => add('troubled', 1),
    },
  };
}

/** How many leaves each projection has in its rows and put aside. */
export async function counted({ database }: Views, names: readonly string[] = everyName): Promise<object> {
  const rows = await readPositions(database, names);
  return Object.fromEntries(
    names.map((name) => {
      const own = rows.filter((row) => row.name === name);
      const sum = (of: 'folded' | 'quarantined'): number => own.reduce((total, row) => total + row[of], 0);
      return [name, [sum('folded'), sum('quarantined')]];
    }),
  );
}

/** What {@link counted} says when every leaf is in the rows. */
export const allFolded = (leaves: number): object => Object.fromEntries(everyName.map((name) => [name, [leaves, 0]]));

export const stateIn = ({ projector }: Streamed, name: string) =>
  projector.states().find((state) => state.name === name);
