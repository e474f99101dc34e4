import type { AgencyId } from '#kernel';
import { dueAs } from '../agreed-time-limit.js';
import { agreedConference, conferenceLimit, seatsOf, type AgreedConference } from '../conference-room.js';
import { factsOf, type Fact, type Matter } from '../matter.js';
import { inTime, type Judgement, type Rule, type Then } from '../rule.js';
import { recipientOf } from '../side.js';
import { unlessErased } from '../unless-erased.js';

export const cnf04: Rule = {
  id: 'CNF-04',
  version: 1,
  statement: {
    en: 'Each body that was present says whether it approves the minutes.',
    de: 'Jede Stelle, die anwesend war, erklärt, ob sie das Protokoll genehmigt.',
  },
  compliant: {
    en: 'Approve the minutes in time, or say in time what should be changed.',
    de: 'Das Protokoll fristgerecht genehmigen oder fristgerecht sagen, was zu ändern ist.',
  },
  sources: ['policy'],
  severity: 'low',
  basis: 'policy',
  deadline: { workingDays: 10 },
  applies: true,
  about: 'conference',
  reads: ['ConferenceConvened', 'AttendanceRecorded', 'MinutesApproved'],
  judge: (matter, then) => {
    const agreed = agreedConference(matter, then);
    return [...firstSeen(matter)].map(([body, attendance]) =>
      judged(body, attendance, matter, agreed, then(attendance)),
    );
  },
};

/** When each body was seen in the room first: from there its time runs. */
function firstSeen(matter: Matter): ReadonlyMap<AgencyId, Fact> {
  const seen = new Map<AgencyId, Fact>();
  for (const { agency, attendance } of seatsOf(matter)) {
    if (agency !== null && !seen.has(agency)) seen.set(agency, attendance);
  }
  return seen;
}

function judged(
  agency: AgencyId,
  attendance: Fact,
  matter: Matter,
  agreed: AgreedConference | null,
  then: Then,
): Judgement {
  const side = recipientOf(attendance, agency, then.registry);
  const from = attendance.occurredAt;
  const { due, cited } = dueAs(conferenceLimit(agreed, 'minutesWithin'), { side, from, inForce: then });
  const word = factsOf(matter, 'MinutesApproved').find(
    ({ issuer, terms }) => issuer === agency && typeof terms['approved'] === 'boolean',
  );
  return {
    side,
    entry: attendance.id,
    part: agency,
    verdict: unlessErased(inTime(word?.occurredAt ?? null, due), matter),
    facts: [attendance.id, ...(word ? [word.id] : [])],
    ...cited,
  };
}
