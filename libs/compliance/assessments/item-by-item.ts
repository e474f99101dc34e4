import type { JsonObject } from '#statement';
import type { InForce, Judged } from '../rules/judge.js';
import type { JudgedEntry } from '../rules/matter.js';
import type { Rule } from '../rules/rule.js';
import { asJudged, brokenIn, matterOf, only, type Hypothetical } from './hypothetical.js';

/** What is known after the first of several entries. */
interface Known {
  /** of rules that looked at no item */
  readonly broken: readonly Judged[];
  /** those that did */
  readonly looking: readonly Rule[];
}

/**
 * Judges entries that differ in their items, one after the other, as {@link brokenBy} would. A rule says nothing but
 * what follows from what it reads: one that looked at no item of the first entry is not asked again.
 */
export function itemByItem(rules: readonly Rule[], inForce: InForce): (entry: Hypothetical) => readonly Judged[] {
  const known = new Map<string, Known>();
  return (entry) => {
    const judged = asJudged(entry);
    const { items: _, ...others } = judged.said.terms;
    const key = JSON.stringify([entry.agency, entry.at, others]);
    const before = known.get(key);
    if (before !== undefined) {
      const again = brokenIn(matterOf(entry, judged), before.looking, inForce, entry);
      const place = ({ rule }: Judged): number => rules.indexOf(rule);
      return [...before.broken, ...again].sort((one, other) => place(one) - place(other));
    }
    const first = rules.map((rule) => {
      let hasLooked = false;
      const watched = matterOf(
        entry,
        watching(judged, () => (hasLooked = true)),
      );
      return { rule, broken: brokenIn(watched, only(rule), inForce, entry), hasLooked };
    });
    known.set(key, {
      broken: first.flatMap(({ broken, hasLooked }) => (hasLooked ? [] : broken)),
      looking: first.flatMap(({ rule, hasLooked }) => (hasLooked ? [rule] : [])),
    });
    return first.flatMap(({ broken }) => broken);
  };
}

/** The same entry, which tells when somebody looks at its items. */
function watching(entry: ReturnType<typeof asJudged>, looked: () => void): JudgedEntry {
  const { items = [], ...others } = entry.said.terms;
  const get = () => {
    looked();
    return items;
  };
  const terms: JsonObject = Object.defineProperty(others, 'items', { get, enumerable: true });
  return { ...entry, said: { ...entry.said, terms } };
}
