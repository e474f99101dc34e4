import fc from 'fast-check';
import { leastShown, step, suppressed } from './suppressed.js';

const seed = 20261122;

describe('a table of small counts', () => {
  it('shows what is large enough, and nothing where it is not', () => {
    expect(suppressed([[10, 20, 30]]).cells).toEqual([[10, 20, 30]]);
    expect(suppressed([[0, 0]])).toEqual({ cells: [[0, 0]], rowSums: [0], columnSums: [0, 0] });
  });

  it('suppresses what lies below five, and with it what would give it away', () => {
    const { cells, rowSums, columnSums } = suppressed([
      [3, 20, 30],
      [40, 50, 60],
    ]);
    expect(cells).toEqual([
      [null, null, 30],
      [null, null, 60],
    ]);
    expect([rowSums, columnSums]).toEqual([
      [null, null],
      [null, null, 90],
    ]);
  });

  it('tells what it shows to the nearest five, so that of two tables none is the other and a little more', () => {
    const { cells, rowSums, columnSums } = suppressed([
      [5, 7, 8],
      [12, 13, 0],
    ]);
    expect(cells).toEqual([
      [5, 5, 10],
      [10, 15, 0],
    ]);
    expect([rowSums, columnSums]).toEqual([
      [20, 25],
      [15, 20, 10],
    ]);
    expect(suppressed([[13, 20]])).toEqual(suppressed([[14, 19]]));
  });

  it('shows no small sum either', () => {
    expect(suppressed([[0, 4, 1]]).rowSums).toEqual([null]);
  });

  it('never lets a small number be read or computed from a row or a column', () => {
    const table = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([height, width]) =>
      fc.array(fc.array(fc.nat(12), { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    );
    fc.assert(
      fc.property(table, (counts) => {
        const { cells, rowSums, columnSums } = suppressed(counts);
        const columns = counts[0]?.map((_, column) => cells.map((row) => row[column] ?? null)) ?? [];
        for (const [place, row] of counts.entries()) {
          for (const [column, count] of row.entries()) {
            const cell = cells[place]?.[column];
            if (cell !== null) expect(cell).toBe(Math.round(count / step) * step);
            if (count > 0 && count < leastShown) expect(cell).toBeNull();
          }
        }
        for (const [lines, sums] of [
          [cells, rowSums],
          [columns, columnSums],
        ] as const) {
          for (const [place, line] of lines.entries()) {
            // With a sum, one gap could be filled.
            if (line.some((cell) => cell === null)) expect(sums[place]).toBeNull();
          }
        }
      }),
      { seed, numRuns: 500 },
    );
  });
});
