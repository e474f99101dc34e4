import { accessAnswer, type AccessRecipient } from '../documents/index.js';
import type { Document } from '../documents/document.js';
import type { AgencyId, EntryId, Instant } from '#kernel';
import { v3 } from '../views/by-id/v03-recipients.js';
import { accessAnswerOf } from '../views/access-answer.js';
import type { Row } from '../views/view.js';
import type { Material } from './export-profile.js';
import { matterOf } from './rows-table.js';
import { withMasked } from './with-masked.js';

/**
 * The draft of the answer, from what passed the leak test only. What has to be decided before it goes out stands in the
 * view, for the data protection officer, and never in what is handed over.
 */
export function draftAccessAnswer(material: Material): Document {
  const { agencies, agencyNames, at, completeUpTo, entries, language, regime } = material;
  const [agency] = agencies;
  if (agency === undefined) throw new RangeError('an access answer is one agency’s');
  const rows = v3.rows(matterOf(v3, withMasked(material)), agency);
  const whole = new Set<EntryId | null>(entries.map(({ id }) => id));
  const { purposes, dataCategories } = accessAnswerOf(rows, at);
  return accessAnswer(
    {
      agency,
      at,
      entries: completeUpTo,
      recipients: rows.map((row) => recipientOf(row, agency, whole.has(row.entry))),
      purposes,
      categories: dataCategories,
      storage: [],
      supervisor: null,
      regime,
    },
    language,
    agencyNames,
  );
}

/**
 * Who received data, and what the agency received itself from where: GDPR 15(1)(c) and (g).
 *
 * @param isWhole whether nothing of it was left out because it speaks of others
 */
function recipientOf({ cells }: Row, agency: AgencyId, isWhole: boolean): AccessRecipient {
  const { direction, at, purpose, dataCategories } = cells;
  const counterpart = textOf(cells['counterpart']) as AgencyId | null;
  const categories = Array.isArray(dataCategories) ? (dataCategories as readonly string[]) : [];
  const isGiven = direction === 'given';
  const [code, provision] = isGiven
    ? [cells['transmitBasis'], cells['transmitProvision']]
    : [cells['collectBasis'], cells['collectProvision']];
  return {
    date: textOf(at) as Instant | null,
    agency: isGiven ? counterpart : agency,
    purpose: textOf(purpose),
    categories: isWhole || categories.length > 0 ? categories : null,
    legalBasis: { code: textOf(code), provision: textOf(provision) },
    source: isGiven ? null : counterpart,
  };
}

const textOf = (cell: Row['cells'][string] | undefined): string | null => (typeof cell === 'string' ? cell : null);
