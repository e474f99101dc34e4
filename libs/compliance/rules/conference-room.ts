import { agenciesIn, agencyIn, isObject, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { referenceOf } from '../agreements/covering-clause.js';
import { namedFirst, type AgreedTimeLimit } from './agreed-time-limit.js';
import { factsOf, partsOf, textsOf, type Fact, type Matter } from './matter.js';
import type { Then } from './rule.js';

/** Somebody who was in the room for an item of the agenda, for a body. */
export interface Seat {
  readonly attendance: Fact;
  /** place in the list of attendees, from 0 */
  readonly place: number;
  readonly line: JsonObject;
  /** null where it is not said */
  readonly agency: AgencyId | null;
}

/** What parties agreed on for their conferences. */
export interface AgreedConference {
  readonly terms: JsonObject;
  /** `agreement@version#clause`; null where the agreement does not say it */
  readonly clause: string | null;
}

/** Who was in the room: whoever stayed away heard nothing, who came late or left early may have. First seen first. */
export const seatsOf = (matter: Matter): readonly Seat[] =>
  factsOf(matter, 'AttendanceRecorded').flatMap((attendance) =>
    partsOf(attendance.terms, 'attendees').flatMap((line, place) =>
      line['attendance'] === 'absent' ? [] : [{ attendance, place, line, agency: agencyIn(line, 'agency') }],
    ),
  );

/** A time limit that was agreed on for conferences; `name` is a field of `ConferenceRules`. */
export function conferenceLimit(agreed: AgreedConference | null, name: string): AgreedTimeLimit | null {
  const limit = agreed?.terms[name];
  return agreed && isObject(limit) ? { limit, clause: agreed.clause } : null;
}

/** The rules of the first clause for a conference of its convener about its purpose; null where nothing was agreed. */
export function agreedConference(matter: Matter, then: (entry: Fact) => Then): AgreedConference | null {
  const convening = factsOf(matter, 'ConferenceConvened')[0];
  if (convening === undefined) return null;
  const { issuer, occurredAt, terms } = convening;
  const purpose = textIn(terms, 'purpose');
  const found = namedFirst(then(convening).registry.agreementsInForce(occurredAt), textIn(terms, 'agreement')).flatMap(
    (agreement) =>
      partsOf(agreement, 'clauses').flatMap((clause) => {
        const { conference } = clause;
        const isOurs = agenciesIn(clause, 'from', 'to').includes(issuer);
        return isObject(conference) && isOurs && purpose !== null && textsOf(clause, 'purposes').includes(purpose)
          ? [{ terms: conference, clause: referenceOf(agreement, clause) }]
          : [];
      }),
  );
  return found[0] ?? null;
}
