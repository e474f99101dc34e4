import { agencyIn, isObject, openSince, textIn } from '#catalogue';
import { isUuid, type EntryId, type Instant } from '#kernel';
import type { JsonValue } from '#statement';
import { has } from '../rules/matter.js';
import { isOfSeveral, mayBeAboutOthers } from '../rules/may-be-about-others.js';
import { bodiesOf } from './bodies-of.js';
import { hasPassed, nameOf } from './deferred-disclosures.js';
import type { ExportedEntry, LeakTestResult } from './export-profile.js';
import { mentionsOf } from './mentions-of.js';
import type { OwnDecision } from './own-decision.js';

/** What else the leak test has to know. */
export interface LeakTestContext {
  /** bodies whose having received or given anything is told only with their consent: BDSG 56(3), 57(5); SGB X § 83(5) */
  readonly needsConsent: (agency: string, entry: ExportedEntry) => boolean;
  /** disclosures, and entries, of which such a body agreed that they are told */
  readonly agreedTo: (entry: ExportedEntry, agency: string) => boolean;
  /** what is deferred until then is open */
  readonly now: Instant;
  /** disclosures, made or received, of which the notice to the person is deferred */
  readonly deferred: ReadonlySet<string>;
  /** whether it was corrected or taken back since: a person looks what is right before it is told */
  readonly isChanged: (entry: ExportedEntry) => boolean;
  /** disclosures, made or received, of which a handling condition says that the person is not to learn */
  readonly forbidden: ReadonlySet<string>;
  /** on the person's requests */
  readonly decision: OwnDecision;
  /** what others openly recorded of what they disclosed to the agency: documents tell of its receipts with their words */
  readonly disclosedToUs: readonly ExportedEntry[];
  /** entries with a block of reasons kept from the person: their commitments show that there is one more block */
  readonly withholding: ReadonlySet<EntryId>;
}

/** Why an entry is left out. */
export type LeftOutCode =
  | 'erased'
  | 'hidden'
  | 'consent-of-service'
  | 'omitted'
  | 'condition'
  | 'corrected'
  | 'refused'
  | 'reveals'
  | 'third-persons'
  | 'withheld';

export interface LeakTested extends LeakTestResult {
  /** what may be told, whole */
  readonly told: readonly ExportedEntry[];
  /** the others: for who answers, and never for the person */
  readonly leftOut: readonly { readonly entry: EntryId; readonly why: LeftOutCode }[];
  /** the agency decided that the person gets no answer: nothing is told */
  readonly isRefused: boolean;
}

/**
 * Before anything goes to the person concerned (annex C): leaves out what is deferred, restricted, sealed or erased, of
 * which the notice is deferred or a handling condition forbids it, what a body that must agree received, or gave, without
 * having agreed, whom the agency decided not to name, and everything left that would reveal one of these by naming it or
 * being named by it. Entries that speak of third persons are masked: they are not handed over either, documents are
 * written without those items. Nor is an entry that shows that reasons are kept from the person: documents tell of it.
 * What is left out is counted nowhere in what is told.
 */
export function leakTest(entries: readonly ExportedEntry[], context: LeakTestContext): LeakTested {
  const why = new Map<ExportedEntry, LeftOutCode>();
  for (const entry of entries) {
    const code = heldBack(entry, context);
    if (code !== null) why.set(entry, code);
  }
  for (const entry of revealing(entries, why, context.deferred)) why.set(entry, 'reveals');
  const removed = why.size;
  const left = entries.filter((entry) => !why.has(entry));
  const received = new Map(
    left.map((entry) => [entry, context.disclosedToUs.filter((one) => isReceiptOf(entry, one))]),
  );
  for (const entry of left) {
    if (speaksOfOthers(entry)) why.set(entry, 'third-persons');
    else if (context.withholding.has(entry.id)) why.set(entry, 'withheld');
  }
  return {
    told: entries.filter((entry) => !why.has(entry)),
    leftOut: entries.flatMap((entry) => {
      const code = why.get(entry);
      return code === undefined ? [] : [{ entry: entry.id, why: code }];
    }),
    isRefused: context.decision.isRefused,
    removed,
    masked: why.size - removed,
    shortened: left.filter((entry) => [entry, ...(received.get(entry) ?? [])].some(speaksOfOthers)).map(({ id }) => id),
    forDocuments: [
      ...new Set(left.flatMap((entry) => [...(why.has(entry) ? [entry] : []), ...(received.get(entry) ?? [])])),
    ].map(withoutOthers),
  };
}

