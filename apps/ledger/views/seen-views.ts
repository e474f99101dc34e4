import type { Caller } from '#access';
import { languages, type Labels } from '#catalogue';
import type { AnyView, Asked } from '#compliance/views';
import { conditionsOf, sortableColumns } from './view-query.js';

/** What a case worker sees of the views: what waits for the agency, never check notes about it (domain §7). */
const forWorkers: ReadonlySet<string> = new Set(['today', 'disclosures', 'flows', 'summary']);

/** Whether a caller may look at a view at all. */
export const isSeenBy = ({ role }: Caller, view: string): boolean =>
  role === 'dpo' || role === 'regulator' || (role === 'agency' && forWorkers.has(view));

/** How a view is narrowed for a caller, whatever is asked. */
export const seenOnly = ({ role }: Caller): Pick<Asked, 'onlyTurns'> => ({ onlyTurns: role === 'agency' });

/** A view as the list of views describes it. */
export interface ShownView {
  readonly id: string;
  readonly name: string;
  readonly title: Labels;
  readonly question: Labels;
  readonly asOf: boolean;
  readonly columns: readonly object[];
  readonly filters: readonly string[];
  readonly sorts: readonly string[];
}

export const shownView = (view: AnyView): ShownView => {
  const { id, name, title, question } = view;
  return {
    id,
    name,
    title: inEvery(title),
    question: inEvery(question),
    asOf: view.asOf === true,
    columns: Object.entries(view.columns).map(([column, { kind, title: heading, vocabulary }]) => ({
      name: column,
      kind,
      title: inEvery(heading),
      ...(vocabulary && { vocabulary: vocabulary.name }),
    })),
    filters: conditionsOf(view).map((one) => one.name),
    sorts: sortableColumns(view),
  };
};

const inEvery = (labels: Labels): Labels =>
  Object.fromEntries(languages.map((language) => [language, labels[language]])) as Record<keyof Labels, string>;

const standing = (
  id: string,
  name: string,
  title: Labels,
  question: Labels,
  filters: readonly string[],
): ShownView => ({
  id,
  name,
  title,
  question,
  asOf: false,
  columns: [],
  filters,
  sorts: [],
});

/** Views with an answer of their own form, described with their endpoints. */
export const standingViews: readonly ShownView[] = [
  standing(
    'V4',
    'flows',
    { en: 'Flows', de: 'Datenflüsse' },
    { en: 'What flows between which agencies?', de: 'Was fließt zwischen welchen Stellen?' },
    ['from', 'to'],
  ),
  standing(
    'V10',
    'accesses',
    { en: 'Who looked, and why', de: 'Wer gelesen hat und wozu' },
    { en: 'Who looked at our entries, and why?', de: 'Wer hat unsere Einträge gelesen und wozu?' },
    ['from', 'to'],
  ),
];
