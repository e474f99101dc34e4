import type { Matter } from './matter.js';

/** Entries of a matter and of those it refers to. */
export type Known = Pick<Matter, 'entries'>;

/**
 * A matter together with others that its entries refer to.
 *
 * @param names what its entries call them: entry ids or disclosure ids; null where an entry names none
 */
export function withLinked(matter: Matter, ...names: readonly (string | null)[]): Known {
  const more = names.flatMap((name) => (name !== null && matter.linked.get(name)?.entries) || []);
  return more.length === 0 ? matter : { entries: [...new Set([...matter.entries, ...more])] };
}
