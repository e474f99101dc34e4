import { agencyIn, textIn } from '#catalogue';
import type { JsonValue } from '#statement';
import { factsOf, partsOf, textsOf, type Fact, type JudgedEntry } from '../rules/matter.js';
import { isRefusal } from '../rules/rights-request.js';
import type { ViewsTransaction } from '../views.js';
import { changesOf, isChangeOf } from './changes-of.js';
import type { ExportedEntry } from './export-profile.js';
import { entriesNamed, entriesNaming, inOrder } from './naming-entries.js';

/** What an agency decided on requests of a person, as it stands: whoever answers is bound by it until it decides anew. */
export interface StandingDecision {
  /** access is refused, or neither confirmed nor denied */
  readonly isRefused: boolean;
  /** the person asked for access again since it was refused, and that is not decided yet */
  readonly isAskedAnew: boolean;
  /** bodies that are not to be named, with the code of the vocabulary `recipient-omission` */
  readonly omitted: ReadonlyMap<string, string | null>;
}

export interface OwnDecision extends StandingDecision {
  /** of disclosures, what was decided on requests of perhaps somebody else: that holds back these, and lifts nothing */
  readonly ofDisclosure: ReadonlyMap<string, readonly StandingDecision[]>;
}

/**
 * Reads what was decided on requests of the person: of those a search found, or a decision that it found names. Decisions
 * that only cover the same disclosures may be about somebody else. So are those whose request was recorded for the wrong
 * person, where the search does not find the correction.
 *
 * @param transaction that has entered the scope
 * @param ofPerson entries that a search by person found: requests, decisions, corrections
 * @param about what names what passed, or is named by it
 */
export async function ownDecision(
  transaction: ViewsTransaction,
  ofPerson: readonly ExportedEntry[],
  about: readonly ExportedEntry[],
  isOwn: (entry: ExportedEntry) => boolean,
): Promise<OwnDecision> {
  const covering = about.filter(isDecision).filter(isOwn);
  const asked = new Set([...ofPerson, ...covering].flatMap(requestOf));
  const beside = [...(await entriesNamed(transaction, asked)), ...(await entriesNaming(transaction, asked))];
  const known = inOrder([...ofPerson, ...covering, ...beside]).filter(isOwn);
  const requests = known.filter((one) => requestOf(one).length > 0);
  const changes = (await changesOf(transaction, requests)).filter(isOwn);
  const decisions = requests.filter(isDecision).map(({ id }) => id);
  const reversals = (await entriesNaming(transaction, decisions)).filter(isOwn);
  const others = [...known.filter((one) => requestOf(one).length === 0), ...changes, ...reversals];
  const decided = (of: readonly ExportedEntry[], ids: ReadonlySet<string>): StandingDecision =>
    standingDecision(inOrder([...of.filter((one) => requestOf(one).some((id) => ids.has(id))), ...others]));
  const away = movedAway(requests, changes, new Set(ofPerson.map(({ id }) => id)));
  const left = requests.filter(({ id }) => !away.has(id));
  const found = ofPerson.filter(({ id }) => !away.has(id)).flatMap(requestOf);
  const theirs = new Set(found.filter((id) => !away.has(id)));
  const ofDisclosure = new Map<string, readonly StandingDecision[]>();
  for (const decision of covering.filter((one) => !requestOf(one).some((id) => theirs.has(id)))) {
    const standing = decided(requests, new Set(requestOf(decision)));
    for (const one of textsOf(decision.said?.terms ?? {}, 'covers')) {
      ofDisclosure.set(one, [...(ofDisclosure.get(one) ?? []), standing]);
    }
  }
  return { ...decided(left, theirs), ofDisclosure };
}

/** What was corrected as recorded for the wrong person, by what the search for this one does not find. */
function movedAway(
  requests: readonly ExportedEntry[],
  changes: readonly ExportedEntry[],
  found: ReadonlySet<string>,
): ReadonlySet<string> {
  const isChanged = (entry: ExportedEntry): boolean => changes.some((one) => isChangeOf(one, entry));
  const moving = changes.filter((one) => isWrongPerson(one) && !found.has(one.id) && !isChanged(one));
  return new Set(requests.filter((one) => moving.some((change) => isChangeOf(change, one))).map(({ id }) => id));
}

const isDecision = ({ said }: ExportedEntry): boolean => said?.type === 'RightsRequestDecided';

/** The request that an entry is, or decides; of a decision that names none, nobody knows another one. */
function requestOf({ id, said }: ExportedEntry): readonly string[] {
  if (said?.type === 'RightsRequestReceived') return [id];
  return said?.type === 'RightsRequestDecided' ? [textIn(said.terms, 'rightsRequest') ?? id] : [];
}

const isWrongPerson = ({ said }: ExportedEntry): boolean => said?.terms['cause'] === 'wrong-person';

/**
 * Of each right the latest decision stands. One that was corrected or reversed takes nothing back of those before, and
 * binds itself until the agency decides anew: a person reads in the correction what was wrong with it.
 *
 * @param entries of one agency about one person: decisions, the requests, corrections and reversals
 */
export function standingDecision(entries: readonly JudgedEntry[]): StandingDecision {
  const requests = factsOf({ entries }, 'RightsRequestReceived');
  const rights = new Map<string, JsonValue | undefined>(requests.map(({ id, terms }) => [id, terms['right']]));
  const rightOf = ({ terms }: Fact) => rightNamed(rights.get(textIn(terms, 'rightsRequest') ?? ''));
  const unsound = new Set<string | null>([
    ...factsOf({ entries }, 'EntryCorrected').map(({ terms }) => textIn(terms, 'corrects')),
    ...factsOf({ entries }, 'DecisionReversed').map(({ terms }) => textIn(terms, 'decision')),
  ]);
  const standing = [...Map.groupBy(factsOf({ entries }, 'RightsRequestDecided'), rightOf)].map(([right, decisions]) => {
    const last = decisions.findLastIndex(({ id }) => !unsound.has(id));
    return { right, decisions: decisions.slice(Math.max(last, 0)) };
  });
  const refusals = standing.flatMap(({ right, decisions }) => (right === 'access' ? decisions.filter(isRefusal) : []));
  const answered = new Set(
    factsOf({ entries }, 'RightsRequestDecided', 'RightsRequestFulfilled').map(({ terms }) => terms['rightsRequest']),
  );
  const open = requests.filter(
    ({ id, terms }) => rightNamed(terms['right']) === 'access' && !answered.has(id) && !unsound.has(id),
  );
  const omissions = standing.flatMap(({ decisions }) => decisions.flatMap(omissionsIn));
  return {
    isRefused: refusals.length > 0,
    isAskedAnew: open.some(({ occurredAt }) => refusals.every((one) => one.occurredAt < occurredAt)),
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
