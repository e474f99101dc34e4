import { isInstant, type Instant } from '#kernel';
import type { JsonObject } from '#statement';

/** A moment that an entry says; null where it is missing or of another form. */
export const instantIn = (part: JsonObject, name: string): Instant | null => {
  const value = part[name];
  return isInstant(value) ? value : null;
};

/** The first of several moments; null where there is none. */
export const earliest = (moments: readonly (Instant | null)[]): Instant | null =>
  moments.filter((moment) => moment !== null).sort()[0] ?? null;
