import { accessAnswer, type AccessRecipient } from '../documents/index.js';
import type { Document } from '../documents/document.js';
import type { AgencyId, Instant } from '#kernel';
import { v3 } from '../views/by-id/v03-recipients.js';
import { accessAnswerOf } from '../views/access-answer.js';
import type { Cell } from '../views/view.js';
import type { Material } from './export-profile.js';
import { matterOf } from './rows-table.js';

/**
 * The draft of the answer, from what passed the leak test only. What has to be decided before it goes out stands in the
 * view, for the data protection officer, and never in what is handed over.
 */
export function draftAccessAnswer(material: Material): Document {
  const { agencies, at, completeUpTo, language } = material;
  const [agency] = agencies;
  if (agency === undefined) throw new RangeError('an access answer is one agency’s');
  const rows = v3.rows(matterOf(v3, material), agency);
  const { purposes, dataCategories } = accessAnswerOf(rows, at.slice(0, 10));
  return accessAnswer(
    {
      agency,
      at,
      entries: completeUpTo,
      recipients: rows.flatMap(({ cells }) => recipientOf(cells, agency)),
      purposes,
      categories: dataCategories,
      storage: [],
      supervisor: null,
    },
    language,
  );
}

/** Who received data, and what the agency received itself from where: GDPR 15(1)(c) and (g). */
function recipientOf(cells: Readonly<Record<string, Cell>>, agency: AgencyId): readonly AccessRecipient[] {
  const { counterpart, direction, at, purpose, dataCategories } = cells;
  if (typeof counterpart !== 'string') return [];
  const isGiven = direction === 'given';
  const [code, provision] = isGiven
    ? [cells['transmitBasis'], cells['transmitProvision']]
    : [cells['collectBasis'], cells['collectProvision']];
  return [
    {
      date: textOf(at) as Instant | null,
      agency: isGiven ? (counterpart as AgencyId) : agency,
      purpose: textOf(purpose),
      categories: Array.isArray(dataCategories) ? (dataCategories as readonly string[]) : [],
      legalBasis: { code: textOf(code), provision: textOf(provision) },
      source: isGiven ? null : (counterpart as AgencyId),
    },
  ];
}

const textOf = (cell: Cell | undefined): string | null => (typeof cell === 'string' ? cell : null);
