import { textIn } from '#catalogue';
import { isInstant } from '#kernel';
import type { JsonObject } from '#statement';

/** A day like 2026-11-22 in the terms; null where it is missing or no day of the calendar. */
export function dayIn(terms: JsonObject, name: string): string | null {
  const value = textIn(terms, name);
  return value !== null && value.length === 10 && isInstant(`${value}T00:00:00.000Z`) ? value : null;
}
