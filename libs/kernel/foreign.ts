/**
 * Whether an error, or what caused it, says by a property `isForeign` that something else stands in the place of what
 * is this ledger's. Trying again does not mend that; a person has to look.
 */
export function isForeign(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return ('isForeign' in error && error.isForeign === true) || ('cause' in error && isForeign(error.cause));
}
