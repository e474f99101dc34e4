import type { Labels, Language } from '#catalogue';

/** A line with its label; `null` is a line to fill in by hand. */
export type Line = readonly [label: string, value: string | null];

/** One piece of a document, without any markup. Texts may hold anything a person wrote: who renders them escapes them. */
export type Part =
  | { readonly part: 'heading'; readonly text: string }
  | { readonly part: 'paragraph'; readonly text: string }
  | { readonly part: 'list'; readonly items: readonly string[] }
  /** a box to tick before each */
  | { readonly part: 'choices'; readonly items: readonly string[] }
  | { readonly part: 'lines'; readonly lines: readonly Line[] }
  | {
      readonly part: 'table';
      readonly caption: string;
      readonly head: readonly string[];
      /** cells in the order of the head; `null` is a cell to fill in by hand */
      readonly rows: readonly (readonly (string | null)[])[];
    }
  | { readonly part: 'signature'; readonly label: string };

/** A letter, a form or a note for the file, as people will read it. */
export interface Document {
  readonly language: Language;
  readonly title: string;
  readonly parts: readonly Part[];
}

export const heading = (text: string): Part => ({ part: 'heading', text });

export const paragraph = (text: string): Part => ({ part: 'paragraph', text });

export const list = (items: readonly string[]): Part => ({ part: 'list', items });

export const choices = (items: readonly string[]): Part => ({ part: 'choices', items });

export const lines = (...all: readonly Line[]): Part => ({ part: 'lines', lines: all });

/** Lines that only the person at the desk can fill in. */
export const blanks = (...labels: readonly string[]): Part => lines(...labels.map((label): Line => [label, null]));

export const table = (
  caption: string,
  head: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): Part => ({ part: 'table', caption, head, rows });

/** Two lines: place and date, and the name in the person's own hand. */
export const signature = (label: string): Part => ({ part: 'signature', label });

/** What the first of the two lines of a signature is for. */
export const placeAndDate: Labels = { en: 'Place, date', de: 'Ort, Datum' };
