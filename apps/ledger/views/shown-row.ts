import type { Language, Vocabulary } from '#catalogue';
import type { AnsweredRow, AnyView, Cell, Column } from '#compliance/views';

/** A code as people read it; one that no list knows stands for itself. */
export const labelOf = ({ terms }: Vocabulary, code: string, language: Language): string =>
  terms.get(code)?.[language] ?? code;

/** A row as it is shown: codes with their labels. */
export const shownRow = (
  { columns, explain }: Pick<AnyView, 'columns' | 'explain'>,
  { agency, key, entry, cells }: AnsweredRow,
  language: Language,
) => ({
  key,
  agency,
  entry,
  ...(explain && { explanation: explain(cells, language) }),
  cells: Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, shownCell(column, cells[name] ?? null, language)]),
  ),
});

function shownCell({ vocabulary }: Column, cell: Cell, language: Language) {
  const labelled = (code: string) => ({ code, label: vocabulary ? labelOf(vocabulary, code, language) : code });
  if (vocabulary === undefined || cell === null || typeof cell === 'number' || typeof cell === 'boolean') return cell;
  return typeof cell === 'string' ? labelled(cell) : cell.map(labelled);
}

/** A column as it is shown in one language. */
export const shownColumn = (name: string, column: Column, language: Language) => ({
  name,
  kind: column.kind,
  title: column.title[language],
  ...(column.vocabulary && { vocabulary: column.vocabulary.name }),
  filter: column.filter === true,
  sort: column.sort === true,
});
