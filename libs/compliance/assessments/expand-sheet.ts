import { basisOf, textIn, type EntryBody } from '#catalogue';
import { isAgencyId, type AgencyId } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { requirePurpose, withGroundsOwed, withItems, type Expanded, type Expanding } from './expanding.js';
import { besideFilledIn, disclosureFilledIn, onlyPurpose } from './filled-in.js';
import { liftedGrounds } from './lifted-grounds.js';
import { noMoreOpenly } from './no-more-openly.js';
import type { SheetLine } from './quick-entry.js';
import { categoriesOf, unfit, usualRoom, type Template } from './template.js';

/** A conference, as all of its entries name it. */
interface Sheet extends Expanding {
  /** null outside of every agreement */
  readonly template: Template | null;
  readonly convening: string;
  /** what is said of the convening: nothing that names it is known before it */
  readonly convened: JsonObject;
  readonly exchange: string;
  readonly purpose: JsonValue;
  readonly room: readonly JsonObject[];
}

const notGiven = { missing: 'not-given' } as const;

/** One sheet of a conference: its convening unless that is recorded, who was there for each item, and what was said. */
export function expandSheet(expanding: Expanding, template: Template | null): readonly Expanded[] {
  const { quick, earlier, idOf } = expanding;
  if (!quick.contributions.some((line) => isOwn(line, expanding))) requireNothingLost(ofDisclosures(quick.given), '');
  const first: Sheet = {
    ...expanding,
    template,
    convening: earlier?.id ?? idOf(),
    convened: earlier?.terms ?? expanding.quick.given,
    exchange: earlier?.exchange ?? idOf('exchange'),
    purpose: quick.given['purpose'] ?? textIn(earlier?.terms ?? {}, 'purpose') ?? onlyPurpose(template?.clause ?? {}),
    room: quick.room ?? usualRoom(template, expanding.desk.agency).map((agency) => ({ agency })),
  };
  const agenda = Map.groupBy(quick.contributions, itemOf);
  return [
    ...(earlier === null ? [{ pointer: '', body: convened(first, [...agenda.keys()]) }] : []),
    ...[...agenda].map(([item, lines]) => ({ pointer: '', body: attended(first, item, lines) })),
    ...quick.contributions.flatMap((line, place) =>
      contributed(first, line, place).map((body) => ({ pointer: `/contributions/${place}`, body })),
    ),
  ];
}

function convened(sheet: Sheet, agenda: readonly string[]): EntryBody {
  const { quick, desk, template, purpose, room, convening, exchange } = sheet;
  const more = {
    scheduledFor: desk.at,
    purpose,
    legalBasis: basisOf(template?.clause ?? {}, 'transmit', desk.agency) ?? notGiven,
    invited: room.map(({ agency }) => ({ agency: agency ?? notGiven, role: 'member' })),
    agenda: agenda.map((agendaItem) => ({ agendaItem, purpose })),
  };
  const data = besideFilledIn({ given: ofAll(quick.given), template, desk, more });
  requirePurpose(data, '');
  return { id: convening, type: 'ConferenceConvened', exchange, occurredAt: desk.at, data };
}

function attended(sheet: Sheet, agendaItem: string, lines: readonly SheetLine[]): EntryBody {
  const { quick, desk, template, convening, exchange, idOf, earlier } = sheet;
  const attendees = seatsFor(lines, sheet).map((seat) => ({
    attendance: 'present',
    authorised: notGiven,
    undertakingSigned: notGiven,
    ...seat,
  }));
  const said = { given: ofAll(quick.given), more: { convening, agendaItem, attendees } };
  const data = besideFilledIn({ ...noMoreOpenly(sheet.convened, said), template, desk });
  // The first entry of all bears the id that the sender chose.
  const isFirst = earlier !== null && agendaItem === itemOf(quick.contributions[0], 0);
  const id = isFirst ? idOf() : idOf('attendance', agendaItem);
  return { id, type: 'AttendanceRecorded', exchange, occurredAt: desk.at, data };
}

