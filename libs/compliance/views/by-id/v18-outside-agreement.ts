import type { AgencyId, EntryId } from '#kernel';
import type { Selectable } from 'kysely';
import type { JudgementTable } from '../../judging/judgement-tables.js';
import type { DisclosureTable } from '../../projections/disclosures.js';
import type { ViewsTransaction } from '../../views.js';
import type { AnsweredRow } from '../asked.js';
import type { AskedView } from '../asked-view.js';
import { coded, column } from '../columns.js';
import { judgementPage } from '../judgement-page.js';

/**
 * GDPR 26, LED 21. Disclosures that no agreement in force then covered: LAW-03. What a statute demands needs no
 * agreement and is no line.
 */
export const v18: AskedView = {
  id: 'V18',
  name: 'outside-agreement',
  title: { en: 'Outside of agreements', de: 'Außerhalb von Vereinbarungen' },
  question: {
    en: 'What did we pass on that no agreement in force covered?',
    de: 'Was haben wir übermittelt, ohne dass eine geltende Vereinbarung es abdeckte?',
  },
  columns: {
    disclosedAt: column('instant', ['disclosed', 'übermittelt'], 'filter', 'sort'),
    agency: column('agency', ['sender', 'übermittelnde Stelle'], 'filter', 'sort'),
    recipient: column('agency', ['recipient', 'empfangende Stelle'], 'filter', 'sort'),
    purpose: coded('code', 'purpose', ['purpose', 'Zweck']),
    dataCategories: coded('codes', 'data-category', ['data', 'Daten']),
    special: column('flag', ['special categories', 'besondere Kategorien']),
    legalBasis: coded('code', 'legal-basis', ['legal basis', 'Rechtsgrundlage']),
    provision: column('text', ['provision', 'Vorschrift']),
    nearest: column('reference', ['nearest clause', 'nächstliegende Regelung'], 'filter'),
    disclosure: column('reference', ['disclosure', 'Übermittlung']),
  },
  order: { by: 'disclosedAt', direction: 'descending' },
  projections: ['judgements', 'disclosures'],
  async ask(question) {
    const { rows, next } = await judgementPage(question, {
      which: (all) => all.and([all('judgement.rule', '=', 'LAW-03'), all('judgement.verdict', '=', 'broken')]),
      columns: { disclosedAt: 'due', agency: 'agency', recipient: 'part', nearest: 'clause' },
    });
    const disclosures = await disclosuresOf(question.database, rows);
    return { rows: rows.map((row) => rowOf(row, disclosures.get(nameOf(row.entry_id, row.part)) ?? [])), next };
  },
};

type Disclosed = Selectable<DisclosureTable>;

const nameOf = (entry: string, recipient: string | null): string => `${entry} ${recipient ?? ''}`;

/** A line for each category, by disclosure and recipient. */
async function disclosuresOf(
  database: ViewsTransaction,
  rows: readonly Selectable<JudgementTable>[],
): Promise<ReadonlyMap<string, readonly Disclosed[]>> {
  if (rows.length === 0) return new Map();
  const found = await database
    .selectFrom('disclosure')
    .selectAll()
    .where('entry_id', 'in', [...new Set(rows.map(({ entry_id }) => entry_id))])
    .orderBy('category')
    .execute();
  return Map.groupBy(found, ({ entry_id, recipient }) => nameOf(entry_id, recipient));
}

function rowOf(
  { key, agency, entry_id, part, due, clause }: Selectable<JudgementTable>,
  lines: readonly Disclosed[],
): AnsweredRow {
  const [first] = lines;
  return {
    agency: agency as AgencyId,
    key,
    entry: entry_id as EntryId,
    cells: {
      disclosedAt: due,
      agency,
      recipient: part,
      purpose: first?.purpose ?? null,
      dataCategories: lines.map(({ category }) => category).filter((category) => category !== ''),
      special: lines.some(({ special }) => Number(special) === 1),
      legalBasis: first?.legal_basis ?? null,
      provision: first?.provision ?? null,
      nearest: clause,
      disclosure: first?.disclosure_id || null,
    },
  };
}
