import { agenciesIn, agencyIn, textIn } from '#catalogue';
import type { Instant } from '#kernel';
import { agreedConference, seatsOf, type AgreedConference, type Seat } from '../conference-room.js';
import { factsOf, type Fact, type Matter } from '../matter.js';
import { inTime, required, type Judgement, type Rule, type Then } from '../rule.js';
import { senderOf } from '../side.js';
import { unlessErased } from '../unless-erased.js';

export const cnf02: Rule = {
  id: 'CNF-02',
  version: 2,
  statement: {
    en: 'Whoever is in the room for an item is entitled to it, has signed the undertaking and is recorded as present.',
    de: 'Wer zu einem Punkt im Raum ist, ist dazu befugt, hat die Verpflichtung unterschrieben und ist als anwesend festgehalten.',
  },
  compliant: {
    en: 'Check entitlement and undertaking before the item begins, and record item by item who is present.',
    de: 'Befugnis und Verpflichtung vor Beginn des Punktes prüfen und die Anwesenheit Punkt für Punkt festhalten.',
  },
  sources: ['BE Penal Code 458ter', 'DK info-houses', 'NL person-centred approach'],
  severity: 'high',
  basis: 'policy',
  // Entitlement and undertaking are owed before the item; this is how long recording who was there may take.
  deadline: { hours: 24 },
  applies: true,
  about: 'conference',
  reads: ['ConferenceConvened', 'AttendanceRecorded', 'ContributionRecorded'],
  judge: (matter, then) => {
    const agreed = agreedConference(matter, then);
    const seats = seatsOf(matter);
    return [
      ...seats.map((seat) => admitted(seat, agreed)),
      ...factsOf(matter, 'ContributionRecorded').map((one) =>
        recorded(one, seats, { matter, agreed, inForce: then(one) }),
      ),
    ];
  },
};

/** The parties of an agreement may do without undertakings, as bodies bound by secrecy in office do. */
function admitted({ attendance, place, line }: Seat, agreed: AgreedConference | null): Judgement {
  const needsUndertaking = agreed?.terms['undertakingRequired'] !== false;
  const isBound = line['undertakingSigned'] === true || !needsUndertaking;
  return {
    side: senderOf(attendance),
    entry: attendance.id,
    part: `/attendees/${place}`,
    verdict: required(line['authorised'] === true && isBound, attendance.occurredAt),
    facts: [attendance.id],
    deadline: 'at-once',
    ...cited(agreed),
  };
}

interface Room {
  readonly matter: Matter;
  readonly agreed: AgreedConference | null;
  readonly inForce: Then;
}

/** Who heard a contribution, and who made it, is recorded as present for that item. */
function recorded(contribution: Fact, seats: readonly Seat[], { matter, agreed, inForce }: Room): Judgement {
  const { id, issuer, occurredAt, terms } = contribution;
  const side = senderOf(contribution);
  const item = textIn(terms, 'agendaItem');
  const isPerItem = agreed?.terms['attendancePerItem'] !== false;
  const taken = seats.filter(({ attendance }) => !isPerItem || textIn(attendance.terms, 'agendaItem') === item);
  const bodies = [agencyIn(terms, 'contributor') ?? issuer, ...agenciesIn(terms, 'heardBy')];
  const found = bodies.map((body) => taken.find(({ agency }) => agency === body));
  return {
    side,
    entry: id,
    part: null,
    verdict: unlessErased(inTime(lastOf(found), inForce.end(side, occurredAt)), matter),
    facts: [...new Set([id, ...found.flatMap((seat) => (seat ? [seat.attendance.id] : []))])],
    ...cited(agreed),
  };
}

/** When the last of them was recorded; null where one was not. */
function lastOf(found: readonly (Seat | undefined)[]): Instant | null {
  const moments = found.flatMap((seat) => (seat ? [seat.attendance.occurredAt] : [])).sort();
  return moments.length === found.length ? (moments.at(-1) ?? null) : null;
}

const cited = (agreed: AgreedConference | null): Pick<Judgement, 'clause'> =>
  agreed?.clause ? { clause: agreed.clause } : {};
