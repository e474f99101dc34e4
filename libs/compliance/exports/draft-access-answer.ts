import { textIn } from '#catalogue';
import type { AgencyId, EntryId, Instant } from '#kernel';
import type { Document } from '../documents/document.js';
import { accessAnswer, type AccessConsultation, type AccessRecipient } from '../documents/index.js';
import { factsOf, textsOf, type Fact } from '../rules/matter.js';
import { accessAnswerOf, lackingIn } from '../views/access-answer.js';
import type { AccessGap } from '../views/access-gap.js';
import type { Row } from '../views/view.js';
import type { Material } from './export-profile.js';
import { recipientsIn } from './recipients-in.js';
import { matterOf } from './rows-table.js';
import { withMasked } from './with-masked.js';

/** What is answered, and of which entries something is left out because it speaks of others. */
export interface Answered {
  readonly rows: readonly Row[];
  readonly consultations: readonly Fact[];
  readonly shortened: ReadonlySet<EntryId | null>;
}

export function answeredIn(material: Material): Answered {
  const matter = matterOf(recipientsIn, withMasked(material));
  return {
    rows: recipientsIn.rows(matter, whoAnswers(material)),
    consultations: factsOf(matter, 'InformationConsulted'),
    shortened: new Set(material.leakTest?.shortened),
  };
}

/**
 * The draft of the answer, from what passed the leak test only. What has to be decided before it goes out stands in the
 * view, for the data protection officer, and never in what is handed over.
 */
export function draftAccessAnswer(material: Material, answered: Answered = answeredIn(material)): Document {
  const { agencyNames, at, completeUpTo, language, regime } = material;
  const agency = whoAnswers(material);
  const { rows, consultations, shortened } = answered;
  const { purposes, dataCategories } = accessAnswerOf(rows, at);
  return accessAnswer(
    {
      agency,
      at,
      entries: completeUpTo,
      recipients: rows.map((row) => recipientOf(row, agency, !shortened.has(row.entry))),
      consultations: consultations.map((one) => consultationIn(one, !shortened.has(one.id))),
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

/** What such an answer lacks, though nothing is withheld; what is left out because it is that of others is not lacking. */
export function lackingInAnswer({ rows, consultations, shortened }: Answered): readonly AccessGap[] {
  const found = [
    ...rows.flatMap(lackingIn),
    ...consultations.flatMap(({ id, terms }) =>
      lackingIn({
        entry: id,
        cells: { counterpart: '', purpose: textIn(terms, 'purpose'), dataCategories: textsOf(terms, 'dataCategories') },
      }),
    ),
  ];
  return [
    ...found.filter(({ what, entry }) => what !== 'categories' || !shortened.has(entry)),
    { what: 'storage', entry: null },
  ];
}

/** @throws RangeError for what is not of one agency */
function whoAnswers({ agencies }: Material): AgencyId {
  const [agency] = agencies;
  if (agency === undefined) throw new RangeError('an access answer is one agency’s');
  return agency;
}

function consultationIn({ occurredAt, terms }: Fact, isWhole: boolean): AccessConsultation {
  const categories = textsOf(terms, 'dataCategories');
  return {
    date: occurredAt,
    purpose: textIn(terms, 'purpose'),
    categories: isWhole || categories.length > 0 ? categories : null,
  };
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