/** What the agency said itself is a disclosure, too; what others said is theirs to record. */
function contributed(sheet: Sheet, line: SheetLine, place: number): readonly EntryBody[] {
  const { quick, desk, template, convening, purpose, idOf } = sheet;
  const own = isOwn(line, sheet);
  if (!own) requireNothingLost(line, `/contributions/${place}`);
  const agendaItem = itemOf(line, place);
  const speaker = line.contributor ?? desk.agency;
  const heardBy = [...new Set(line.heardBy ?? inTheRoom(sheet))].filter((one) => one !== speaker);
  // Who did not hear it must not find it in the exchange of all.
  const exchange = line.heardBy === null ? sheet.exchange : idOf('exchange', String(place));
  const disclosureId = idOf('disclosure', String(place));
  const body = (type: string, data: JsonObject): EntryBody => ({
    id: idOf(type, String(place)),
    type,
    exchange,
    occurredAt: desk.at,
    data,
  });
  const said = {
    convening,
    agendaItem,
    disclosureId: own ? disclosureId : { missing: 'follows' },
    heardBy: heardBy.length > 0 ? heardBy : notGiven,
    dataCategories: [...new Set(categoriesOf(line.items))],
    ...(!own && { contributor: speaker }),
  };
  const head = headFor(line, quick.given);
  const saidOfIt = { given: ofAll({ ...head, ...line.given }), more: said };
  const contribution = besideFilledIn({ ...noMoreOpenly(sheet.convened, saidOfIt), template, desk });
  if (!own) return [body('ContributionRecorded', contribution)];
  const more = {
    disclosureId,
    purpose,
    channel: 'oral-conference',
    conferenceRef: convening,
    agendaItem,
    spontaneous: true,
    ...(heardBy.length === 0 && { recipients: notGiven }),
  };
  const lifted = liftedGrounds(line, `/contributions/${place}`);
  const given = withItems({ given: { ...head, ...lifted.given }, items: lifted.items });
  const data = disclosureFilledIn({
    ...noMoreOpenly(sheet.convened, { given, more }),
    others: heardBy,
    template,
    desk,
  });
  requirePurpose(data, '');
  return [body('InformationDisclosed', withGroundsOwed(data, sheet)), body('ContributionRecorded', contribution)];
}

/** What the head says, for one line: a line that is to be hidden in another way than until a day has no day of the head. */
function headFor({ given }: SheetLine, head: JsonObject): JsonObject {
  const { hiddenUntil: _, ...others } = head;
  const { visibility = 'deferred-until' } = given;
  return visibility === 'deferred-until' ? head : others;
}

const isOwn = ({ contributor }: SheetLine, { desk }: Pick<Expanding, 'desk'>): boolean =>
  contributor === null || contributor === desk.agency;

const itemOf = (line: SheetLine | undefined, place: number): string => line?.agendaItem ?? String(place + 1);

/** Of a conference, nothing but its case is about a person. When it may be known, and why late, goes for all of it. */
const namesOfAll = ['case', 'unit', 'lateReason', 'visibility', 'hiddenUntil', 'assessment'];

const ofAll = (given: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(given).filter(([name]) => namesOfAll.includes(name)));

/** What the head of a sheet says of its disclosures alone. Whom and what the conference is about is no such thing. */
const ofDisclosures = (given: JsonObject): Pick<SheetLine, 'given' | 'items'> => ({
  given: Object.fromEntries(Object.entries(given).filter(([name]) => !namesOfHead.includes(name))),
  items: [],
});

const namesOfHead = ['purpose', 'subject', 'subjectCategory', 'ageBand'];

/** @throws DomainError for what only a disclosure could say: that of another body is not ours to record */
function requireNothingLost({ given, items }: Pick<SheetLine, 'given' | 'items'>, above: string): void {
  const lost = [
    ...Object.keys(given).flatMap((name) =>
      namesOfAll.includes(name) ? [] : [name === 'justification' ? 'reason' : name],
    ),
    ...items.flatMap((item, place) =>
      Object.keys(item).flatMap((name) => (name === 'dataCategory' ? [] : [`items/${place}/${name}`])),
    ),
  ];
  if (lost[0] !== undefined) throw unfit(`${above}/${lost[0]}`, 'what another body told is recorded by it');
}

/** Who was there for an item. Where everything said in it was for some ears only, the others had left the room. */
function seatsFor(lines: readonly SheetLine[], { room, desk }: Sheet): readonly JsonObject[] {
  if (lines.some(({ heardBy }) => heardBy === null)) return room;
  const there: readonly (JsonValue | undefined)[] = [
    desk.agency,
    ...lines.flatMap(({ heardBy, contributor }) => [
      ...(heardBy ?? []),
      ...(contributor === null ? [] : [contributor]),
    ]),
  ];
  return room.map((seat) => {
    if (there.includes(seat['agency'])) return seat;
    const { persons: _, ...empty } = seat;
    return { ...empty, attendance: 'absent' };
  });
}

const inTheRoom = ({ room }: Sheet): readonly AgencyId[] =>
  room.flatMap(({ agency, attendance }) => (attendance !== 'absent' && isAgencyId(agency) ? [agency] : []));
