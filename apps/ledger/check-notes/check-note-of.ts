import type { OwedNote } from '#compliance/judging';
import type { Deadline } from '#compliance/rules';
import type { EntryId, Instant } from '#kernel';
import { longestList } from '#catalogue';

/** An entry as the ledger sends it to itself. */
export interface CheckNoteEntry {
  readonly id: EntryId;
  readonly type: 'CheckNoteRaised';
  readonly occurredAt: Instant;
  readonly data: Readonly<Record<string, unknown>>;
}

const missing = { missing: 'not-given' };

/**
 * The check note that a judgement owes. Nothing in it is of the ledger that raises it or of the moment at which it does:
 * it is the same whoever raises it.
 *
 * @param occurredAt since when it is broken; where it cannot be decided, when the entry was recorded
 */
export function checkNoteOf(note: OwedNote, occurredAt: Instant): CheckNoteEntry {
  const { id, rule, ruleVersion, agency, fact, facts, severity, basis, outcome, dueAt, clause, deadline, entry } = note;
  return {
    id,
    type: 'CheckNoteRaised',
    occurredAt,
    data: {
      rule,
      ruleVersion,
      ...packOf(note),
      agency,
      fact,
      facts: facts.slice(0, longestList),
      severity,
      kind: basis,
      outcome,
      ...(outcome === 'not-decidable' && { lackingInput: 'erased' }),
      ...(clause !== null && { clause }),
      ...(deadline !== null && { deadline: timeLimitOf(deadline) }),
      ...(dueAt !== null && { dueAt }),
      causedBy: entry,
    },
  };
}

/** The most special pack that settled it. */
function packOf({ packs: [first] }: OwedNote) {
  const [, code, version] = /^(.+)@(\d+)$/.exec(first ?? '') ?? [];
  return code === undefined ? { pack: missing, packVersion: missing } : { pack: code, packVersion: Number(version) };
}

function timeLimitOf(deadline: Deadline): { readonly amount: number; readonly unit: string } {
  if ('hours' in deadline) return { amount: deadline.hours, unit: 'hours' };
  if ('days' in deadline) return { amount: deadline.days, unit: 'days' };
  if ('workingDays' in deadline) return { amount: deadline.workingDays, unit: 'working-days' };
  if ('months' in deadline) return { amount: deadline.months, unit: 'months' };
  return { amount: deadline.yearEnds, unit: 'year-ends' };
}
