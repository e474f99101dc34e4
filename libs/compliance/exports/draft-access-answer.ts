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
      recipients: rows.flatMap(({ cells }) => recipientOf(cells)),
      purposes,
      categories: dataCategories,
      storage: [],
      supervisor: null,
    },
    language,
  );
}

/** Where data came from stands beside those who received them: GDPR 15(1)(c) and (g). */
function recipientOf(cells: Readonly<Record<string, Cell>>): readonly AccessRecipient[] {
  const { counterpart, direction, at, purpose, dataCategories, transmitBasis, transmitProvision } = cells;
  if (typeof counterpart !== 'string' || direction !== 'given') return [];
  return [
    {
      date: textOf(at) as Instant | null,
      agency: counterpart as AgencyId,
      purpose: textOf(purpose),
      categories: Array.isArray(dataCategories) ? (dataCategories as readonly string[]) : [],
      legalBasis: { code: textOf(transmitBasis), provision: textOf(transmitProvision) },
      source: null,
    },
  ];
}

const textOf = (cell: Cell | undefined): string | null => (typeof cell === 'string' ? cell : null);
