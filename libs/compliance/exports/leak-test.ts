import { agenciesIn } from '#catalogue';
import { isUuid } from '#kernel';
import type { JsonValue } from '#statement';
import { partsOf } from '../rules/matter.js';
import { hidden } from '../visibility.js';
import type { ExportedEntry, LeakTestResult } from './export-profile.js';

/** What else the leak test has to know. */
export interface LeakTestContext {
  /** bodies whose having received anything is told only with their consent: BDSG 56(3), 57(5); SGB X § 83(5) */
  readonly needsConsent: (agency: string) => boolean;
  /** disclosures, and entries, of which such a body agreed that they are told */
  readonly agreedTo: (entry: ExportedEntry, agency: string) => boolean;
  /** whether a deferral that hid the entry is over */
  readonly isOver: (entry: ExportedEntry) => boolean;
}

export interface LeakTested extends LeakTestResult {
  /** what may be told, whole */
  readonly told: readonly ExportedEntry[];
}

/**
 * Before anything goes to the person concerned (annex C): leaves out what is deferred, restricted, sealed or erased,
 * what a body that must agree received without having agreed, and everything left that would reveal one of these by
 * naming it or being named by it. Entries that speak of third persons are masked: they are not handed over either,
 * documents are written without those items. What is left out is counted nowhere in what is told.
 */
export function leakTest(entries: readonly ExportedEntry[], context: LeakTestContext): LeakTested {
  const mayBeTold = (entry: ExportedEntry): boolean =>
    entry.said !== null &&
    (isOpen(entry) || context.isOver(entry)) &&
    receiversOf(entry).every((one) => !context.needsConsent(one) || context.agreedTo(entry, one));
  let told = entries.filter(mayBeTold);
  const secret = new Set(entries.filter((entry) => !mayBeTold(entry)).flatMap(namesOf));
  for (;;) {
    const revealing = told.filter((entry) =>
      [...namesOf(entry), ...mentionsOf(entry)].some((name) => secret.has(name)),
    );
    if (revealing.length === 0) break;
    for (const name of revealing.flatMap(namesOf)) secret.add(name);
    told = told.filter((entry) => !revealing.includes(entry));
  }
  const whole = told.filter((entry) => !speaksOfOthers(entry));
  return { told: whole, removed: entries.length - told.length, masked: told.length - whole.length };
}

const isOpen = ({ said }: ExportedEntry): boolean =>
  said !== null &&
  hidden({
    type: said.type,
    ...(said.terms['visibility'] !== undefined && { visibility: said.terms['visibility'] }),
  }) === 0;

const receiversOf = ({ said, issuer }: ExportedEntry): readonly string[] =>
  said === null ? [issuer] : [issuer, ...agenciesIn(said.terms, 'recipients')];

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
