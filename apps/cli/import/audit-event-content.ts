import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { codeSystem, patientReference, type AuditEvent } from './audit-event.js';
import { Unmappable } from './unmappable.js';

/** What only this kind of event says. */
export interface Content {
  readonly type: string;
  /** the type belongs to an exchange in any case */
  readonly isExchange: boolean;
  readonly data: JsonObject;
}

interface Known {
  /** the body behind a participant, where it is known and another than the recording one */
  readonly bodies: (agent: number | undefined) => AgencyId | undefined;
  readonly disclosureId: string;
}

const notGiven = { missing: 'not-given' } as const;
const { dicom, participation, securityRole } = codeSystem;

/**
 * Decides what kind of entry an event is.
 *
 * | event | entry | because |
 * |---|---|---|
 * | Import (DCM 110107) | DisclosureReceived | it is the recipient's log that says so; what was sent is for the sender to say |
 * | Export (DCM 110106) | InformationDisclosed | it is the sender's log |
 * | AuthZ-Consent | RequestDecided | somebody asked and was let in or not: a denial is a decision, no data were processed.
 * | | | The one who asked belongs to the other side and has no field |
 * | read, search of a person's record | InformationConsulted | |
 * | create, update, delete of a person's record | ProcessingOperationLogged | |
 *
 * @throws Unmappable for every other event, for one without a person, and for what failed: then nothing happened to data
 */
export function contentOf(event: AuditEvent, known: Known): Content {
  if (event.is(codeSystem.authorization, 'AuthZ-Consent')) return decided(event, known);
  const kind = kindOf(event);
  const outcome = event.outcome();
  if (outcome !== undefined && outcome !== '0') throw new Unmappable('failed at its source; no data were touched');
  if (event.patient() === undefined) throw new Unmappable('names no person whose data it is about');
  if (kind === 'import') return received(event, known);
  if (kind === 'export') return disclosed(event, known);
  return recordTouched(event);
}

function kindOf(event: AuditEvent): 'import' | 'export' | 'record' {
  if (event.is(codeSystem.lifecycle, 'disclose')) {
    if (event.is(dicom, '110107')) return 'import';
    if (event.is(dicom, '110106')) return 'export';
  } else if (event.is(codeSystem.rest, 'rest') || event.is(dicom, '110110') || event.is(dicom, '110112')) {
    event.record.use('subtype');
    return 'record';
  }
  throw new Unmappable('is of a type that no entry stands for');
}

const source = (event: AuditEvent): number | undefined => event.agent(`${dicom}|110153`);
const destination = (event: AuditEvent): number | undefined => event.agent(`${dicom}|110152`);
const recipient = (event: AuditEvent): number | undefined => event.agent(`${participation}|IRCP`);

/** Who asked for it acted, unless that is the person concerned: then somebody unnamed acted on the person's behalf. */
function whoActed(event: AuditEvent): JsonObject {
  const who = event.who(event.requestor());
  if (who === undefined) return { actor: notGiven };
  return patientReference.test(who) ? { actor: notGiven, onBehalfOf: who } : { actor: who };
}

function received(event: AuditEvent, { bodies, disclosureId }: Known): Content {
  const storedIn = event.device(destination(event));
  const data = {
    ...whoActed(event),
    disclosureId,
    disclosedBy: bodies(source(event)) ?? notGiven,
    legalBasisCollect: notGiven,
    matchesManifest: notGiven,
    ...(storedIn !== undefined && { storedIn }),
  };
  return { type: 'DisclosureReceived', isExchange: true, data };
}

