import { afterDay } from '#catalogue';
import type { AgencyId, EntryId, Instant } from '#kernel';
import type { AccessGap, AccessGapCode } from './access-gap.js';
import type { AnsweredRow } from './asked.js';
import type { Cell } from './view.js';

/** What passed between the agency and one other body. */
export interface AccessParty {
  readonly agency: AgencyId;
  /** instants: first and last time */
  readonly from: string;
  readonly to: string;
  /** codes */
  readonly purposes: readonly string[];
  readonly dataCategories: readonly string[];
  /** sections of the law, as they were recorded; of a recipient the power to transmit, of an origin to collect */
  readonly provisions: readonly string[];
  /** third countries and what the transfer rests on: GDPR 15(2) */
  readonly transfers: readonly { readonly country: string; readonly safeguard: string | null }[];
  readonly entries: readonly EntryId[];
}

/** The data of a draft access answer: GDPR 15(1)(a)-(d), (g), 15(2); LED 14(a)-(d), (g). A person decides what goes out. */
export interface AccessAnswer {
  /** codes of the vocabulary `purpose` */
  readonly purposes: readonly string[];
  /** codes of the vocabulary `data-category` */
  readonly dataCategories: readonly string[];
  readonly recipients: readonly AccessParty[];
  readonly origins: readonly AccessParty[];
  /** never empty: how long data are stored is in no row */
  readonly gaps: readonly AccessGap[];
}

/**
 * Makes the data of a draft access answer from rows of the view V3 that were narrowed to one person by a search. What
 * the person may not know of yet, what was corrected or taken back and what names an intelligence service is left out
 * and listed among the gaps, for a data protection officer and for nobody else: a gap with an entry must not go out.
 *
 * @param now what is deferred until then is open
 */
export function accessAnswerOf(rows: readonly Pick<AnsweredRow, 'entry' | 'cells'>[], now: Instant): AccessAnswer {
  const heldBack = rows.flatMap((row) => heldBackBecause(row, now));
  const left = rows.filter((row) => heldBackBecause(row, now).length === 0);
  const [given, received] = ['given', 'received'].map((direction) =>
    left.filter(({ cells }) => cells['direction'] === direction),
  );
  return {
    purposes: distinct(left, 'purpose'),
    dataCategories: distinct(left, 'dataCategories'),
    recipients: partiesIn(given ?? [], 'transmitProvision'),
    origins: partiesIn(received ?? [], 'collectProvision'),
    gaps: [...heldBack, ...left.flatMap(lackingIn), { what: 'storage', entry: null }],
  };
}

type AccessRow = Pick<AnsweredRow, 'entry' | 'cells'>;

/** Annex C: first leave out what is hidden; then nothing that is left may reveal it. */
function heldBackBecause({ entry, cells }: AccessRow, now: Instant): readonly AccessGap[] {
  const { visibility, hiddenUntil, invalidated, corrections, counterpartRegime } = cells;
  const isDue = visibility === 'deferred-until' && typeof hiddenUntil === 'string' && afterDay(hiddenUntil) <= now;
  const codes: readonly (AccessGapCode | null)[] = [
    typeof visibility === 'string' && visibility !== 'open' && !isDue ? 'hidden' : null,
    textsIn(corrections).length > 0 || typeof invalidated === 'string' ? 'corrected' : null,
    counterpartRegime === 'NATSEC' ? 'consent-of-service' : null,
  ];
  return gapsOf(codes, entry);
}

/** What is not recorded of something that passed. */
export function lackingIn({ entry, cells }: AccessRow): readonly AccessGap[] {
  const isLacking = (name: string): boolean => textsIn(cells[name]).length === 0;
  const codes: readonly (AccessGapCode | null)[] = [
    isLacking('counterpart') ? (cells['direction'] === 'given' ? 'recipient' : 'origin') : null,
    isLacking('purpose') ? 'purpose' : null,
    isLacking('dataCategories') ? 'categories' : null,
    !isLacking('country') && isLacking('safeguard') ? 'safeguard' : null,
  ];
  return gapsOf(codes, entry);
}

const gapsOf = (codes: readonly (AccessGapCode | null)[], entry: EntryId | null): readonly AccessGap[] =>
  codes.flatMap((what) => (what === null ? [] : [{ what, entry }]));

/** By body, in the order of its first disclosure. */
function partiesIn(rows: readonly AccessRow[], provision: string): readonly AccessParty[] {
  const placed = rows.toSorted((one, other) => (String(one.cells['at']) < String(other.cells['at']) ? -1 : 1));
  const byBody = Map.groupBy(placed, ({ cells }) => cells['counterpart'] ?? null);
  return [...byBody].flatMap(([agency, found]) => {
    if (typeof agency !== 'string') return [];
    const moments = distinct(found, 'at');
    return [
      {
        agency: agency as AgencyId,
        from: moments[0] ?? '',
        to: moments.at(-1) ?? '',
        purposes: distinct(found, 'purpose'),
        dataCategories: distinct(found, 'dataCategories'),
        provisions: distinct(found, provision),
        transfers: transfersIn(found),
        entries: [...new Set(found.flatMap(({ entry }) => entry ?? []))],
      },
    ];
  });
}

function transfersIn(rows: readonly AccessRow[]): AccessParty['transfers'] {
  const found = rows.flatMap(({ cells: { country, safeguard } }) =>
    typeof country === 'string' ? [{ country, safeguard: typeof safeguard === 'string' ? safeguard : null }] : [],
  );
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

const distinct = (rows: readonly AccessRow[], name: string): readonly string[] => [
  ...new Set(rows.flatMap(({ cells }) => textsIn(cells[name]))),
];

const textsIn = (cell: Cell | undefined): readonly string[] => {
  if (typeof cell === 'string') return [cell];
  return Array.isArray(cell) ? cell : [];
};
