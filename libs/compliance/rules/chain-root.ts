import { textIn } from '#catalogue';
import type { Fact } from './matter.js';

/**
 * The first of several entries of which each names the one it continues; the entry itself where it names none that is
 * there. Entries that name each other in a circle have no first one: then it is the entry itself.
 *
 * @param field of `terms`, holds the id of the entry that is continued
 */
export function chainRoot(fact: Fact, all: readonly Fact[], field: string): Fact {
  const seen = new Set<string>();
  let root = fact;
  for (;;) {
    seen.add(root.id);
    const name = textIn(root.terms, field);
    const before = all.find(({ id }) => id === name);
    if (before === undefined) return root;
    if (seen.has(before.id)) return fact;
    root = before;
  }
}
