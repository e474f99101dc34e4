import type { Instant } from '#kernel';
import { everyRule } from '../../rules/every-rule.js';
import { judge, type Judged } from '../../rules/judge.js';
import type { About, Matter } from '../../rules/matter.js';
import { hidden } from '../../visibility.js';
import type { KnownMatter, Question } from '../asked-view.js';
import type { DeadlineLine } from './v02-deadline-row.js';

/** The registry is no matter of the log that is looked back into. */
const kinds: readonly About[] = [...new Set(everyRule.flatMap(({ about }) => about))].filter(
  (kind) => kind !== 'registry',
);

const read = [...new Set(everyRule.flatMap(({ reads }) => reads))];

/**
 * Deadlines as they stood at an earlier moment: what was recorded until then, judged by the registry that is known. What
 * was erased since is not there.
 */
export async function deadlinesThen({
  scope,
  registry,
  mattersOf,
}: Pick<Question, 'scope' | 'registry' | 'mattersOf'>): Promise<readonly DeadlineLine[]> {
  const known = await mattersOf(kinds, read);
  const lines = known.flatMap(({ agency, matter }: KnownMatter) =>
    judge(scope.kind === 'agency' ? matter : openPart(matter), everyRule, () => registry)
      .filter(({ side }) => side.agency === agency)
      .flatMap(lineOf),
  );
  // A rule may judge an entry in several matters.
  return [...new Map(lines.map((line) => [line.key, line])).values()];
}

/** A supervisor sees nothing that rests on what is hidden. */
const openPart = (matter: Matter): Matter => ({
  ...matter,
  entries: matter.entries.filter(({ said }) => said !== null && hidden({ ...said.terms, type: said.type }) === 0),
  linked: new Map([...matter.linked].map(([handle, linked]) => [handle, openPart(linked)])),
});

function lineOf({ key, rule, side, entry, part, verdict, settings, clause, deadline, facts }: Judged) {
  const isLate = verdict.is === 'broken' && (deadline ?? settings.deadline) !== null && facts.length > 1;
  const due: Instant | null = verdict.is === 'pending' ? verdict.due : isLate ? verdict.since : null;
  if (due === null) return [];
  const line: DeadlineLine = {
    key,
    agency: side.agency,
    rule: rule.id,
    severity: settings.severity,
    basis: settings.basis,
    entry,
    part,
    clause: clause ?? null,
    isOpen: verdict.is === 'pending',
    due,
  };
  return [line];
}
