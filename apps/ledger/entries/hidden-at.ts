import { textIn } from '#catalogue';
import { Calendar } from '#compliance/rules';
import type { Instant } from '#kernel';
import type { JsonObject } from '#statement';

/** The days until which something is hidden are those of the network's usual calendar, as in the views. */
const berlin = new Calendar({ country: 'DE', zone: 'Europe/Berlin' });

/**
 * Whether an entry exists for its issuer and supervisors alone at a moment. A deferred one does until the day it says is
 * over; what a later vocabulary means by its visibility, nobody knows, so it is hidden.
 */
export function hiddenAt(terms: JsonObject, now: Instant): boolean {
  const visibility = textIn(terms, 'visibility');
  if (terms['type'] === 'SealedEntryRecorded') return true;
  if (visibility === null || visibility === 'open') return false;
  const day = textIn(terms, 'hiddenUntil');
  const ends = visibility === 'deferred-until' && day !== null && isDay(day) ? berlin.endOfDay(day) : null;
  return ends === null || now <= ends;
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00.000Z`));
