import { isObject, textIn, vocabularies } from '#catalogue';
import { DomainError, isAgencyId, type AgencyId, type Fault } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import type { AssessmentKind } from './assessment.js';

/**
 * What a worker asks about before anything is done: codes, days and yes or no. There is no place in it for a person, a
 * case or a sentence (domain §4); of what will be written, it says only that it will be.
 */
export interface Draft {
  readonly kind: AssessmentKind;
  /** `agreement@version#clause`, or an agreement; null where it stands outside of every agreement */
  readonly template: string | null;
  /** null where the clause leaves no choice */
  readonly counterparts: readonly AgencyId[] | null;
  /** fields of the entry as they would be recorded, without its items */
  readonly said: JsonObject;
  /** objects, as they would be recorded */
  readonly items: readonly JsonObject[];
  /** names of fields of the entry that will be written */
  readonly given: readonly string[];
  /** the same of each item */
  readonly givenOfItems: readonly (readonly string[])[];
  /** objects of the attendance; null where nothing is said of who is in the room */
  readonly room: readonly JsonObject[] | null;
  /** who would hear each item; null where everybody in the room would */
  readonly heardBy: readonly (readonly AgencyId[] | null)[];
}

/** An entry's list holds no more. */
export const mostItems = 100;
/** No clause has more parties on one side. */
const mostCounterparts = 100;
/** What each of them may hear is found out one by one. */
export const mostSeats = 30;

const ofRequests = ['purpose', 'subjectCategory', 'ageBand', 'urgency'];
const ofDisclosures = [
  'purpose',
  'subjectCategory',
  'ageBand',
  'channel',
  'gateway',
  'specialGround',
  'purposeCompatible',
  'decidedByHead',
  'helpNotEndangered',
  'conditions',
  'consentRef',
  'derivedFrom',
  'permissionRef',
  'transfer',
];
/** What is said in a room comes out of none, and answers nobody. */
const beyondRooms = ['conferenceRef', 'request', ...ofDisclosures];
const ofConferences = ['room', ...ofDisclosures];
const bases = ['legalBasisTransmit', 'legalBasisCollect'];
const inItems = {
  request: ['dataCategory', 'specialCategory', 'period'],
  disclosure: [
    'dataCategory',
    'specialCategory',
    'period',
    'itemBasis',
    'reliability',
    'asOf',
    'collectedFor',
    'secrecyClass',
    'complete',
    'reCollectionTest',
    'thirdPerson',
  ],
};
const written = {
  request: ['necessity', 'strictNecessity'],
  disclosure: [
    'necessity',
    'strictNecessity',
    'alternatives',
    'threshold',
    'regimeChangeProvision',
    'qualityCheckedAt',
  ],
};
/** Of a transfer to a third country: where to, from where, and which days; its tool and its assessment are named only. */
const ofTransfers = [
  'country',
  'originState',
  'withoutAuthorisation',
  'originInformedOn',
  'supervisorInformedOn',
  'given',
];
const writtenOfTransfers = ['tool', 'assessment', 'originAuthorisation'];
const ofSeats = ['agency', 'attendance', 'authorised', 'undertakingSigned'];
const writtenInItems = { request: [], disclosure: ['marking', 'thirdPersonReason'] };

/**
 * Reads the form of a draft; whether its codes are codes is told where it is filled in.
 *
 * @throws DomainError `invalid-body` with pointers
 */
export function readDraft(value: JsonValue): Draft {
  if (!isObject(value)) throw noDraft([{ pointer: '', detail: 'expected an object' }]);
  const { kind, template, counterparts, items, given, room, ...rest } = value;
  const faults: Fault[] = [];
  const form = kind === 'request' ? 'request' : 'disclosure';
  const isConference = kind === 'conference';
  if (kind !== 'request' && kind !== 'disclosure' && kind !== 'conference') {
    faults.push({ pointer: '/kind', detail: 'expected request, disclosure or conference' });
  }
  if (template !== undefined && template !== null && typeof template !== 'string') {
    faults.push({ pointer: '/template', detail: 'expected the name of a template' });
  }
  if (counterparts !== undefined && !isAgencies(counterparts)) {
    faults.push({ pointer: '/counterparts', detail: `expected a list of 1 to ${mostCounterparts} agency ids` });
  }
  const fields = { request: ofRequests, disclosure: beyondRooms, conference: ofConferences };
  const names = [...fields[isConference ? kind : form], ...(typeof template === 'string' ? [] : bases)];
  faults.push(...unknownFields({ ...rest, ...(room !== undefined && { room }) }, names, ''));
  const seats = room === undefined || !isConference ? [] : seatsIn(room);
  if (seats === null) faults.push({ pointer: '/room', detail: `expected 1 to ${mostSeats} bodies, each of them once` });
  for (const [place, seat] of (seats ?? []).entries()) faults.push(...unknownFields(seat, ofSeats, `/room/${place}`));
  if (room !== undefined && counterparts !== undefined) {
    faults.push({ pointer: '/counterparts', detail: 'who is there stands in the room' });
  }
  faults.push(...transferFaults(rest['transfer']));
  for (const name of bases) if (rest[name] !== undefined) faults.push(...basisFaults(rest[name], name));
  faults.push(...listFaults(given, written[form], ''));
  const list = listOfItems(items);
  if (list === null) faults.push({ pointer: '/items', detail: `expected a list of 1 to ${mostItems} items` });
  for (const [place, item] of (list ?? []).entries()) {
    faults.push(...itemFaults(item, isConference ? kind : form, `/items/${place}`));
  }
  if (faults.length > 0) throw noDraft(faults.slice(0, mostItems));
  return {
    kind: kind as AssessmentKind,
    template: textIn(value, 'template'),
    counterparts: (counterparts ?? null) as Draft['counterparts'],
    said: { ...rest, ...writtenLater(rest), ...Object.fromEntries(bases.flatMap((name) => citedLater(rest, name))) },
    items: (list ?? []).map(({ given: _, heardBy: __, ...item }) => item),
    given: (given ?? []) as readonly string[],
    givenOfItems: (list ?? []).map((item) => (item['given'] ?? []) as readonly string[]),
    room: room === undefined ? null : seats,
    heardBy: (list ?? []).map((item) => (item['heardBy'] ?? null) as readonly AgencyId[] | null),
  };
}