/** What is left and would reveal what is held back, and what would reveal that, however far it goes. */
function revealing(
  entries: readonly ExportedEntry[],
  heldBackOnes: ReadonlyMap<ExportedEntry, LeftOutCode>,
  deferred: ReadonlySet<string>,
): ReadonlySet<ExportedEntry> {
  const mentions = new Map(entries.map((entry) => [entry, new Set(mentionsOf(entry))]));
  const left = new Set(entries);
  const found = new Set<ExportedEntry>();
  const secret = new Set(deferred);
  const causes = new Set<string>();
  const leaveOut = (entry: ExportedEntry): void => {
    left.delete(entry);
    for (const name of namesOf(entry)) secret.add(name);
    if (heldBackOnes.get(entry) !== 'corrected') for (const name of causesOf(entry)) causes.add(name);
  };
  const names = (entry: ExportedEntry): boolean =>
    [...namesOf(entry), ...(mentions.get(entry) ?? [])].some((name) => secret.has(name));
  // A disclosure that is told explains what led to it: that points to nothing else any more.
  const isExplained = ({ id }: ExportedEntry): boolean =>
    [...left].some((one) => one.said?.type === 'InformationDisclosed' && mentions.get(one)?.has(id) === true);
  const pointsAt = (entry: ExportedEntry): boolean =>
    (causes.has(entry.id) || isTelltale(entry)) && !isOwed(entry) && !isExplained(entry);
  for (const entry of heldBackOnes.keys()) leaveOut(entry);
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const entry of left) {
      if (!names(entry) && !pointsAt(entry)) continue;
      leaveOut(entry);
      found.add(entry);
    }
  }
  return found;
}

/** By which an entry names what led to it: a decision, a permission, a request. */
const causesOf = ({ said }: ExportedEntry): readonly string[] =>
  ['causedBy', 'permissionRef', 'request'].flatMap((name) => textIn(said?.terms ?? {}, name) ?? []);

/** That a security authority was to be informed leads to the question which one was: annex C. */
const isTelltale = ({ said }: ExportedEntry): boolean =>
  said?.type === 'DecisionRecorded' && said.terms['kind'] === 'inform-security-body';

/** Who received what is told whatever came of it (GDPR 15(1)(c)), and whoever consented knows it. */
const isOwed = ({ said }: ExportedEntry): boolean =>
  ['InformationDisclosed', 'DisclosureReceived', 'ConsentRecorded', 'ConsentWithdrawn'].includes(said?.type ?? '');

function heldBack(entry: ExportedEntry, context: LeakTestContext): LeftOutCode | null {
  const { now, needsConsent, agreedTo, deferred, decision, forbidden, isChanged } = context;
  if (entry.said === null) return 'erased';
  if (openSince(entry) > now) return 'hidden';
  if (deferred.has(nameOf(entry))) return 'hidden';
  if (bodiesOf(entry).some((one) => needsConsent(one, entry) && !agreedTo(entry, one))) return 'consent-of-service';
  if (bodiesOf(entry).some((one) => isOmitted(one, entry, context))) return 'omitted';
  if (forbidden.has(nameOf(entry)) && !agreedTo(entry, disclosedBy(entry) ?? entry.issuer)) return 'condition';
  if (isChanged(entry)) return 'corrected';
  return decision.isRefused ? 'refused' : null;
}

/** A body that only has not agreed is named once it has. */
function isOmitted(body: string, entry: ExportedEntry, { decision, agreedTo }: LeakTestContext): boolean {
  const omission = decision.omitted.get(body);
  return omission !== undefined && !(omission === 'no-originator-consent' && agreedTo(entry, body));
}

const disclosedBy = ({ said }: ExportedEntry) => agencyIn(said?.terms ?? {}, 'disclosedBy');

/** Whether an agency's receipt is that of a disclosure. Where it does not say whose, nobody asked who may be named. */
const isReceiptOf = (receipt: ExportedEntry, disclosure: ExportedEntry): boolean =>
  receipt.said?.type === 'DisclosureReceived' &&
  nameOf(receipt) === nameOf(disclosure) &&
  disclosedBy(receipt) === disclosure.issuer;

/** What others call an entry. */
const namesOf = (entry: ExportedEntry): readonly string[] => {
  const { id, said } = entry;
  const disclosure = hasPassed(entry) ? said?.terms['disclosureId'] : undefined;
  return [id, ...(isUuid(disclosure) ? [disclosure] : [])];
};

const isOfOthers = (item: JsonValue): boolean =>
  isObject(item) && (mayBeAboutOthers(item) || has(item, 'thirdPersonReason'));

/** What of an entry may be about others: items of what was passed on, categories of what was looked at. */
const partOf = (said: ExportedEntry['said']): readonly [name: string, isOthers: (value: JsonValue) => boolean] =>
  said?.type === 'InformationConsulted' ? ['dataCategories', isOfSeveral] : ['items', isOfOthers];

const listIn = ({ said }: ExportedEntry, name: string): readonly JsonValue[] => {
  const list = said?.terms[name];
  return Array.isArray(list) ? list : [];
};

function speaksOfOthers(entry: ExportedEntry): boolean {
  const [name, isOthers] = partOf(entry.said);
  return listIn(entry, name).some(isOthers);
}

function withoutOthers(entry: ExportedEntry): ExportedEntry {
  if (entry.said === null || !speaksOfOthers(entry)) return entry;
  const [name, isOthers] = partOf(entry.said);
  const own = listIn(entry, name).filter((one) => !isOthers(one));
  return { ...entry, said: { ...entry.said, terms: { ...entry.said.terms, [name]: own } } };
}
