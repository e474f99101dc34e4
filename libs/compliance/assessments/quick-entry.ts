import { isObject, textIn, vocabularies } from '#catalogue';
import { DomainError, isAgencyId, isInstant, isUuid, type AgencyId, type Fault, type Instant } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { listOfItems, mostItems, unknownFields } from './draft.js';
import { quickKinds, type QuickKind } from './template.js';

/** What a worker says of one thing that is asked or told: what, why, and the fields that nobody can know for them. */
export interface Said {
  /** fields of the entry, as it is recorded */
  readonly given: JsonObject;
  /** empty where it is a conference, of which each contribution has its own, and where something was received */
  readonly items: readonly JsonObject[];
}

/** One line of a conference's sheet. */
export interface SheetLine extends Said {
  readonly agendaItem: string | null;
  /** null where everybody in the room heard it */
  readonly heardBy: readonly AgencyId[] | null;
  /** null where it is the agency's own */
  readonly contributor: AgencyId | null;
}

/** An entry as somebody makes it who has little time (domain §4): a template, a case, what and why. */
export interface QuickEntry extends Said {
  /** null where the sender gave none: then it cannot be sent again safely */
  readonly id: string | null;
  readonly template: string | null;
  /** null where the template leaves no choice */
  readonly kind: QuickKind | null;
  readonly counterparts: readonly AgencyId[] | null;
  readonly occurredAt: Instant | null;
  /** entry id of the request that is answered */
  readonly request: string | null;
  /** entry id of the disclosure that was received, or that feedback is given on */
  readonly disclosure: string | null;
  /** entry id of the convening of the conference, where it is recorded */
  readonly convening: string | null;
  /** objects of the attendance; null where the clause says who sits in the conference */
  readonly room: readonly JsonObject[] | null;
  readonly contributions: readonly SheetLine[];
}

const outer = [
  'id',
  'template',
  'kind',
  'counterparts',
  'occurredAt',
  'request',
  'convening',
  'room',
  'contributions',
  'case',
  'items',
  'reason',
];
const aboutPerson = ['case', 'subject', 'subjectCategory', 'ageBand'];
/** What a person may say beside it, as it is recorded. Which of them an entry has is checked with the entry. */
const fields = [
  ...aboutPerson.slice(1),
  'purpose',
  'unit',
  'lateReason',
  'visibility',
  'hiddenUntil',
  'assessment',
  'necessity',
  'strictNecessity',
  'reasonTold',
  'urgency',
  'neededBy',
  'channel',
  'gateway',
  'consentRef',
  'specialGround',
  'alternatives',
  'threshold',
  'conditions',
  'derivedFrom',
  'permissionRef',
  'conferenceRef',
  'purposeCompatible',
  'decidedByHead',
  'helpNotEndangered',
  'qualityCheckedAt',
  'regimeChangeProvision',
  'manifestDigest',
  'decidedByFunction',
  'dpoConsulted',
];
/** What is said in a room comes out of none: its entries name their convening. */
const inRooms = fields.filter((name) => name !== 'conferenceRef');
/** What a recipient says of a disclosure: that it arrived, or what became of it. */
const ofReceipts = ['id', 'disclosure', 'occurredAt', 'case'];
const inReceipts = [
  ...aboutPerson.slice(1),
  'unit',
  'lateReason',
  'visibility',
  'hiddenUntil',
  'legalBasisCollect',
  'matchesManifest',
  'manifestDigest',
  'conditionsAccepted',
  'conditionsRejected',
  'storedIn',
  'onwardBlocked',
  'feedback',
  'remark',
  'correctionNeeded',
];
const inLines = ['agendaItem', 'heardBy', 'contributor', 'items', 'reason'];

/**
 * Reads the form of a quick entry; what stands in its fields is checked with the entries that it becomes.
 *
 * @throws DomainError `invalid-body` with pointers
 */
export function readQuickEntry(value: JsonValue): QuickEntry {
  if (!isObject(value)) throw noEntry([{ pointer: '', detail: 'expected an object' }]);
  const isReceipt = value['disclosure'] !== undefined;
  const isSheet = !isReceipt && value['contributions'] !== undefined;
  const known = isReceipt ? [...ofReceipts, ...inReceipts] : [...outer, ...(isSheet ? inRooms : fields)];
  const faults: Fault[] = [...unknownFields(value, known, '')];
  const demand = (name: string, isFit: (given: JsonValue) => boolean, expected: string): void => {
    const given = value[name];
    if (given !== undefined && !isFit(given)) faults.push({ pointer: `/${name}`, detail: `expected ${expected}` });
  };
  for (const name of ['id', 'request', 'disclosure', 'convening']) demand(name, isUuid, 'a lower-case UUID');
  demand('kind', (kind) => quickKinds.some((one) => one === kind), quickKinds.join(', '));
  demand('template', (name) => typeof name === 'string', 'the name of a template');
  demand('occurredAt', isInstant, 'an existing instant like 2026-11-22T10:00:00.123Z');
  demand('counterparts', isAgencies, 'a list of agency ids');
  const room = value['room'] === undefined ? null : roomIn(value['room']);
  if (value['room'] !== undefined && room === null) faults.push({ pointer: '/room', detail: 'expected agency ids' });
  if (isReceipt) faults.push(...caseFaults(value, ''));
  const said = isReceipt ? { given: givenIn(value, inReceipts), items: [] } : saidIn(value, '', faults, isSheet);
  const contributions = isSheet ? linesIn(value['contributions'], faults) : [];
  if (faults.length > 0) throw noEntry(faults.slice(0, mostItems));
  return {
    ...said,
    id: textIn(value, 'id'),
    template: textIn(value, 'template'),
    kind: (value['kind'] ?? null) as QuickKind | null,
    counterparts: (value['counterparts'] ?? null) as QuickEntry['counterparts'],
    occurredAt: (value['occurredAt'] ?? null) as Instant | null,
    request: textIn(value, 'request'),
    disclosure: textIn(value, 'disclosure'),
    convening: textIn(value, 'convening'),
    room,
    contributions,
  };
}

