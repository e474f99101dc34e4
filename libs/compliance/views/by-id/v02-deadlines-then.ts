import type { Instant } from '#kernel';
import { everyRule } from '../../rules/every-rule.js';
import { judge } from '../../rules/judge.js';
import type { About } from '../../rules/matter.js';
import type { KnownMatter, Question } from '../asked-view.js';
import type { DeadlineLine } from './v02-deadline-row.js';
import { deadlineIn, registryDeadlines } from './v02-registry-deadlines.js';

/** The registry is no matter of this log: it is asked apart. */
const kinds: readonly About[] = [...new Set(everyRule.flatMap(({ about }) => about))].filter(
  (kind) => kind !== 'registry',
);

const read = [...new Set(everyRule.flatMap(({ reads }) => reads))];

/**
 * Deadlines as they stood at an earlier moment: what was recorded until then, judged by the registry that is known. What
 * was erased since is not there.
 */
export async function deadlinesThen(
  { registry, mattersOf, scope }: Pick<Question, 'registry' | 'mattersOf' | 'scope'>,
  asOf: Instant,
): Promise<readonly DeadlineLine[]> {
  const entries = registry.entries.filter(({ recordedAt }) => recordedAt <= asOf);
  const known = await mattersOf(kinds, read);
  const lines = known.flatMap(({ agency, matter }: KnownMatter) =>
    judge(matter, everyRule, () => registry)
      .filter(({ side }) => side.agency === agency)
      .flatMap(deadlineIn),
  );
  // A rule may judge an entry in several matters.
  const all = [...lines, ...registryDeadlines(scope, registry, { entries })];
  return [...new Map(all.map((line) => [line.key, line])).values()];
}
