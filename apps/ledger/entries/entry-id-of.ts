import { DomainError, isUuid, type EntryId } from '#kernel';

/** @throws DomainError `not-found` for what cannot be an entry's id */
export function entryIdOf(text: string): EntryId {
  if (!isUuid(text)) throw new DomainError('not-found', 'there is no such entry for this caller');
  return text as EntryId;
}
