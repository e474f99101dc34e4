/** Fewer than this are not told apart: with less, somebody could be recognised. */
export const leastShown = 5;

/**
 * What is shown is told to the nearest multiple of this: the same counts made later, without what was erased since, could
 * else be subtracted from the first ones.
 */
export const step = 5;

/** One cell of a statistic: a count to the nearest {@link step}, or null where it is suppressed. */
export type Cell = number | null;

export interface Suppressed {
  readonly cells: readonly (readonly Cell[])[];
  readonly rowSums: readonly Cell[];
  readonly columnSums: readonly Cell[];
}

/**
 * A table of counts in which no cell from 1 to 4 can be read, nor found by taking others from a sum: where a row or a
 * column has just one suppressed cell, its smallest other one is suppressed, too, until that is so nowhere. A zero
 * stays: that nothing was recorded tells of nobody.
 *
 * @param counts rows of equal length
 * @param givesAway whether a cell, shown, would give away a small one of another table
 * @returns the same table, rounded; a sum is that of the counts where nothing in its row or column is suppressed, else null
 */
export function suppressed(
  counts: readonly (readonly number[])[],
  givesAway: (row: number, column: number) => boolean = () => false,
): Suppressed {
  const cells: Cell[][] = counts.map((row, place) =>
    row.map((count, column) => ((count > 0 && count < leastShown) || givesAway(place, column) ? null : count)),
  );
  for (let changed = true; changed;) {
    changed = false;
    for (const line of [...rowsOf(cells), ...columnsOf(cells)]) {
      if (line.filter(({ value }) => value === null).length !== 1) continue;
      const others = line.filter(({ value }) => value !== null && value > 0);
      const [least] = others.toSorted((one, other) => Number(one.value) - Number(other.value));
      const row = least && cells[least.row];
      if (least === undefined || row === undefined) continue;
      row[least.column] = null;
      changed = true;
    }
  }
  const sumOf = (line: readonly { readonly value: Cell }[]): Cell =>
    line.some(({ value }) => value === null) ? null : rounded(line.reduce((sum, { value }) => sum + Number(value), 0));
  return {
    cells: cells.map((row) => row.map((cell) => (cell === null ? null : rounded(cell)))),
    rowSums: rowsOf(cells).map(sumOf),
    columnSums: columnsOf(cells).map(sumOf),
  };
}

const rounded = (count: number): number => Math.round(count / step) * step;

const rowsOf = (cells: readonly (readonly Cell[])[]) =>
  cells.map((row, place) => row.map((value, column) => ({ row: place, column, value })));

const columnsOf = (cells: readonly (readonly Cell[])[]) =>
  (cells[0] ?? []).map((_, column) => cells.map((row, place) => ({ row: place, column, value: row[column] ?? null })));
