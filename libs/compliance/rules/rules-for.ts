import type { About } from './matter.js';
import { isAbout, type Rule } from './rule.js';

interface RulesFor {
  /** all on the kind of matter, in their order */
  readonly about: readonly Rule[];
  /** those that read something that is there */
  readonly reading: ReadonlySet<Rule>;
}

/**
 * Which of some rules are about a matter.
 *
 * @param types of the entries of the matter whose terms are there
 */
export function rulesFor(rules: readonly Rule[], kind: About, types: ReadonlySet<string>): RulesFor {
  const { about, ofType } = indexed(rules, kind);
  const reading = new Set<Rule>();
  for (const type of types) for (const rule of ofType.get(type) ?? []) reading.add(rule);
  return { about, reading };
}

interface Indexed {
  readonly about: readonly Rule[];
  readonly ofType: ReadonlyMap<string, readonly Rule[]>;
}

/** Very many matters are judged by the same rules. */
const known = new WeakMap<readonly Rule[], Map<About, Indexed>>();

function indexed(rules: readonly Rule[], kind: About): Indexed {
  const kinds = known.get(rules) ?? new Map<About, Indexed>();
  known.set(rules, kinds);
  const found = kinds.get(kind) ?? indexOf(rules.filter((rule) => isAbout(rule, kind)));
  kinds.set(kind, found);
  return found;
}

function indexOf(about: readonly Rule[]): Indexed {
  const ofType = new Map<string, Rule[]>();
  for (const rule of about) for (const type of rule.reads) ofType.set(type, [...(ofType.get(type) ?? []), rule]);
  return { about, ofType };
}
