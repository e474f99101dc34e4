import { textIn } from '#catalogue';
import { partsOf } from '../rules/matter.js';
import type { ExportedEntry } from './export-profile.js';

/** How often what was counted in which month; every table of a tally has the same months. */
export interface Counts {
  readonly codes: readonly string[];
  readonly months: readonly string[];
  /** rows by code, columns by month */
  readonly cells: readonly (readonly number[])[];
}

/** What of an entry is counted: codes, each in the list they come from. */
type Counted = (entry: ExportedEntry) => readonly string[];

/** The code of what should have one, and was recorded without. */
export const notGiven = '';

const counted = {
  types: ({ said }) => (said === null ? [] : [said.type]),
  categories: ({ said }) =>
    said?.type === 'InformationDisclosed'
      ? [...new Set(partsOf(said.terms, 'items').flatMap((item) => textIn(item, 'dataCategory') ?? []))]
      : [],
  /** Each request that was decided counts once, also where the decision is missing. */
  decisions: ({ said }) => (said?.type === 'RequestDecided' ? [textIn(said.terms, 'decision') ?? notGiven] : []),
} as const satisfies Readonly<Record<string, Counted>>;

/** The tables of a tally. */
export type Tallied = keyof typeof counted;
const everyTable = Object.keys(counted) as readonly Tallied[];

/** All that statistics know of entries: numbers. However many entries there are, it stays small. */
export class Tally {
  readonly #months = new Set<string>();
  readonly #counts = new Map<string, number>();

  add(entries: readonly ExportedEntry[]): this {
    for (const entry of entries) {
      const month = entry.said?.occurredAt.slice(0, 7);
      if (month === undefined) continue;
      this.#months.add(month);
      for (const table of everyTable) {
        for (const code of counted[table](entry)) {
          const key = keyOf(table, code, month);
          this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
        }
      }
    }
    return this;
  }

  of(table: Tallied): Counts {
    const months = [...this.#months].toSorted();
    const own = [...this.#counts.keys()].map((key) => key.split(' ')).filter(([name]) => name === table);
    const codes = [...new Set(own.map(([, code]) => code ?? notGiven))].toSorted();
    const cells = codes.map((code) => months.map((month) => this.#counts.get(keyOf(table, code, month)) ?? 0));
    return { codes, months, cells };
  }
}

const keyOf = (table: Tallied, code: string, month: string): string => [table, code, month].join(' ');
