import { agenciesIn } from '#catalogue';
import { isUuid, type EntryId } from '#kernel';
import type { JsonValue } from '#statement';
import { partsOf } from '../rules/matter.js';
import { hidden } from '../visibility.js';
import type { ExportedEntry, LeakTestResult } from './export-profile.js';

/** What else the leak test has to know. */
export interface LeakTestContext {
  /** bodies whose having received or given anything is told only with their consent: BDSG 56(3), 57(5); SGB X § 83(5) */
  readonly needsConsent: (agency: string) => boolean;
  /** disclosures, and entries, of which such a body agreed that they are told */
  readonly agreedTo: (entry: ExportedEntry, agency: string) => boolean;
  /** whether a deferral that hid the entry is over */
  readonly isOver: (entry: ExportedEntry) => boolean;
}

/** Why an entry is left out. */
export type LeftOutCode = 'erased' | 'hidden' | 'consent-of-service' | 'reveals' | 'third-persons';

export interface LeakTested extends LeakTestResult {
  /** what may be told, whole */
  readonly told: readonly ExportedEntry[];
  /** the others: for who answers, and never for the person */
  readonly leftOut: readonly { readonly entry: EntryId; readonly why: LeftOutCode }[];
}

/**
 * Before anything goes to the person concerned (annex C): leaves out what is deferred, restricted, sealed or erased,
 * what a body that must agree received, or gave, without having agreed, and everything left that would reveal one of
 * these by naming it or being named by it. Entries that speak of third persons are masked: they are not handed over
 * either, documents are written without those items. What is left out is counted nowhere in what is told.
 */
export function leakTest(entries: readonly ExportedEntry[], context: LeakTestContext): LeakTested {
  const why = new Map<ExportedEntry, LeftOutCode>();
  const secret = new Set<string>();
  const leaveOut = (entry: ExportedEntry, code: LeftOutCode): void => {
    why.set(entry, code);
    for (const name of namesOf(entry)) secret.add(name);
  };
  for (const entry of entries) {
    const code = heldBack(entry, context);
    if (code !== null) leaveOut(entry, code);
  }
  for (let before = -1; before < why.size;) {
    before = why.size;
    const isRevealing = (entry: ExportedEntry): boolean =>
      [...namesOf(entry), ...mentionsOf(entry)].some((name) => secret.has(name));
    for (const entry of entries) if (!why.has(entry) && isRevealing(entry)) leaveOut(entry, 'reveals');
  }
  const removed = why.size;
  for (const entry of entries) if (!why.has(entry) && speaksOfOthers(entry)) why.set(entry, 'third-persons');
  return {
    told: entries.filter((entry) => !why.has(entry)),
    leftOut: entries.flatMap((entry) => {
      const code = why.get(entry);
      return code === undefined ? [] : [{ entry: entry.id, why: code }];
    }),
    removed,
    masked: why.size - removed,
  };
}

function heldBack(entry: ExportedEntry, { isOver, needsConsent, agreedTo }: LeakTestContext): LeftOutCode | null {
  if (entry.said === null) return 'erased';
  if (!isOpen(entry) && !isOver(entry)) return 'hidden';
  return bodiesOf(entry).some((one) => needsConsent(one) && !agreedTo(entry, one)) ? 'consent-of-service' : null;
}

const isOpen = ({ said }: ExportedEntry): boolean =>
  said !== null &&
  hidden({
    type: said.type,
    ...(said.terms['visibility'] !== undefined && { visibility: said.terms['visibility'] }),
  }) === 0;

/** Between whom something passed. */
const bodiesOf = ({ said, issuer }: ExportedEntry): readonly string[] =>
  said === null ? [issuer] : [issuer, ...agenciesIn(said.terms, 'recipients', 'disclosedBy')];

/** What others call an entry. */
const namesOf = ({ id, said }: ExportedEntry): readonly string[] => {
  const disclosure = said?.type === 'InformationDisclosed' ? said.terms['disclosureId'] : undefined;
  return [id, ...(isUuid(disclosure) ? [disclosure] : [])];
};

/** Ids anywhere in what an entry says, but for its exchange: that one had others is no secret of each. */
const mentionsOf = ({ said }: ExportedEntry): readonly string[] =>
  said === null
    ? []
    : Object.entries(said.terms).flatMap(([name, value]) => (name === 'exchange' ? [] : uuidsIn(value)));

function uuidsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return isUuid(value) ? [value] : [];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((one: JsonValue) => uuidsIn(one))
    : [];
}

const speaksOfOthers = ({ said }: ExportedEntry): boolean =>
  said !== null && partsOf(said.terms, 'items').some((item) => item['thirdPerson'] === true);
