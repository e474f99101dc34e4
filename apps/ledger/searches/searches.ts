import { randomUUID } from 'node:crypto';
import type { Caller } from '#access';
import { DomainError, instantAt, millisecondsOf, type Clock, type EntryId, type Instant } from '#kernel';

interface Found {
  readonly owner: string;
  readonly ids: readonly EntryId[];
  readonly expiresAt: Instant;
}

const lifetime = 15 * 60_000;
const mostHandles = 1_000;

/**
 * Results of searches by person or case, under handles that say nothing: what identifies a person never stands in a
 * URL. They live in memory, for a quarter of an hour, for the one who searched.
 */
export class Searches {
  readonly #found = new Map<string, Found>();

  constructor(private readonly clock: Clock) {}

  keep(caller: Caller, ids: readonly EntryId[]): { readonly search: string; readonly expiresAt: Instant } {
    const search = randomUUID();
    const expiresAt = instantAt(millisecondsOf(this.clock.now()) + lifetime);
    this.#found.set(search, { owner: ownerOf(caller), ids, expiresAt });
    if (this.#found.size > mostHandles) {
      const [oldest] = this.#found.keys();
      if (oldest !== undefined) this.#found.delete(oldest);
    }
    return { search, expiresAt };
  }

  /** @throws DomainError `invalid-query` for a handle that is unknown, expired or another's */
  found(caller: Caller, search: string): readonly EntryId[] {
    const found = this.#found.get(search);
    if (found?.owner === ownerOf(caller) && found.expiresAt > this.clock.now()) return found.ids;
    throw new DomainError('invalid-query', 'this search is over; search again', [
      { pointer: '/search', detail: 'no search of this caller' },
    ]);
  }
}

const ownerOf = ({ role, agency, subject }: Caller): string => JSON.stringify([role, agency, subject]);
