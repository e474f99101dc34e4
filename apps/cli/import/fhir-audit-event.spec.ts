import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { blocksOf, validateEntry } from '#catalogue';
import { agencyId, instantAt } from '#kernel';
import { canonical, type JsonObject, type JsonValue } from '#statement';
import { derivedId } from '#statement';
import { mapAuditEvent, type AgencyNames, type MappedEvent } from './fhir-audit-event.js';
import { Unmappable } from './unmappable.js';

const published = readFileSync('test/data/fhir-auditevents.ndjson', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as JsonObject);
const [disclosureAtRecipient = {}, denial = {}, reading = {}] = published;

const now = instantAt(Date.UTC(2026, 0, 1));
const clinic = agencyId('klinik.example');
const nobody: AgencyNames = { byName: new Map() };
const notGiven = { missing: 'not-given' };
const mapped = (event: JsonValue, names = nobody): MappedEvent => mapAuditEvent(event, names);

/** The event with something at one place put in, or taken out where it is undefined. */
function changed(event: JsonObject, path: string, value: JsonValue | undefined): JsonObject {
  const copy = structuredClone(event) as Record<string, unknown>;
  const steps = path.split('/');
  const last = steps.pop() ?? '';
  const parent = steps.reduce((at, step) => at[step] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy as JsonObject;
}

describe('the published disclosure, recorded at its recipient', () => {
  const { agency, body, leftBehind } = mapped(disclosureAtRecipient);
  const id = 'AuditEvent/ex-auditPrivacyDisclosure-recipient';

  it('is the receipt of a disclosure', () => {
    expect(agency).toBe('server.example.com');
    expect(body).toEqual({
      id: derivedId('server.example.com', id),
      type: 'DisclosureReceived',
      exchange: derivedId('server.example.com', `exchange of server.example.com by ${id}`),
      occurredAt: '2020-04-29T09:49:00.000Z',
      data: {
        regime: notGiven,
        case: notGiven,
        subject: 'Patient/ex-patient',
        actor: notGiven,
        onBehalfOf: 'Patient/ex-patient',
        disclosureId: derivedId('server.example.com', `disclosure of ${id}`),
        disclosedBy: notGiven,
        legalBasisCollect: notGiven,
        matchesManifest: notGiven,
        storedIn: 'Device/ex-device',
        lateReason: 'imported from the FHIR AuditEvents of server.example.com',
      },
    });
  });

  it('says what it leaves behind by place', () => {
    expect(leftBehind).toEqual(
      expect.arrayContaining(['/meta', '/action', '/purposeOfEvent', '/agent/0/who', '/entity/1', '/source/type']),
    );
    expect(leftBehind).not.toContain('/recorded');
    expect(leftBehind.join()).not.toContain('myMachine');
  });

  it('names the sender where the import was told who it is', () => {
    const names = { byName: new Map([['myMachine.example.org', clinic]]) };
    expect(mapped(disclosureAtRecipient, names).body.data['disclosedBy']).toBe('klinik.example');
  });
});

describe('the same disclosure, recorded at its source', () => {
  const names: AgencyNames = { byName: new Map([['server.example.com', agencyId('praxis.example')]]), all: clinic };
  const { agency, body } = mapped(changed(disclosureAtRecipient, 'type/code', '110106'), names);

  it('is a disclosure of a document to the body behind its address', () => {
    expect(agency).toBe('klinik.example');
    expect(body.type).toBe('InformationDisclosed');
    expect(body.data).toMatchObject({
      recipients: ['praxis.example'],
      channel: 'system-to-system',
      purpose: { missing: 'unknown' },
      justification: 'patient requested (PATRQT)',
      legalBasisTransmit: notGiven,
      legalBasisCollect: notGiven,
      items: [{ dataCategory: notGiven, itemRef: 'DocumentReference/ex-documentreference' }],
    });
  });
});

describe('the published denial', () => {
  const { agency, body } = mapped(denial);

  it('is a refused request', () => {
    expect(agency).toBe('server.example.com');
    expect(body).toEqual({
      id: derivedId('server.example.com', 'AuditEvent/ex-auditAuthZconsent-deny'),
      type: 'RequestDecided',
      exchange: expect.any(String),
      occurredAt: '2021-12-27T09:49:00.000Z',
      data: {
        regime: notGiven,
        case: notGiven,
        subject: 'Patient/ex-patient',
        decision: 'refuse',
        purpose: { missing: 'unknown' },
        requester: notGiven,
        decidedBy: 'Device/ex-authz',
        decidedByFunction: 'authorization server',
        automation: { level: 'automatic', tool: 'Device/ex-authz' },
        justification: 'Consent denied access to this user; Consent/ex-consent',
        refused: [{ dataCategory: notGiven, refusalReason: notGiven }],
        lateReason: 'imported from the FHIR AuditEvents of server.example.com',
      },
    });
  });

  it('is a grant where consent permitted it', () => {
    const { data } = mapped(changed(denial, 'outcome', '0')).body;
    expect(data['decision']).toBe('grant-full');
    expect(data['refused']).toBeUndefined();
  });
});

describe('the published reading of a record', () => {
  it('needs to be told whose log it is from: its source names no site', () => {
    expect(() => mapped(reading)).toThrow('--agency');
  });

  it('is a consultation by the person who asked', () => {
    const { agency, body } = mapped(reading, { ...nobody, all: clinic });
    const request = 'request 76d148b6-586d-11ec-bf63-0242ac130002';
    expect(agency).toBe('klinik.example');
    expect(body).toEqual({
      id: derivedId('myMachine.example.org', 'AuditEvent/ex-auditBasicReadClient'),
      type: 'InformationConsulted',
      exchange: derivedId('myMachine.example.org', `exchange of klinik.example by ${request}`),
      occurredAt: '2020-04-29T09:49:00.000Z',
      data: {
        regime: notGiven,
        case: notGiven,
        subject: 'Patient/ex-patient',
        actor: 'John Smith',
        recordRef: 'List/ex-list',
        dataCategories: notGiven,
        purpose: notGiven,
        justification: notGiven,
        system: 'server.example.com',
        lateReason: 'imported from the FHIR AuditEvents of a source that names no site',
      },
    });
  });

  it('never shows a name outside the blocks of staff and people', () => {
    const { body } = mapped(reading, { ...nobody, all: clinic });
    const { staff, people, ...others } = blocksOf(validateEntry(body, now));
    expect(JSON.stringify(staff)).toContain('John Smith');
    expect(JSON.stringify(people)).toContain('Patient/ex-patient');
    expect(JSON.stringify(others)).not.toMatch(/Smith|myMachine|Patient\/|List\//);
  });

  it.each([
    ['C', 'collect'],
    ['U', 'alter'],
    ['D', 'erase'],
  ])('with action %s is an operation: %s', (action, operation) => {
    const { body } = mapped(changed(reading, 'action', action), { ...nobody, all: clinic });
    expect(body.type).toBe('ProcessingOperationLogged');
    expect(body.data['operation']).toBe(operation);
  });
});

describe('an import', () => {
  it.each(published.map((event, place) => [place + 1, event] as const))(
    'of published event %i is valid',
    (_, event) => {
      expect(() => validateEntry(mapped(event, { ...nobody, all: clinic }).body, now)).not.toThrow();
    },
  );

  it('gives an event without an id the id of its content', () => {
    const nameless = changed(denial, 'id', undefined);
    expect(mapped(nameless).body.id).toBe(mapped(structuredClone(nameless)).body.id);
    expect(mapped(changed(nameless, 'outcomeDesc', 'x')).body.id).not.toBe(mapped(nameless).body.id);
  });

  it('keeps the moment of other zones and of the period', () => {
    expect(mapped(changed(denial, 'recorded', '2021-12-27T09:49:00+01:00')).body.occurredAt).toBe(
      '2021-12-27T08:49:00.000Z',
    );
    const period = changed(denial, 'period', { start: '2021-12-24T00:00:00Z' });
    expect(mapped(period).body.occurredAt).toBe('2021-12-24T00:00:00.000Z');
    expect(mapped(period).leftBehind).toContain('/recorded');
  });

  it('takes the custodian for the recording agency where there is no site', () => {
    const code = { system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'CST' };
    const custodian = { type: { coding: [code] }, who: { identifier: { value: 'Archiv.example' } }, requestor: false };
    const event = changed(changed(denial, 'source/site', undefined), 'agent', [custodian]);
    expect(mapped(event).agency).toBe('archiv.example');
  });

  it.each([
    ['recorded', undefined, 'when it happened'],
    ['recorded', '2021-02-30T00:00:00Z', 'when it happened'],
    ['recorded', '2021-13-01T00:00:00Z', 'when it happened'],
    ['recorded', 5, 'when it happened'],
    ['source/site', 'ledger', 'names no agency'],
    ['source/site', 'Ward 7', 'names no agency'],
    ['resourceType', 'Patient', 'not an AuditEvent'],
    ['subtype', [], 'no entry stands for'],
    ['outcome', '8', 'failed'],
    ['entity', [], 'names no person'],
    ['entity', 'text', 'names no person'],
  ])('refuses %s = %j and says so', (path, value, why) => {
    const event = changed(disclosureAtRecipient, path, value);
    expect(() => mapped(event)).toThrow(Unmappable);
    expect(() => mapped(event)).toThrow(why);
  });

  it.each([null, 5, 'text', [], {}, { resourceType: 'AuditEvent' }])('refuses %j', (value) => {
    expect(() => mapped(value, { ...nobody, all: clinic })).toThrow(Unmappable);
  });

  it('leaves a reference that is too long behind instead of cutting it', () => {
    const { body, leftBehind } = mapped(changed(denial, 'agent/3/who/reference', `Device/${'x'.repeat(200)}`));
    expect(body.data['decidedBy']).toEqual(notGiven);
    expect(leftBehind).toContain('/agent/3/who');
  });

  it('ends for an event of any form: valid, or said to be unmappable, never crashed', () => {
    const spoil = fc.tuple(fc.constantFrom(...published), fc.nat(400), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(spoil, ([event, place, value]) => {
        const spoilt = spoiledAt(event, place, value as JsonValue);
        expect(() => endOf(spoilt)).not.toThrow();
      }),
      { seed: 20260101, numRuns: 400 },
    );
  });

  it('reports at most a hundred places of a huge event', () => {
    const agent = Array.from({ length: 5000 }, () => ({ who: { display: 'x' } }));
    const more = Object.fromEntries(agent.map((one, place) => [`field${place}`, one]));
    const event = { ...changed(denial, 'agent', agent), ...more };
    expect(mapped(event).leftBehind).toHaveLength(100);
    expect(canonical(mapped(event).body.data).length).toBeLessThan(2000);
  });
});

/** Maps and validates; says how it ended. Anything but the two known ends is thrown. */
function endOf(event: JsonValue): string {
  try {
    validateEntry(mapped(event, { ...nobody, all: clinic }).body, now);
    return 'mapped';
  } catch (error) {
    if (error instanceof Error && ['Unmappable', 'DomainError'].includes(error.name)) return error.name;
    throw error;
  }
}

/** The event with one of its values, counted in their order, replaced. */
function spoiledAt(event: JsonValue, place: number, value: JsonValue): JsonValue {
  let left = place;
  const walk = (one: JsonValue): JsonValue => {
    if (left-- === 0) return value;
    if (typeof one !== 'object' || one === null) return one;
    if (Array.isArray(one)) return one.map((element: JsonValue) => walk(element));
    return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, walk(member)]));
  };
  return walk(event);
}
