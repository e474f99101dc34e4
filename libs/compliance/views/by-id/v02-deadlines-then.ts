import { treeSize, type Instant } from '#kernel';
import { judgementRows } from '../../judging/judgement-rows.js';
import type { JudgementTable } from '../../judging/judgement-tables.js';
import { everyRule } from '../../rules/every-rule.js';
import type { About } from '../../rules/matter.js';
import { agenciesOf } from '../../scope.js';
import { mattersThen } from '../as-of.js';
import type { Question } from '../asked-view.js';
import { lineOf, type DeadlineLine } from './v02-deadline-row.js';
import { registryDeadlines } from './v02-registry-deadlines.js';

/** The registry is no matter of this log: it is asked apart. */
const kinds: readonly About[] = [...new Set(everyRule.flatMap(({ about }) => about))].filter(
  (kind) => kind !== 'registry',
);

/**
 * Deadlines as they stood at an earlier moment: those of a log that ends there, each entry judged by the registry of its
 * time and each agency by what it may know. What was erased since is not there.
 */
export async function deadlinesThen(question: Question, asOf: Instant): Promise<readonly DeadlineLine[]> {
  const { database, scope, registry } = question;
  const agencies: ReadonlySet<string> = new Set(agenciesOf(scope));
  const lines = new Map<string, DeadlineLine>();
  for await (const matters of mattersThen(database, scope, kinds, asOf, question)) {
    for (const row of await judgementRows(matters, question)) {
      if (agencies.has(row.agency) && row.shown_from <= asOf && isDeadline(row)) lines.set(row.key, lineOf(row));
    }
  }
  const size = registry.entries.filter(({ recordedAt }) => recordedAt <= asOf).length;
  return [...lines.values(), ...registryDeadlines(scope, await question.registryAt(treeSize(size)))];
}

/** One that runs or is over, or one that was met late: what it rests on is more than the entry it is about. */
const isDeadline = ({ verdict, deadline, facts }: JudgementTable): boolean =>
  verdict === 'pending' || (verdict === 'broken' && deadline !== null && facts.includes(','));
