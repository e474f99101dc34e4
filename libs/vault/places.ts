import type { EntryId, ExchangeId } from '#kernel';
import type { Place } from './vault.js';

/** A digest, and what it was stored with. */
export interface PlaceRow {
  readonly entry: EntryId;
  readonly stored: number;
  readonly exchange: ExchangeId | null;
  readonly digest: string;
}

/** Under which exchange each entry was stored, in the order of the rows. */
export function placesIn(rows: readonly PlaceRow[]): ReadonlyMap<EntryId, readonly Place[]> {
  const places = new Map<EntryId, Place[]>();
  const digests = new Map<number, string[]>();
  for (const { entry, stored, exchange, digest } of rows) {
    const known = digests.get(stored);
    if (known !== undefined) {
      known.push(digest);
      continue;
    }
    const fresh = [digest];
    digests.set(stored, fresh);
    places.set(entry, [...(places.get(entry) ?? []), { digests: fresh, exchange }]);
  }
  return places;
}

/**
 * The exchange an entry of the log was stored under. Its id may have been stored several times, by ledgers that raced
 * for it: the digests of the leaf say which one counts.
 *
 * @returns null for an entry of no exchange; undefined when none of the places has all of the digests
 */
export function exchangeAmong(places: readonly Place[], digests: readonly string[]): ExchangeId | null | undefined {
  if (digests.length === 0) return undefined;
  return places.find((place) => digests.every((digest) => place.digests.includes(digest)))?.exchange;
}
