import type { Language } from '#catalogue';
import type { AnsweredRow, AnyView, Cell, Column } from '#compliance/views';
import { labelOf } from './shown-row.js';

/** Cells that a spreadsheet would take for a formula: OWASP, CSV injection. */
const looksLikeFormula = /^[=+\-@\t\r]/;

/** One line of a CSV file (RFC 4180), its end included. Nothing in it is calculated by whatever opens it. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(text: string): string {
  const harmless = looksLikeFormula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const lead = {
  agency: { en: 'agency', de: 'Stelle' },
  entry: { en: 'entry', de: 'Eintrag' },
  code: { en: 'code', de: 'Code' },
} as const;

/** Headings: whose row it is, its entry, then the columns; those of codes twice, in words and as code. */
export const csvHeading = ({ columns }: Pick<AnyView, 'columns'>, language: Language): readonly string[] => [
  lead.agency[language],
  lead.entry[language],
  ...Object.values(columns).flatMap(({ title, vocabulary }) =>
    vocabulary === undefined ? [title[language]] : [title[language], `${title[language]} (${lead.code[language]})`],
  ),
];

/**
 * The last record: how far the file is complete, in the first cell, and as many empty ones as rows have more. No row begins
 * so, because an agency's id holds no space; a file that does not end so has broken off.
 */
export const csvEnd = (view: Pick<AnyView, 'columns'>, sentence: string, language: Language): readonly string[] =>
  csvHeading(view, language).map((_, place) => (place === 0 ? sentence : ''));

export const csvRow = (
  { columns }: Pick<AnyView, 'columns'>,
  { agency, entry, cells }: AnsweredRow,
  language: Language,
): readonly string[] => [
  agency ?? '',
  entry ?? '',
  ...Object.entries(columns).flatMap(([name, column]) => cellsOf(column, cells[name] ?? null, language)),
];

function cellsOf({ vocabulary }: Column, cell: Cell, language: Language): readonly string[] {
  const parts = typeof cell === 'object' ? (cell ?? []) : [String(cell)];
  const codes = parts.join('; ');
  if (vocabulary === undefined) return [codes];
  return [parts.map((code) => labelOf(vocabulary, code, language)).join('; '), codes];
}
