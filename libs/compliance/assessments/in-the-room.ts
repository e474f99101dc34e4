import { textIn, type EntryBody } from '#catalogue';
import { entryId, type AgencyId } from '#kernel';
import { derivedId, type JsonObject } from '#statement';
import { everyRule } from '../rules/every-rule.js';
import type { InForce, Judged } from '../rules/judge.js';
import type { Matter } from '../rules/matter.js';
import { isAbout } from '../rules/rule.js';
import { expandSheet } from './expand-sheet.js';
import { requireForm } from './draft-entry.js';
import type { Desk } from './filled-in.js';
import { asJudged, brokenIn } from './hypothetical.js';
import type { QuickEntry } from './quick-entry.js';
import { fewest, type BrokenRule } from './reasons.js';
import type { Template } from './template.js';

/** A conference as a draft tells of it. */
export interface Room {
  /** objects of the attendance, the agency's own among them */
  readonly seats: readonly JsonObject[];
  /** what is said of the person concerned and of what is contributed */
  readonly given: JsonObject;
  readonly contributions: readonly Contribution[];
  readonly template: Template | null;
  readonly desk: Desk;
}

interface Contribution {
  readonly item: JsonObject;
  /** null where all in the room hear it */
  readonly heardBy: readonly AgencyId[] | null;
}

/** A broken rule, and of which seat it speaks where it speaks of one. */
export interface BrokenInRoom extends BrokenRule {
  readonly agency: string | null;
}

const rulesOfRooms = everyRule.filter((rule) => isAbout(rule, 'conference'));

/** What a body that sits in a room may still show; which of it the rule wants is found out by trying. */
const ofSeats: readonly string[] = ['authorised', 'undertakingSigned'];

/**
 * What the rules about conferences would say, were its sheet recorded as the draft tells of it: convening, attendance,
 * contributions, and the disclosures they are. All are of one agenda item, as everybody there hears the same.
 */
export function brokenInRoom(room: Room, inForce: InForce): readonly BrokenInRoom[] {
  const broken = (one: Room): readonly Judged[] =>
    brokenIn(conferenceOf(one, inForce), rulesOfRooms, inForce, room.desk);
  const stillBroken = new Map<string, ReadonlySet<string | null>>();
  const without = (fields: readonly string[]): ReadonlySet<string | null> => {
    const key = fields.join(' ');
    const shown = Object.fromEntries(fields.map((name) => [name, true]));
    const seats = room.seats.map((seat) => ({ ...seat, ...shown }));
    // Who may sit there does not depend on what is said: everybody is there.
    const contributions = room.contributions.slice(0, 1).map(({ item }) => ({ item, heardBy: null }));
    const known = stillBroken.get(key) ?? partsOf(broken({ ...room, seats, contributions }));
    stillBroken.set(key, known);
    return known;
  };
  return broken(room).map((judged) => {
    const { rule, clause, part } = judged;
    const seat = room.seats[Number(/^\/attendees\/(\d+)$/.exec(part ?? '')?.[1] ?? -1)];
    const unsaid = ofSeats.filter((name) => seat?.[name] !== true);
    const lacking = seat && fewest(unsaid, (fields) => !without(fields).has(part));
    const said = { rule: rule.id, clause: clause ?? null, sources: rule.sources, byConsent: false };
    return {
      judged,
      agency: seat ? textIn(seat, 'agency') : null,
      reasons: (lacking ?? [null]).map((lacks) => ({ ...said, lacks })),
    };
  });
}

const partsOf = (broken: readonly Judged[]): ReadonlySet<string | null> => new Set(broken.map(({ part }) => part));

/**
 * The entries of its sheet, as they are put together for the rules about conferences.
 *
 * @throws DomainError `invalid-body` with pointers into the room, and where the purpose is left open
 */
function conferenceOf(room: Room, inForce: InForce): Matter {
  const bodies = sheetOf(room, inForce);
  for (const { type, data } of bodies) {
    if (type === 'AttendanceRecorded') requireForm({ ...room.desk, type, data }, asSeat);
  }
  const judged = (body: EntryBody) => asJudged({ ...room.desk, type: body.type, data: body.data }, entryId(body.id));
  const isDisclosure = ({ type }: EntryBody): boolean => type === 'InformationDisclosed';
  const linked = bodies.filter(isDisclosure).map((body): readonly [string, Matter] => {
    const id = textIn(body.data, 'disclosureId') ?? '';
    return [id, { kind: 'exchange', id, entries: [judged(body)], linked: new Map() }];
  });
  return { kind: 'conference', id: nameOf(), entries: bodies.map(judged), linked: new Map(linked) };
}

const asSeat = (pointer: string): string => pointer.replace(/^\/attendees/, '/room');

function sheetOf({ seats, given, contributions, template, desk }: Room, inForce: InForce): readonly EntryBody[] {
  const quick: QuickEntry = {
    id: null,
    template: null,
    kind: 'conference',
    counterparts: null,
    occurredAt: null,
    request: null,
    disclosure: null,
    convening: null,
    room: seats,
    given,
    items: [],
    contributions: contributions.map(({ item, heardBy }) => ({
      given: {},
      items: [item],
      agendaItem: '1',
      heardBy,
      contributor: null,
    })),
  };
  return expandSheet({ quick, desk, inForce, earlier: null, idOf: nameOf }, template).map(({ body }) => body);
}

const nameOf = (...what: readonly string[]): string => derivedId('assessed-conference', ...what);
