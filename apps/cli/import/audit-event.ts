import type { JsonObject } from '#statement';
import { SourceRecord } from './source-record.js';

/** Longest reference the catalogue takes. */
const longestReference = 120;

/** The systems codes of AuditEvents come from. */
export const codeSystem = {
  dicom: 'http://dicom.nema.org/resources/ontology/DCM',
  rest: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
  lifecycle: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle',
  participation: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  securityRole: 'http://terminology.hl7.org/CodeSystem/extra-security-role-type',
  authorization: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType',
  entity: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType',
} as const;

/** One participant of the event. */
interface Agent {
  readonly place: number;
  readonly codes: readonly string[];
  readonly isRequestor: boolean;
}

/**
 * A FHIR R4 AuditEvent while it is read (https://hl7.org/fhir/R4/auditevent.html), in the profiles of IHE Basic Audit
 * Log Patterns. Every reading takes what it found, so that the rest can be reported.
 */
export class AuditEvent {
  readonly record: SourceRecord;
  readonly #agents: readonly Agent[];

  constructor(resource: JsonObject) {
    this.record = new SourceRecord(resource);
    this.record.use('resourceType');
    this.#agents = Array.from({ length: this.record.count('agent') }, (_, place) => ({
      place,
      codes: this.#codings('agent', place, 'type'),
      isRequestor: this.record.at('agent', place, 'requestor') === true,
    }));
  }

  /** True when the event's type, or one of its subtypes, is this code. */
  is(system: string, code: string): boolean {
    const { record } = this;
    const places = [['type'], ...Array.from({ length: record.count('subtype') }, (_, place) => ['subtype', place])];
    const found = places.find(
      (path) => record.peek(...path, 'code') === code && record.peek(...path, 'system') === system,
    );
    if (found) record.use(...found);
    return found !== undefined;
  }

  /** `C`, `R`, `U`, `D` or `E`. */
  action(): string | undefined {
    return this.record.take(1, 'action');
  }

  /** `0` success, else a failure. */
  outcome(): string | undefined {
    return this.record.take(2, 'outcome');
  }

  outcomeText(): string | undefined {
    return this.record.take(3000, 'outcomeDesc');
  }

  /** The participant in this role, by its first code that is found. */
  agent(...roles: readonly `${string}|${string}`[]): number | undefined {
    const found = this.#agents.find(({ codes }) => roles.some((role) => codes.includes(role)));
    if (found) this.record.use('agent', found.place, 'type');
    return found?.place;
  }

  /** The participant who asked for what happened. */
  requestor(): number | undefined {
    const found = this.#agents.find(({ isRequestor }) => isRequestor);
    if (found) this.record.use('agent', found.place, 'requestor');
    return found?.place;
  }

  /** Whom a participant's entry names: a reference, an identifier, else a name. For blocks `people` and `staff` only. */
  who(agent: number | undefined): string | undefined {
    return agent === undefined ? undefined : this.#identity('agent', agent, 'who');
  }

  /** Every way in which a participant is named that an operator may have said a body for. Takes nothing. */
  namesOf(agent: number | undefined): readonly string[] {
    if (agent === undefined) return [];
    const { record } = this;
    const named = [['reference'], ['identifier', 'value'], ['display']].map((path) =>
      record.peek('agent', agent, 'who', ...path),
    );
    return [...named, this.#host(agent)].filter((name) => name !== undefined);
  }

  /** A machine: the host of its address, else its device. Never a name that might be a person's. */
  machine(agent: number | undefined): string | undefined {
    if (agent === undefined) return undefined;
    const host = this.#host(agent);
    if (host === undefined || host.length > longestReference) return this.device(agent);
    this.record.use('agent', agent, 'network');
    return host;
  }

  /** A participant that is a device, by its reference. */
  device(agent: number | undefined): string | undefined {
    if (agent === undefined) return undefined;
    const reference = this.record.peek('agent', agent, 'who', 'reference');
    if (reference === undefined || !/^Device\/[A-Za-z0-9.-]{1,64}$/.test(reference)) return undefined;
    return this.record.take(longestReference, 'agent', agent, 'who', 'reference');
  }

  /** What a participant does, as a coding says it. */
  functionOf(agent: number | undefined): string | undefined {
    if (agent === undefined) return undefined;
    const { record } = this;
    const path = ['agent', agent, 'type', 'coding', 0] as const;
    return record.take(longestReference, ...path, 'display') ?? record.take(longestReference, ...path, 'code');
  }

  /** The person concerned. */
  patient(): string | undefined {
    const place = this.#entities().find((one) =>
      this.record.peek('entity', one, 'what', 'reference')?.match(patientReference),
    );
    return place === undefined ? undefined : this.#entity(place);
  }

  /** References of what the event was about beside the person. */
  objects(): readonly string[] {
    return this.#entities().flatMap((place) => {
      const reference = this.record.peek('entity', place, 'what', 'reference');
      return reference === undefined || patientReference.test(reference) ? [] : (this.#entity(place) ?? []);
    });
  }

  /** What several events of one request have in common. */
  requestId(): string | undefined {
    const { record } = this;
    const place = this.#entities().find((one) => record.peek('entity', one, 'type', 'code') === 'XrequestId');
    if (place === undefined) return undefined;
    record.use('entity', place, 'type');
    return record.take(longestReference, 'entity', place, 'what', 'identifier', 'value');
  }

  /** Why it happened: up to five codes, those of the event before those of the participants. */
  purposes(): readonly { readonly code: string; readonly said: string }[] {
    const { record } = this;
    const lists = [['purposeOfEvent'], ...this.#agents.map(({ place }) => ['agent', place, 'purposeOfUse'])];
    const concepts = lists.flatMap((list) =>
      Array.from({ length: record.count(...list) }, (_, place) => [...list, place]),
    );
    return concepts.slice(0, 5).flatMap((path) => {
      const code = record.peek(...path, 'coding', 0, 'code');
      if (code === undefined) return [];
      const display = record.peek(...path, 'coding', 0, 'display') ?? record.peek(...path, 'text');
      record.use(...path);
      return [{ code, said: display === undefined ? code : `${display} (${code})` }];
    });
  }

  #identity(...path: readonly (string | number)[]): string | undefined {
    const { record } = this;
    return (
      record.take(longestReference, ...path, 'reference') ??
      record.take(longestReference, ...path, 'identifier', 'value') ??
      record.take(longestReference, ...path, 'display')
    );
  }

  #entities(): readonly number[] {
    return Array.from({ length: this.record.count('entity') }, (_, place) => place);
  }

  #entity(place: number): string | undefined {
    this.record.use('entity', place, 'type');
    this.record.use('entity', place, 'role');
    return this.record.take(longestReference, 'entity', place, 'what', 'reference');
  }

  /** Of an address that is a URI: the machine it names. */
  #host(agent: number): string | undefined {
    const address = this.record.peek('agent', agent, 'network', 'address');
    if (this.record.peek('agent', agent, 'network', 'type') !== '5' || address === undefined) return undefined;
    return URL.canParse(address) ? new URL(address).hostname || undefined : undefined;
  }

  #codings(...path: readonly (string | number)[]): readonly string[] {
    const { record } = this;
    return Array.from({ length: record.count(...path, 'coding') }, (_, place) =>
      ['system', 'code'].map((name) => record.peek(...path, 'coding', place, name) ?? '').join('|'),
    );
  }
}

/** A reference to the record of a person, wherever it lies. */
export const patientReference = /(^|\/)Patient\//;
