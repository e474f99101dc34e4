import { derivedId } from '#statement';

/**
 * Names the entries that a quick entry becomes: the first by its own id, the others by what they are, always the same
 * for the same id, so that sending it again records nothing twice.
 */
export const quickIds =
  (id: string) =>
  (...what: readonly string[]): string =>
    what.length === 0 ? id : derivedId('quick-entry', id, ...what);
