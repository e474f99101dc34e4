import { afterChange, agencyIn, agreementChangeOf, isInForce, nameOf, textIn, type KnownAgreement } from '#catalogue';
import type { AgencyId, EntryId, Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { Calendar } from '../rules/deadlines/calendar.js';
import { earliest } from '../rules/moments.js';
import type { RegistryState } from '../rules/registry-state.js';
import { isDuring, standingTypes, suspensionsIn, type Suspension } from '../rules/suspensions.js';
import type { RegistryEntry } from './registry-history.js';

/** The days of agreements are those of the network's usual calendar. */
const berlin = new Calendar({ country: 'DE', zone: 'Europe/Berlin' });

/** A version of an agreement as it stands, with the entry that recorded it first. */
export interface RecordedAgreement {
  readonly version: KnownAgreement;
  readonly entry: EntryId;
  readonly issuer: AgencyId;
  readonly recordedAt: Instant;
  /** as recorded: the terms of `AgreementAdopted` or `AgreementAmended` */
  readonly terms: JsonObject;
}

/** The registry log up to one size of it, as rules ask for it. */
export class RegistrySnapshot implements RegistryState {
  /** When the log begins; null while it is empty. */
  readonly begun: Instant | null;
  /** Every version of every agreement, in the order of recording. */
  readonly agreements: readonly RecordedAgreement[];
  /** What bodies are or were called, each as it was admitted. */
  readonly names: readonly string[];
  /** What each body is called since it was admitted last, as documents name it. */
  readonly agencyNames: ReadonlyMap<AgencyId, string>;
  readonly #admitted: ReadonlyMap<AgencyId, JsonObject>;
  /** By the first admission: a later one says under which law from then on. */
  readonly #admittedFrom: ReadonlyMap<AgencyId, string>;
  readonly #suspensions: ReadonlyMap<AgencyId | null, readonly Suspension[]>;
  readonly #versions: readonly KnownAgreement[];
  readonly #activities: ReadonlySet<string>;
  readonly #inForce = new Map<string, readonly JsonObject[]>();

  constructor(entries: readonly RegistryEntry[]) {
    const dataOf = (...types: readonly string[]): readonly JsonObject[] =>
      entries.flatMap(({ type, data }) => (types.includes(type) ? [data] : []));
    const admissions = dataOf('AgencyAdmitted').flatMap((data) => {
      const agency = agencyIn(data, 'agency');
      return agency === null ? [] : [{ agency, data, from: textIn(data, 'admittedFrom') ?? '~' }];
    });
    this.names = [...new Set(dataOf('AgencyAdmitted').flatMap((data) => textIn(data, 'name') ?? []))];
    this.agencyNames = new Map(admissions.map(({ agency, data }) => [agency, textIn(data, 'name') ?? agency]));
    this.#admitted = new Map(admissions.map(({ agency, data }) => [agency, data]));
    this.#admittedFrom = new Map(
      admissions.toSorted((one, other) => (one.from < other.from ? 1 : -1)).map(({ agency, from }) => [agency, from]),
    );
    const standing = Map.groupBy(
      entries.flatMap(({ type, recordedAt, data: terms }) =>
        standingTypes.includes(type) ? [{ type, recordedAt, terms }] : [],
      ),
      ({ terms }) => agencyIn(terms, 'agency'),
    );
    this.#suspensions = new Map([...standing].map(([agency, said]) => [agency, suspensionsIn(said)]));
    this.begun = entries[0]?.recordedAt ?? null;
    this.agreements = agreementsIn(entries);
    this.#versions = this.agreements.map(({ version }) => version);
    this.#activities = new Set(
      entries.flatMap(({ issuer, type, data }) =>
        type === 'ProcessingActivityRegistered'
          ? [`${issuer} ${String(textIn(data, 'activity'))}@${Number(data['version'])}`]
          : [],
      ),
    );
  }

  regimeOf(agency: AgencyId): string | null {
    return this.#said(agency, 'regime');
  }

  packOf(agency: AgencyId): string | null {
    return this.#said(agency, 'pack');
  }

  calendarOf(agency: AgencyId): string | null {
    return this.#said(agency, 'calendar');
  }

  kindOf(agency: AgencyId): string | null {
    return this.#said(agency, 'kind');
  }

  isMember(agency: AgencyId, at: Instant): boolean {
    const from = this.#admittedFrom.get(agency);
    return from !== undefined && from <= at && this.suspendedSince(agency, at) === null;
  }

  suspendedSince(agency: AgencyId, at: Instant): Instant | null {
    return earliest((this.#suspensions.get(agency) ?? []).flatMap((one) => (isDuring(at, one) ? [one.from] : [])));
  }

  agreementsInForce(at: Instant): readonly JsonObject[] {
    const day = this.dayOf(at);
    const known = this.#inForce.get(day);
    if (known !== undefined) return known;
    const found = this.agreements.flatMap((one) => (this.isInForceOn(day, one) ? [one.terms] : []));
    this.#inForce.set(day, found);
    return found;
  }

  /** @param day like 2026-11-22 */
  isInForceOn(day: string, { version }: RecordedAgreement): boolean {
    return isInForce(version, day, this.#versions);
  }

  /** The day by which agreements are in force at a moment. */
  dayOf(at: Instant): string {
    return berlin.dateOf(at);
  }

  hasRegistered(agency: AgencyId, activity: string): boolean {
    return this.#activities.has(`${agency} ${activity}`);
  }

  #said(agency: AgencyId, name: string): string | null {
    const data = this.#admitted.get(agency);
    return data === undefined ? null : textIn(data, name);
  }
}

/** Versions as they stand after every change, each with what was recorded of it first. */
function agreementsIn(entries: readonly RegistryEntry[]): readonly RecordedAgreement[] {
  const recorded = new Map<string, RegistryEntry>();
  let versions: readonly KnownAgreement[] = [];
  for (const entry of entries) {
    const change = agreementChangeOf({ ...entry, terms: entry.data });
    if (change === null) continue;
    if ('adds' in change && !recorded.has(nameOf(change.adds))) recorded.set(nameOf(change.adds), entry);
    versions = afterChange(versions, change);
  }
  return versions.flatMap((version) => {
    const entry = recorded.get(nameOf(version));
    if (entry === undefined) return [];
    const { id, issuer, recordedAt, data } = entry;
    return [{ version, entry: id, issuer, recordedAt, terms: data }];
  });
}
