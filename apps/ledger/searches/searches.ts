import { createHmac, randomUUID } from 'node:crypto';
import type { Caller } from '#access';
import type { IndexTerm } from '#catalogue';
import { DomainError, instantAt, millisecondsOf, type Clock, type EntryId, type Instant } from '#kernel';

/** What a search found, for the one who searched, until a moment. */
export interface FoundEntries {
  /** who may use it: a keyed hash of the caller */
  readonly owner: string;
  /** what was sought: a case may be that of several persons */
  readonly kind: IndexTerm['kind'];
  readonly ids: readonly EntryId[];
  readonly expiresAt: Instant;
}

/** Where results wait under their handles. */
export interface SearchResults {
  keep(search: string, found: FoundEntries): Promise<void>;
  find(search: string): Promise<FoundEntries | undefined>;
}

const lifetime = 15 * 60_000;

/**
 * Results of searches by person or case, under handles that say nothing: what identifies a person never stands in a
 * URL. They live for a quarter of an hour, for the one who searched.
 */
export class Searches {
  /** @param key only the ledgers of these results have it */
  constructor(
    private readonly clock: Clock,
    private readonly results: SearchResults,
    private readonly key: Buffer,
  ) {}

  async keep(
    caller: Caller,
    { kind, ids }: Pick<FoundEntries, 'kind' | 'ids'>,
  ): Promise<{ readonly search: string; readonly expiresAt: Instant }> {
    const search = randomUUID();
    const expiresAt = instantAt(millisecondsOf(this.clock.now()) + lifetime);
    await this.results.keep(search, { owner: this.#ownerOf(caller), kind, ids, expiresAt });
    return { search, expiresAt };
  }

  /** @throws DomainError `invalid-query` for a handle that is unknown, expired or another's */
  async found(caller: Caller, search: string): Promise<readonly EntryId[]> {
    return (await this.#foundBy(caller, search)).ids;
  }

  /**
   * For what goes to the person concerned: what a search by case finds may be about others, too.
   *
   * @throws DomainError `invalid-query` as {@link found}, and for a search that was not by person
   */
  async foundOfPerson(caller: Caller, search: string): Promise<readonly EntryId[]> {
    const { kind, ids } = await this.#foundBy(caller, search);
    if (kind === 'subject') return ids;
    throw new DomainError('invalid-query', 'this search is not by person', [
      { pointer: '/search', detail: 'expected the handle of a search by person' },
    ]);
  }

  async #foundBy(caller: Caller, search: string): Promise<FoundEntries> {
    const found = await this.results.find(search);
    if (found?.owner === this.#ownerOf(caller) && found.expiresAt > this.clock.now()) return found;
    throw new DomainError('invalid-query', 'this search is over; search again', [
      { pointer: '/search', detail: 'no search of this caller' },
    ]);
  }

  #ownerOf({ role, agency, subject }: Caller): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([role, agency, subject]))
      .digest('base64url');
  }
}
