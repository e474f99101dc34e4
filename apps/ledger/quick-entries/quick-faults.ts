import type { Expanded } from '#compliance/assessments';
import { DomainError, type Fault } from '#kernel';

/** How fields are called that a worker fills in under another name. */
const calledOtherwise: Readonly<Record<string, string>> = { '/justification': '/reason' };

/**
 * The same error with pointers into the quick entry instead of the entries that it became. What is wrong with a field
 * that nobody filled in is said of the whole.
 */
export function quickFaults(error: unknown, expanded: readonly Expanded[]): unknown {
  if (!(error instanceof DomainError)) return error;
  const faults = error.faults.map(({ pointer, detail, line = 1 }): Fault => {
    const above = expanded[line - 1]?.pointer ?? '';
    const inside = pointer.replace(/^\/data(?=\/|$)/, '');
    return { pointer: `${above}${calledOtherwise[inside] ?? inside}`, detail };
  });
  return new DomainError(error.code, error.message, distinct(faults), { cause: error });
}

const distinct = (faults: readonly Fault[]): readonly Fault[] => [
  ...new Map(faults.map((fault) => [`${fault.pointer} ${fault.detail}`, fault])).values(),
];
