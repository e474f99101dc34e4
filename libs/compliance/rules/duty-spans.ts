import type { Done } from './done.js';

/** What an entry says of a duty: that it exists, or that it does not. */
export interface DutySaid extends Done {
  readonly isOwed: boolean;
}

/** One time through which something is owed, unless it is done. */
export interface DutySpan {
  readonly from: Done;
  /** what says that it is owed no more */
  readonly ended: Done | null;
}

/**
 * From when to when something is owed that is judged again and again: what is found later ends it or begins it anew.
 *
 * @param said by when it was said
 */
export function dutySpans(said: readonly DutySaid[]): readonly DutySpan[] {
  const spans: DutySpan[] = [];
  let from: Done | null = null;
  for (const { isOwed, ...one } of said) {
    if (isOwed) from ??= one;
    else if (from !== null) {
      spans.push({ from, ended: one });
      from = null;
    }
  }
  return from === null ? spans : [...spans, { from, ended: null }];
}
