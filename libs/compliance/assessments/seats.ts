import { textIn } from '#catalogue';
import { isAgencyId, type AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { mostSeats, type Draft } from './draft.js';
import { unfit, usualRoom, type Template } from './template.js';

/**
 * Who sits in the room of a conference: who is said to, else who always does. The agency itself is there, too.
 *
 * @returns objects of the attendance; null where it is no conference
 * @throws DomainError `invalid-body`
 */
export function seatsFor(draft: Draft, template: Template | null, agency: AgencyId): readonly JsonObject[] | null {
  if (draft.kind !== 'conference') return null;
  const named = draft.room ?? (draft.counterparts ?? usualRoom(template, agency)).map((one) => ({ agency: one }));
  const seats = named.some((seat) => seat['agency'] === agency) ? named : [...named, { agency }];
  const others = inTheRoom(seats, agency);
  if (others.length === 0) throw unfit('/counterparts', 'nothing says who hears it: expected agency ids');
  if (seats.length > mostSeats + 1) throw unfit('/room', `more than ${mostSeats} bodies: expected those that come`);
  return seats;
}

/** Who would hear what an agency says. */
export const inTheRoom = (seats: readonly JsonObject[], agency: AgencyId): readonly AgencyId[] =>
  seats.flatMap((seat) => {
    const other = textIn(seat, 'agency');
    return seat['attendance'] !== 'absent' && isAgencyId(other) && other !== agency ? [other] : [];
  });

/** @throws DomainError `invalid-body` where somebody hears an item who is not there */
export function requireHearers(hearers: readonly (readonly AgencyId[])[], others: readonly AgencyId[]): void {
  const place = hearers.findIndex((some) => some.some((one) => !others.includes(one)));
  if (place >= 0) throw unfit(`/items/${place}/heardBy`, 'expected bodies in the room');
}
