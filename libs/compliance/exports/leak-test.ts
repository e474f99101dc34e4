import { agencyIn, isObject, openSince } from '#catalogue';
import type { EntryId, Instant } from '#kernel';
import type { JsonValue } from '#statement';
import { has } from '../rules/matter.js';
import { isOfSeveral, mayBeAboutOthers } from '../rules/may-be-about-others.js';
import { bodiesOf } from './bodies-of.js';
import { nameOf } from './deferred-disclosures.js';
import type { ExportedEntry, LeakTestResult } from './export-profile.js';
import type { OwnDecision, StandingDecision } from './own-decision.js';
import { revealing } from './revealing.js';

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
  /** disclosures, made or received, that a condition keeps from the person, as long as their discloser has not agreed */
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
  /** … and has not decided yet on what the person asked since: who answers sees what there is */
  readonly isAskedAnew: boolean;
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
  const unnamed = new Set([...context.deferred, ...context.forbidden]);
  const isWrong = (entry: ExportedEntry): boolean => why.get(entry) === 'corrected';
  for (const entry of revealing(entries, new Set(why.keys()), { unnamed, isWrong })) why.set(entry, 'reveals');
  const removed = why.size;
  const left = entries.filter((entry) => !why.has(entry));
  const disclosed = Map.groupBy(context.disclosedToUs, nameOf);
  const received = new Map(left.map((entry) => [entry, receivedIn(entry, disclosed.get(nameOf(entry)) ?? [])]));
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
    isAskedAnew: context.decision.isAskedAnew,
    removed,
    masked: why.size - removed,
    shortened: left.filter((entry) => [entry, ...(received.get(entry) ?? [])].some(speaksOfOthers)).map(({ id }) => id),
    forDocuments: [
      ...new Set(left.flatMap((entry) => [...(why.has(entry) ? [entry] : []), ...(received.get(entry) ?? [])])),
    ].map(withoutOthers),
  };
}

function heldBack(entry: ExportedEntry, context: LeakTestContext): LeftOutCode | null {
  const { now, needsConsent, agreedTo, deferred, forbidden, isChanged } = context;
  if (entry.said === null) return 'erased';
  if (openSince(entry) > now) return 'hidden';
  if (deferred.has(nameOf(entry))) return 'hidden';
  if (bodiesOf(entry).some((one) => needsConsent(one, entry) && !agreedTo(entry, one))) return 'consent-of-service';
  if (bodiesOf(entry).some((one) => isOmitted(one, entry, context))) return 'omitted';
  if (forbidden.has(nameOf(entry))) return 'condition';
  if (isChanged(entry)) return 'corrected';
  return decisionsOn(entry, context).some((one) => one.isRefused && !one.isAskedAnew) ? 'refused' : null;
}

/** A body that only has not agreed is named once it has. */
const isOmitted = (body: string, entry: ExportedEntry, context: LeakTestContext): boolean =>
  decisionsOn(entry, context).some(({ omitted }) => {
    const omission = omitted.get(body);
    return omission !== undefined && !(omission === 'no-originator-consent' && context.agreedTo(entry, body));
  });

const decisionsOn = (entry: ExportedEntry, { decision }: LeakTestContext): readonly StandingDecision[] => [
  decision,
  ...(decision.ofDisclosure.get(nameOf(entry)) ?? []),
];

const disclosedBy = ({ said }: ExportedEntry) => agencyIn(said?.terms ?? {}, 'disclosedBy');

/**
 * What the discloser recorded of what an agency received. Where the receipt does not say whose it is, nobody asked who may
 * be named; and of several entries under one name, nobody knows which is about this person.
 */
function receivedIn(entry: ExportedEntry, disclosed: readonly ExportedEntry[]): readonly ExportedEntry[] {
  if (entry.said?.type !== 'DisclosureReceived') return [];
  const found = disclosed.filter(({ issuer }) => disclosedBy(entry) === issuer);
  return found.length === 1 ? found : [];
}

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
