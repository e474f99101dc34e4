import { instantAt } from '#kernel';
import type { JsonObject } from '#statement';
import { invalidate, react, receive } from './aftermath.js';
import { hour, minute, dateOf } from './calendar.js';
import { published, usual } from './calibration.js';
import type { Caseload } from './caseload.js';
import { disclose, type Disclosure } from './disclosure.js';
import { inform } from './informing.js';
import { agencyOf, network } from './network.js';
import { pseudonym } from './person.js';
import type { Script } from './script.js';
import type { SimulatedAgency } from './simulated-agency.js';
import { wording } from './wording.js';

const coordination = agencyOf('koordination.example');
const adoptedOfDiscussed = published.adoptedAsCase / published.discussedAtPanel;
const purpose = 'joint-risk-assessment';

/** A conference while it is held. */
export interface Conference {
  readonly convening: string;
  readonly name: string;
  readonly agendaItem: string;
  /** the entry of who was there */
  readonly attendance: string;
  readonly present: readonly SimulatedAgency[];
}

/** A multi-agency panel: each speaks, all others in the room receive; then the case is adopted or not. */
export function panel(script: Script, caseload: Caseload): void {
  const { random, person } = script;
  const conference = convene(script, inTheRoom(script));
  const heard: Disclosure[] = [];
  for (const by of conference.present) {
    if (by !== coordination && random.happens(0.15)) decline(script, by, conference);
    else heard.push(contribute(script, by, conference));
  }
  for (const agency of conference.present) {
    hear(script, agency, heard);
    approve(script, agency, conference);
  }
  script.pass(coordination, 1, 30);
  if (random.happens(adoptedOfDiscussed)) {
    adopt(script, conference);
    caseload.adopt(person);
  }
  const last = heard.at(-1);
  if (last !== undefined && random.happens(2 * usual.invalidated)) invalidate(script, last, true);
}

/** Services are not in the room: most of what is said there they may not hear. */
function inTheRoom({ random }: Script): readonly SimulatedAgency[] {
  const others = network.filter(({ id, regime }) => id !== coordination.id && regime !== 'NATSEC');
  return [coordination, ...random.some(random.whole(2, 3), others)];
}

/** @param attendeesInstead fields put in the place of those of attendees, by their places */
export function convene(
  script: Script,
  present: readonly SimulatedAgency[],
  attendeesInstead: readonly JsonObject[] = [],
): Conference {
  const { random } = script;
  const name = `fallkonferenz-${dateOf(script.moment)}-${random.whole(100, 999)}`;
  const agendaItem = `TOP ${random.whole(1, 6)}`;
  const scheduledFor = instantAt(script.moment + hour);
  const convening = script.record(coordination, 'ConferenceConvened', {
    conference: name,
    scheduledFor,
    purpose,
    legalBasis: { ...coordination.collect },
    invited: present.map(({ id }) => ({ agency: id, role: id === coordination.id ? 'coordination' : 'member' })),
    agenda: [{ agendaItem, purpose }],
    justification: random.pick(wording.convening),
  });
  script.moment += hour;
  const attendance = script.record(coordination, 'AttendanceRecorded', {
    conference: name,
    convening,
    agendaItem,
    attendees: present.map(({ id }, place) => ({
      agency: id,
      attendance: 'present',
      authorised: true,
      undertakingSigned: true,
      ...attendeesInstead[place],
    })),
  });
  return { convening, name, agendaItem, attendance, present };
}

/** What one of them says is a disclosure to everybody else who is there. */
export function contribute(script: Script, by: SimulatedAgency, conference: Conference): Disclosure {
  const { random } = script;
  const { convening, name, agendaItem, present } = conference;
  const [first, ...rest] = present.filter(({ id }) => id !== by.id);
  if (first === undefined) throw new RangeError('nobody else is in the room');
  script.moment += random.whole(5, 20) * minute;
  const disclosure = disclose(script, {
    by,
    to: [first, ...rest],
    holdings: random.some(random.whole(1, 2), by.holdings),
    purpose,
    channel: 'oral-conference',
    because: wording.contribution,
    more: { spontaneous: true, conference: name, conferenceRef: convening, agendaItem },
  });
  script.record(by, 'ContributionRecorded', {
    conference: name,
    convening,
    agendaItem,
    disclosureId: disclosure.disclosureId,
    contributor: by.id,
    heardBy: disclosure.to.map(({ id }) => id),
    dataCategories: [...new Set(disclosure.holdings.map(({ dataCategory }) => dataCategory))],
  });
  return disclosure;
}

function decline(script: Script, by: SimulatedAgency, { convening, name, agendaItem }: Conference): void {
  script.record(by, 'ContributionDeclined', { conference: name, convening, agendaItem });
}

/** Who was there acknowledges what it heard, informs the person, and says what became of it. */
export function hear(script: Script, agency: SimulatedAgency, heard: readonly Disclosure[]): void {
  const own = heard.filter(({ by }) => by === agency);
  const received = heard.filter((one) => one.by !== agency && receive(script, one, agency));
  const covers = [...own, ...received].map(({ disclosureId }) => disclosureId);
  if (covers.length > 0) inform(script, agency, covers);
  for (const one of own) react(script, one, { feedback: 'used', isTakenBack: false });
}

/** It says that it approves the minutes. */
export function approve(script: Script, agency: SimulatedAgency, { convening, name }: Conference): void {
  script.aside(() => {
    script.pass(agency, 24, 7 * 24);
    script.record(agency, 'MinutesApproved', { conference: name, convening, approved: true, minutesVersion: '1' });
  });
}

function adopt(script: Script, { name }: Conference): void {
  script.record(coordination, 'ProcessingOperationLogged', {
    ...script.concerning(coordination),
    ...script.justified(wording.adoption),
    operation: 'collect',
    objectRef: pseudonym('file', script.person, coordination.id),
    dataCategories: ['exit-progress'],
    purpose: 'exit-support',
    conference: name,
    system: coordination.system,
    legalBasis: { ...coordination.collect },
  });
}
