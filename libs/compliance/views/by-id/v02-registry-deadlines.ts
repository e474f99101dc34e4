import { registryMatter } from '../../judging/registry-matter.js';
import type { RegistryThen } from '../../registry/registry-history.js';
import { everyRule } from '../../rules/every-rule.js';
import { judge, type Judged } from '../../rules/judge.js';
import { isAbout } from '../../rules/rule.js';
import { agenciesOf, type Scope } from '../../scope.js';
import type { DeadlineLine } from './v02-deadline-row.js';

const rules = everyRule.filter((rule) => isAbout(rule, 'registry'));

/**
 * What is owed by what the registry says, as it stands when somebody asks, or stood. The judgements that are kept know it
 * only as far as entries were judged against it: where none were since it grew, they lag behind.
 */
export function registryDeadlines(scope: Scope, registry: RegistryThen): readonly DeadlineLine[] {
  const agencies = new Set(agenciesOf(scope));
  return judge(registryMatter(registry), rules, () => registry)
    .filter(({ side }) => agencies.has(side.agency))
    .flatMap(deadlineIn);
}

/** The deadline that a judgement speaks of: one that runs or is over, or one that was met late. */
function deadlineIn(judged: Judged): readonly DeadlineLine[] {
  const { key, rule, side, entry, part, verdict, settings, clause, deadline, facts } = judged;
  const isTimed = deadline !== 'at-once' && (deadline ?? settings.deadline) !== null;
  const isLate = verdict.is === 'broken' && isTimed && facts.length > 1;
  if (verdict.is !== 'pending' && !isLate) return [];
  return [
    {
      key,
      agency: side.agency,
      rule: rule.id,
      severity: settings.severity,
      basis: settings.basis,
      entry,
      part,
      clause: clause ?? null,
      isOpen: verdict.is === 'pending',
      due: verdict.is === 'pending' ? verdict.due : verdict.since,
    },
  ];
}
