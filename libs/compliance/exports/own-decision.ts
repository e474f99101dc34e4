import { agencyIn, textIn } from '#catalogue';
import type { JsonValue } from '#statement';
import { factsOf, partsOf, type Fact, type JudgedEntry } from '../rules/matter.js';
import { isRefusal } from '../rules/rights-request.js';
import type { ViewsTransaction } from '../views.js';
import type { ExportedEntry } from './export-profile.js';
import { entriesNamed, entriesNaming, inOrder } from './naming-entries.js';

/** What an agency decided on requests of a person, as it stands: whoever answers is bound by it until it decides anew. */
export interface OwnDecision {
  /** access is refused, or neither confirmed nor denied */
  readonly isRefused: boolean;
  /** bodies that are not to be named, with the code of the vocabulary `recipient-omission` */
  readonly omitted: ReadonlyMap<string, string | null>;
}

/**
 * Reads what was decided on requests of the person: of those a search found, and on what names the same disclosures.
 *
 * @param transaction that has entered the scope
 * @param known entries of the agency: what a search by person found, and what names what passed
 */
export async function ownDecision(
  transaction: ViewsTransaction,
  known: readonly ExportedEntry[],
  isOwn: (entry: ExportedEntry) => boolean,
): Promise<OwnDecision> {
  const requests = known.filter(({ said }) => said?.type === 'RightsRequestReceived').map(({ id }) => id);
  const decisions = [...known, ...(await entriesNaming(transaction, requests))].filter(
    (one) => one.said?.type === 'RightsRequestDecided' && isOwn(one),
  );
  const asked = decisions.flatMap(({ said }) => textIn(said?.terms ?? {}, 'rightsRequest') ?? []);
  const about = [
    ...(await entriesNamed(transaction, asked)),
    ...(await entriesNaming(
      transaction,
      decisions.map(({ id }) => id),
    )),
  ];
  return standingDecision(inOrder([...decisions, ...about.filter(isOwn)]));
}

/**
 * Of each right the latest decision stands. One that was corrected takes nothing back of those before: a person reads in
 * the correction what was wrong with it.
 *
 * @param entries of one agency about one person: decisions, the requests, corrections
 */
export function standingDecision(entries: readonly JudgedEntry[]): OwnDecision {
  const rights = new Map<string, JsonValue | undefined>(
    factsOf({ entries }, 'RightsRequestReceived').map(({ id, terms }) => [id, terms['right']]),
  );
  const rightOf = ({ terms }: Fact) => rightNamed(rights.get(textIn(terms, 'rightsRequest') ?? ''));
  const corrected = new Set(factsOf({ entries }, 'EntryCorrected').map(({ terms }) => textIn(terms, 'corrects')));
  const standing = [...Map.groupBy(factsOf({ entries }, 'RightsRequestDecided'), rightOf)].map(([right, decisions]) => {
    const last = decisions.findLastIndex(({ id }) => !corrected.has(id));
    return { right, decisions: decisions.slice(Math.max(last, 0)) };
  });
  const omissions = standing.flatMap(({ decisions }) => decisions.flatMap(omissionsIn));
  return {
    isRefused: standing.some(({ right, decisions }) => right === 'access' && decisions.some(isRefusal)),
    // One that ends with consent counts only where no other says more.
    omitted: new Map(omissions.toSorted((one, other) => Number(needsMore(one)) - Number(needsMore(other)))),
  };
}

/** Of a request that is not there any more, nobody can say that it was not for access. */
const rightNamed = (right: JsonValue | undefined): string => (typeof right === 'string' ? right : 'access');

const omissionsIn = ({ terms }: Fact): readonly (readonly [string, string | null])[] =>
  partsOf(terms, 'recipientsOmitted').flatMap((one) => {
    const recipient = agencyIn(one, 'recipient');
    return recipient === null ? [] : [[recipient, textIn(one, 'omission')] as const];
  });

const needsMore = ([, omission]: readonly [string, string | null]): boolean => omission !== 'no-originator-consent';
