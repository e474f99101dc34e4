import type { Intent } from './intent.js';

/** How what was found of one rule stands to what was wrong on purpose. */
export interface ComparedRule {
  readonly rule: string;
  readonly intended: number;
  readonly raised: number;
  /** intended and not raised */
  readonly missed: readonly Intent[];
  /** raised and not intended */
  readonly extra: readonly Intent[];
}

/** Whose rule is broken, and about what: two notes that say the same are one. */
export const noteKey = ({ rule, agency, entry, part }: Intent): string => [rule, agency, entry, part ?? ''].join(' ');

/**
 * Compares check notes with what a simulation did wrong on purpose, rule by rule in alphabetical order.
 *
 * @param expected as the simulation tells them
 * @param raised as a ledger raised them
 */
export function compareNotes(expected: Iterable<Intent>, raised: Iterable<Intent>): readonly ComparedRule[] {
  const wanted = new Map([...expected].map((one) => [noteKey(one), one]));
  const found = new Map([...raised].map((one) => [noteKey(one), one]));
  const rules = [...new Set([...wanted.values(), ...found.values()].map(({ rule }) => rule))].sort();
  return rules.map((rule) => {
    const [intended, notes] = [wanted, found].map((all) => [...all].filter(([, one]) => one.rule === rule));
    return {
      rule,
      intended: intended?.length ?? 0,
      raised: notes?.length ?? 0,
      missed: (intended ?? []).flatMap(([key, one]) => (found.has(key) ? [] : [one])),
      extra: (notes ?? []).flatMap(([key, one]) => (wanted.has(key) ? [] : [one])),
    };
  });
}

/** The comparison as lines of a table, the sums last. */
export function notesTable(compared: readonly ComparedRule[]): readonly string[] {
  const rows = compared.map(({ rule, intended, raised, missed, extra }): readonly [string, ...number[]] => [
    rule,
    intended,
    raised,
    missed.length,
    extra.length,
  ]);
  const sums = [1, 2, 3, 4].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0));
  return [['rule', 'intended', 'raised', 'missed', 'extra'], ...rows, [`${rows.length} rules`, ...sums]].map(
    ([first, ...cells]) => `${String(first).padEnd(12)}${cells.map((cell) => String(cell).padStart(10)).join('')}`,
  );
}

/** Whether nothing was missed and nothing is extra. */
export const isAsIntended = (compared: readonly ComparedRule[]): boolean =>
  compared.every(({ missed, extra }) => missed.length === 0 && extra.length === 0);
