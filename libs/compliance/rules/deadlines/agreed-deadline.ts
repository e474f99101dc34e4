import { textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import type { Deadline } from './calendar.js';

/** More than that nobody agrees on; a calendar need not count it. */
const longest = 1_000;

const units: ReadonlyMap<string, (amount: number) => Deadline> = new Map<string, (amount: number) => Deadline>([
  ['hours', (hours) => ({ hours })],
  ['days', (days) => ({ days })],
  ['working-days', (workingDays) => ({ workingDays })],
  ['months', (months) => ({ months })],
  ['years', (years) => ({ months: 12 * years })],
  ['year-ends', (yearEnds) => ({ yearEnds })],
]);

/** A `TimeLimit` of an agreement or a pack as a deadline; null where it is missing or nothing anybody would agree on. */
export function agreedDeadline(limit: JsonObject): Deadline | null {
  const amount = limit['amount'];
  const deadline = units.get(textIn(limit, 'unit') ?? '');
  if (deadline === undefined || typeof amount !== 'number' || !Number.isSafeInteger(amount)) return null;
  return amount >= 0 && amount <= longest ? deadline(amount) : null;
}
