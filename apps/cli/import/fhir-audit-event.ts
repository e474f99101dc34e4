import type { EntryBody } from '#catalogue';
import { instantAt, isAgencyId, ledgerIssuer, type AgencyId, type Instant } from '#kernel';
import { canonical, type JsonObject, type JsonValue } from '#statement';
import { derivedId } from '#statement';
import { AuditEvent, codeSystem } from './audit-event.js';
import { contentOf } from './audit-event-content.js';
import { Unmappable } from './unmappable.js';

/** Which agency stands behind a name of the source system. */
export interface AgencyNames {
  /** records everything, whatever the source says */
  readonly all?: AgencyId;
  /** by site, reference, identifier or host as the source writes it */
  readonly byName: ReadonlyMap<string, AgencyId>;
}

/** What became of an event. */
export interface MappedEvent {
  readonly agency: AgencyId;
  readonly body: EntryBody;
  /** JSON pointers of what the source says and the entry does not */
  readonly leftBehind: readonly string[];
}

/**
 * Maps one FHIR R4 AuditEvent to the entry its recording agency would have made.
 *
 * Ids come from the source system and the source's id, so importing again finds the same entries. An event tells one
 * side of what happened: exchanges are per agency, joined only by the request id the events of one request share. The
 * time is the source's; no field is filled that the source does not fill. Persons appear as references in blocks
 * `people` and `staff`; so do names of participants, since nobody can tell a machine's name from a person's.
 *
 * @throws Unmappable
 */
export function mapAuditEvent(value: JsonValue, names: AgencyNames): MappedEvent {
  if (!isObject(value) || value['resourceType'] !== 'AuditEvent') throw new Unmappable('not an AuditEvent');
  const event = new AuditEvent(value);
  const agency = recordingAgency(event, names);
  const { system, id } = sourceOf(event, value);
  const request = event.requestId();
  const exchange = derivedId(system, `exchange of ${agency} by ${request === undefined ? id : `request ${request}`}`);
  const bodies = (agent: number | undefined): AgencyId | undefined => bodyOf(event, agent, names, agency);
  const content = contentOf(event, { bodies, disclosureId: derivedId(system, `disclosure of ${id}`) });
  const belongs = content.isExchange || request !== undefined;
  const body: EntryBody = {
    id: derivedId(system, id),
    type: content.type,
    ...(belongs && { exchange }),
    occurredAt: momentOf(event),
    data: { ...envelope(event), ...content.data },
  };
  return { agency, body, leftBehind: event.record.leftBehind() };
}

function envelope(event: AuditEvent): JsonObject {
  const subject = event.patient();
  const site = event.record.take(200, 'source', 'site');
  return {
    regime: notGiven,
    case: notGiven,
    subject: subject ?? notGiven,
    lateReason: `imported from the FHIR AuditEvents of ${site ?? 'a source that names no site'}`,
  };
}

const notGiven = { missing: 'not-given' } as const;

/** The agency whose log the event comes from: as said for the import, else the site, else the custodian. */
function recordingAgency(event: AuditEvent, { all, byName }: AgencyNames): AgencyId {
  if (all !== undefined) return all;
  const site = event.record.peek('source', 'site');
  const custodian = event.agent(`${codeSystem.participation}|CST`);
  const named = [site, ...event.namesOf(custodian)].flatMap((name) => byName.get(name ?? '') ?? []);
  const identifier =
    custodian === undefined ? undefined : event.record.peek('agent', custodian, 'who', 'identifier', 'value');
  const [agency] = [...named, ...[site, identifier].map((name) => name?.toLowerCase()).filter(isBody)];
  if (agency === undefined) throw new Unmappable('names no agency it was recorded by; say one with --agency');
  return agency;
}

const isBody = (name: string | undefined): name is AgencyId => isAgencyId(name) && name !== ledgerIssuer;

/** Another body than the recording one, where the import was told which body stands behind a name. */
function bodyOf(
  event: AuditEvent,
  agent: number | undefined,
  { byName }: AgencyNames,
  recording: AgencyId,
): AgencyId | undefined {
  const [body] = event.namesOf(agent).flatMap((name) => byName.get(name) ?? []);
  return body === recording ? undefined : body;
}

/** What ids are derived from. Without an id of its own an event is known by its content. */
function sourceOf({ record }: AuditEvent, value: JsonObject): { system: string; id: string } {
  const observer = ['source', 'observer'] as const;
  const system =
    record.peek('source', 'site') ??
    record.peek(...observer, 'reference') ??
    record.peek(...observer, 'identifier', 'value') ??
    record.peek(...observer, 'display') ??
    '';
  const id = record.take(64, 'id');
  return { system, id: id === undefined ? `AuditEvent ${canonical(value)}` : `AuditEvent/${id}` };
}

const fhirInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** When it happened: the start of the period where there is one, else when it was recorded at the source. */
function momentOf({ record }: AuditEvent): Instant {
  for (const path of [['period', 'start'], ['recorded']]) {
    const text = record.peek(...path);
    if (text === undefined || !fhirInstant.test(text)) continue;
    const milliseconds = Date.parse(text);
    if (Number.isNaN(milliseconds) || !sameDay(text)) continue;
    record.use(...path);
    return instantAt(milliseconds);
  }
  throw new Unmappable('does not say when it happened');
}

/** The engine takes 30 February for 2 March. */
function sameDay(text: string): boolean {
  const date = text.slice(0, 10);
  return instantAt(Date.parse(`${date}T00:00:00Z`)).startsWith(date);
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