/** Items are ticked: a code alone is one. */
export function listOfItems(items: JsonValue | undefined): readonly JsonObject[] | null {
  if (!Array.isArray(items) || items.length === 0 || items.length > mostItems) return null;
  return (items as readonly JsonValue[]).map((item) => {
    if (isObject(item)) return item;
    return { dataCategory: typeof item === 'string' ? item : '' };
  });
}

const noDraft = (faults: readonly Fault[]): DomainError =>
  new DomainError('invalid-body', 'this is nothing that can be assessed', faults);

const isAgencies = (value: JsonValue): boolean =>
  Array.isArray(value) && value.length > 0 && value.length <= mostCounterparts && value.every(isAgencyId);

/** Faults for fields that do not belong there; a name is repeated only where it can say little. */
export const unknownFields = (value: JsonObject, known: readonly string[], above: string): readonly Fault[] =>
  Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => ({ pointer: /^[\w-]{1,64}$/.test(name) ? `${above}/${name}` : above, detail: 'unknown field' }));

function itemFaults(item: JsonObject, kind: AssessmentKind, pointer: string): readonly Fault[] {
  const { given, ...rest } = item;
  const form = kind === 'request' ? 'request' : 'disclosure';
  const known = kind === 'conference' ? [...inItems[form], 'heardBy'] : inItems[form];
  const { heardBy } = rest;
  return [
    ...unknownFields(rest, known, pointer),
    ...listFaults(given, writtenInItems[form], pointer),
    ...(heardBy === undefined || isAgencies(heardBy)
      ? []
      : [{ pointer: `${pointer}/heardBy`, detail: 'expected a list of agency ids' }]),
  ];
}

/** Who is named as there is there; an object says more. Null where it is no room. */
function seatsIn(room: JsonValue): readonly JsonObject[] | null {
  if (!Array.isArray(room) || room.length === 0 || room.length > mostSeats) return null;
  const seats = (room as readonly JsonValue[]).map((one) => (isObject(one) ? one : { agency: one }));
  const agencies = new Set(seats.map(({ agency }) => agency));
  return agencies.size === seats.length && seats.every(({ agency }) => isAgencyId(agency)) ? seats : null;
}

function transferFaults(transfer: JsonValue | undefined): readonly Fault[] {
  if (transfer === undefined) return [];
  if (!isObject(transfer)) return [{ pointer: '/transfer', detail: 'expected an object' }];
  return [
    ...unknownFields(transfer, ofTransfers, '/transfer'),
    ...listFaults(transfer['given'], writtenOfTransfers, '/transfer'),
  ];
}

/** What will be written of a transfer has the place of it. */
function writtenLater({ transfer }: JsonObject): JsonObject {
  if (!isObject(transfer)) return {};
  const { given, ...said } = transfer;
  const names = (given ?? []) as readonly string[];
  return { transfer: { ...Object.fromEntries(names.map((name) => [name, '-'])), ...said } };
}

function listFaults(given: JsonValue | undefined, known: readonly string[], above: string): readonly Fault[] {
  const isFit =
    given === undefined || (Array.isArray(given) && given.every((one) => known.some((name) => name === one)));
  return isFit ? [] : [{ pointer: `${above}/given`, detail: `expected names among ${known.join(', ') || 'none'}` }];
}

function basisFaults(code: JsonValue | undefined, name: string): readonly Fault[] {
  const isCode = typeof code === 'string' && vocabularies.get('legal-basis')?.terms.has(code) === true;
  return isCode ? [] : [{ pointer: `/${name}`, detail: 'expected a code of the vocabulary legal-basis' }];
}

/** Outside of an agreement only the ground is known: which provision it is, nobody has looked at. */
const citedLater = (rest: JsonObject, name: string): readonly (readonly [string, JsonObject])[] =>
  rest[name] === undefined ? [] : [[name, { code: rest[name], provision: { missing: 'follows' } }]];
