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
