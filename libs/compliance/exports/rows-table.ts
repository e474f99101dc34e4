import { label, type Language } from '#catalogue';
import { type Document, paragraph, table } from '../documents/document.js';
import type { Matter } from '../rules/matter.js';
import { kindsOf } from '../views/rows-of.js';
import type { Cell, Column, RowsView } from '../views/view.js';
import { completeness } from './contents.js';
import type { Material } from './export-profile.js';

/** A view, as its rows follow from the entries of an export, for people to read. */
export function rowsTable(view: RowsView, material: Material): Document {
  const { language, agencies, admissions } = material;
  const matter = matterOf(view, material);
  const columns = Object.entries(view.columns);
  const rows = agencies.flatMap((agency) =>
    view
      .rows(matter, agency, admissions && (() => admissions))
      .map(({ cells }) => [agency, ...columns.map(([name, column]) => inWords(cells[name] ?? null, column, language))]),
  );
  return {
    language,
    title: view.title[language],
    parts: [
      paragraph(view.question[language]),
      table(
        view.title[language],
        [{ en: 'Agency', de: 'Stelle' }[language], ...columns.map(([, { title }]) => title[language])],
        rows,
      ),
      paragraph(completeness(material)),
    ],
  };
}

/** The entries of an export as one matter of a view. */
export const matterOf = (view: RowsView, { entries }: Material): Matter => ({
  kind: kindsOf(view)[0] ?? 'exchange',
  id: '',
  entries: entries.map(({ index, id, issuer, recordedAt, said }) => ({ index, id, issuer, recordedAt, said })),
  linked: new Map(),
});

function inWords(cell: Cell, { vocabulary }: Column, language: Language): string {
  const one = (value: string | number | boolean): string => {
    if (typeof value === 'boolean') return { en: value ? 'yes' : 'no', de: value ? 'ja' : 'nein' }[language];
    return vocabulary === undefined ? String(value) : label(vocabulary, value, language);
  };
  if (cell === null) return '–';
  return typeof cell === 'object' ? cell.map(one).join(', ') : one(cell);
}