/** What and why, of the whole or of one contribution. @param isSheet its items stand in its contributions */
function saidIn(value: JsonObject, above: string, faults: Fault[], isSheet: boolean): Said {
  const items = listOfItems(value['items']);
  if (isSheet && value['items'] !== undefined) {
    faults.push({ pointer: `${above}/items`, detail: 'the items of a conference stand in its contributions' });
  } else if (!isSheet && items === null) {
    faults.push({ pointer: `${above}/items`, detail: `expected a list of 1 to ${mostItems} items` });
  }
  for (const [place, item] of (items ?? []).entries()) {
    faults.push(...refusalFaults(item['refused'], `${above}/items/${place}/refused`));
  }
  faults.push(...caseFaults(value, above));
  return { given: givenIn(value, fields), items: items ?? [] };
}

const caseFaults = ({ case: about }: JsonObject, above: string): readonly Fault[] =>
  isObject(about) ? unknownFields(about, aboutPerson, `${above}/case`) : [];

/** What a person said, as it is recorded. */
function givenIn(value: JsonObject, names: readonly string[]): JsonObject {
  const { case: about, reason: justification } = value;
  return {
    ...(isObject(about) ? about : about !== undefined && { case: about }),
    ...Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name))),
    ...(justification !== undefined && { justification }),
  };
}

/** Why an item that was asked for is not told: a code, or `{refusalReason, provision}` as it is picked from a list. */
function refusalFaults(refused: JsonValue | undefined, pointer: string): readonly Fault[] {
  if (refused === undefined) return [];
  const { refusalReason, provision, ...others } = isObject(refused) ? refused : { refusalReason: refused };
  const isCode =
    typeof refusalReason === 'string' && vocabularies.get('refusal-reason')?.terms.has(refusalReason) === true;
  return [
    ...(isCode ? [] : [{ pointer, detail: 'expected a code of the vocabulary refusal-reason' }]),
    ...(provision === undefined || typeof provision === 'string'
      ? []
      : [{ pointer: `${pointer}/provision`, detail: 'expected text' }]),
    ...unknownFields(others, [], pointer),
  ];
}

function linesIn(value: JsonValue | undefined, faults: Fault[]): readonly SheetLine[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostItems) {
    faults.push({ pointer: '/contributions', detail: `expected a list of 1 to ${mostItems} contributions` });
    return [];
  }
  return (value as readonly JsonValue[]).flatMap((line, place) => {
    const above = `/contributions/${place}`;
    if (!isObject(line)) {
      faults.push({ pointer: above, detail: 'expected an object' });
      return [];
    }
    faults.push(...unknownFields(line, [...inLines, ...inRooms], above));
    const { heardBy, contributor, agendaItem } = line;
    if (heardBy !== undefined && !isAgencies(heardBy))
      faults.push({ pointer: `${above}/heardBy`, detail: 'expected agency ids' });
    if (contributor !== undefined && !isAgencyId(contributor)) {
      faults.push({ pointer: `${above}/contributor`, detail: 'expected an agency id' });
    }
    if (agendaItem !== undefined && typeof agendaItem !== 'string') {
      faults.push({ pointer: `${above}/agendaItem`, detail: 'expected text' });
    }
    return [
      {
        ...saidIn(line, above, faults, false),
        agendaItem: textIn(line, 'agendaItem'),
        heardBy: (heardBy ?? null) as SheetLine['heardBy'],
        contributor: (contributor ?? null) as SheetLine['contributor'],
      },
    ];
  });
}

/** Who is ticked as there was there; an object says more. */
function roomIn(value: JsonValue): readonly JsonObject[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostItems) return null;
  const seats = (value as readonly JsonValue[]).map((one) => (isObject(one) ? one : { agency: one }));
  return seats.every(({ agency }) => isAgencyId(agency)) ? seats : null;
}

const isAgencies = (value: JsonValue): boolean =>
  Array.isArray(value) && value.length > 0 && value.length <= mostItems && value.every(isAgencyId);

const noEntry = (faults: readonly Fault[]): DomainError =>
  new DomainError('invalid-body', 'this is no quick entry', faults);