function disclosed(event: AuditEvent, { bodies, disclosureId }: Known): Content {
  const to = destination(event);
  const body = bodies(to);
  const person = event.who(recipient(event));
  const { purpose, reason } = purposeOf(event);
  const items = event.objects().map((itemRef) => ({
    dataCategory: categoryOf(itemRef),
    itemBasis: notGiven,
    reliability: notGiven,
    asOf: notGiven,
    itemRef,
  }));
  const data = {
    ...whoActed(event),
    disclosureId,
    spontaneous: notGiven,
    recipients: body === undefined ? notGiven : [body],
    channel: event.machine(to) === undefined ? notGiven : 'system-to-system',
    purpose,
    legalBasisTransmit: notGiven,
    legalBasisCollect: notGiven,
    items: items.length > 0 ? items.slice(0, 100) : notGiven,
    subjectCategory: notGiven,
    ageBand: notGiven,
    justification: reason ?? notGiven,
    ...(person !== undefined && { recipientPersons: [person] }),
  };
  return { type: 'InformationDisclosed', isExchange: true, data };
}

function decided(event: AuditEvent, { bodies }: Known): Content {
  const outcome = event.outcome();
  const decision = outcome === undefined ? notGiven : outcome === '0' ? 'grant-full' : 'refuse';
  const server = event.agent(`${securityRole}|authserver`);
  const decidedByFunction = event.functionOf(server) ?? notGiven;
  const tool = event.device(server);
  const asking = event.agent('http://terminology.hl7.org/CodeSystem/v3-RoleClass|PROV');
  const { purpose, reason } = purposeOf(event);
  const consents = event
    .objects()
    .filter((reference) => reference.includes('Consent/'))
    .slice(0, 5);
  const because = [event.outcomeText() ?? reason, ...consents].filter((text) => text !== undefined);
  const data = {
    decision,
    purpose,
    requester: bodies(asking) ?? notGiven,
    decidedBy: tool ?? event.who(server) ?? notGiven,
    decidedByFunction,
    automation: { level: 'automatic', ...(tool !== undefined && { tool }) },
    justification: because.length > 0 ? because.join('; ') : notGiven,
    ...(decision === 'refuse' && { refused: [{ dataCategory: notGiven, refusalReason: notGiven }] }),
  };
  return { type: 'RequestDecided', isExchange: true, data };
}

const operations: Readonly<Record<string, string>> = { C: 'collect', U: 'alter', D: 'erase' };

function recordTouched(event: AuditEvent): Content {
  const action = event.action();
  const objects = event.objects();
  const about = objects[0] ?? event.patient() ?? notGiven;
  const system = event.machine(source(event));
  const { purpose, reason } = purposeOf(event);
  const common = {
    ...whoActed(event),
    dataCategories: objects[0] === undefined ? ['identity'] : listed(categoryOf(objects[0])),
    purpose,
    justification: event.outcomeText() ?? reason ?? notGiven,
    ...(system !== undefined && { system }),
  };
  if (action === 'R' || action === 'E') {
    return { type: 'InformationConsulted', isExchange: false, data: { ...common, recordRef: about } };
  }
  const operation = operations[action ?? ''] ?? notGiven;
  return { type: 'ProcessingOperationLogged', isExchange: false, data: { ...common, operation, objectRef: about } };
}

const clinical =
  /(^|\/)(AllergyIntolerance|CarePlan|Condition|DiagnosticReport|Encounter|Immunization|Medication\w*|Observation|Procedure)\//;

/** The category of a resource by its type, where the type alone says it. */
const categoryOf = (reference: string): string | typeof notGiven =>
  clinical.test(reference) ? 'health-record' : notGiven;

const listed = (category: string | typeof notGiven): readonly string[] | typeof notGiven =>
  typeof category === 'string' ? [category] : category;

/** Reasons of HL7 v3 ActReason that mean what a purpose of the catalogue means. */
const purposes: Readonly<Record<string, string>> = {
  TREAT: 'health-care',
  ETREAT: 'health-care',
  CAREMGT: 'health-care',
};

/** `unknown`: the source gives a purpose, but none that has an equivalent; its words then are the reason. */
function purposeOf(event: AuditEvent): { purpose: string | { missing: string }; reason: string | undefined } {
  const given = event.purposes();
  if (given.length === 0) return { purpose: notGiven, reason: undefined };
  const purpose = given.flatMap(({ code }) => purposes[code] ?? []).at(0) ?? { missing: 'unknown' };
  return { purpose, reason: given.map(({ said }) => said).join('; ') };
}
