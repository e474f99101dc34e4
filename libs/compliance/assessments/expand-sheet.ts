import { textIn, type EntryBody } from '#catalogue';
import { isAgencyId, type AgencyId } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { requirePurpose, withGroundsOwed, withItems, type Expanded, type Expanding } from './expanding.js';
import { conferenceFilledIn, disclosureFilledIn, onlyPurpose } from './filled-in.js';
import { liftedGrounds } from './lifted-grounds.js';
import type { SheetLine } from './quick-entry.js';
import { categoriesOf, usualRoom, type Template } from './template.js';

/** A conference, as all of its entries name it. */
interface Sheet extends Expanding {
  /** null outside of every agreement */
  readonly template: Template | null;
  readonly convening: string;
  readonly exchange: string;
  readonly purpose: JsonValue;
  readonly room: readonly JsonObject[];
}

const notGiven = { missing: 'not-given' } as const;

/** One sheet of a conference: its convening unless that is recorded, who was there for each item, and what was said. */
export function expandSheet(expanding: Expanding, template: Template | null): readonly Expanded[] {
  const { quick, earlier, idOf } = expanding;
  const first: Sheet = {
    ...expanding,
    template,
    convening: earlier?.id ?? idOf(),
    exchange: earlier?.exchange ?? idOf('exchange'),
    purpose: quick.given['purpose'] ?? textIn(earlier?.terms ?? {}, 'purpose') ?? onlyPurpose(template?.clause ?? {}),
    room: quick.room ?? usualRoom(template, expanding.desk.agency).map((agency) => ({ agency })),
  };
  const agenda = new Map(quick.contributions.map((line, place) => [itemOf(line, place), line]));
  return [
    ...(earlier === null ? [{ pointer: '', body: convened(first, [...agenda.keys()]) }] : []),
    ...[...agenda.keys()].map((item) => ({ pointer: '', body: attended(first, item) })),
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
    legalBasis: template?.clause['legalBasisTransmit'] ?? notGiven,
    invited: room.map(({ agency }) => ({ agency: agency ?? notGiven, role: 'member' })),
    agenda: agenda.map((agendaItem) => ({ agendaItem, purpose })),
  };
  const data = conferenceFilledIn({ given: caseOf(quick.given), template, desk, more });
  requirePurpose(data, '');
  return { id: convening, type: 'ConferenceConvened', exchange, occurredAt: desk.at, data };
}

function attended(sheet: Sheet, agendaItem: string): EntryBody {
  const { quick, desk, template, room, convening, exchange, idOf, earlier } = sheet;
  const attendees = room.map((seat) => ({
    attendance: 'present',
    authorised: notGiven,
    undertakingSigned: notGiven,
    ...seat,
  }));
  const data = conferenceFilledIn({
    given: caseOf(quick.given),
    template,
    desk,
    more: { convening, agendaItem, attendees },
  });
  // The first entry of all bears the id that the sender chose.
  const isFirst = earlier !== null && agendaItem === itemOf(quick.contributions[0], 0);
  const id = isFirst ? idOf() : idOf('attendance', agendaItem);
  return { id, type: 'AttendanceRecorded', exchange, occurredAt: desk.at, data };
}

/** What the agency said itself is a disclosure, too; what others said is theirs to record. */
function contributed(sheet: Sheet, line: SheetLine, place: number): readonly EntryBody[] {
  const { quick, desk, template, convening, purpose, idOf } = sheet;
  const isOwn = line.contributor === null || line.contributor === desk.agency;
  const agendaItem = itemOf(line, place);
  const speaker = line.contributor ?? desk.agency;
  const heardBy = (line.heardBy ?? inTheRoom(sheet)).filter((one) => one !== speaker);
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
  const contribution = conferenceFilledIn({
    given: caseOf(quick.given),
    template,
    desk,
    more: {
      convening,
      agendaItem,
      disclosureId: isOwn ? disclosureId : { missing: 'follows' },
      heardBy: heardBy.length > 0 ? heardBy : notGiven,
      dataCategories: [...new Set(categoriesOf(line.items))],
      ...(!isOwn && { contributor: speaker }),
    },
  });
  if (!isOwn) return [body('ContributionRecorded', contribution)];
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
  const given = withItems({ given: { ...quick.given, ...lifted.given }, items: lifted.items });
  const data = disclosureFilledIn({ given, others: heardBy, template, desk, more });
  requirePurpose(data, '');
  return [body('InformationDisclosed', withGroundsOwed(data, sheet)), body('ContributionRecorded', contribution)];
}

const itemOf = (line: SheetLine | undefined, place: number): string => line?.agendaItem ?? String(place + 1);

/** Of a conference, nothing but its case is about a person. */
const caseOf = (given: JsonObject): JsonObject => (given['case'] === undefined ? {} : { case: given['case'] });

const inTheRoom = ({ room }: Sheet): readonly AgencyId[] =>
  room.flatMap(({ agency, attendance }) => (attendance !== 'absent' && isAgencyId(agency) ? [agency] : []));
