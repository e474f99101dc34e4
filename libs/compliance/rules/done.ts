import type { Instant } from '#kernel';
import type { Fact } from './matter.js';

/** When something was done or began, and the entry that says so. */
export interface Done {
  readonly at: Instant;
  readonly by: Fact;
}

/** What was done first; null where nothing was. */
export const firstDone = (done: readonly (Done | null)[]): Done | null =>
  done
    .filter((one) => one !== null)
    .reduce<Done | null>((first, one) => (first === null || one.at < first.at ? one : first), null);

/** What happened first; null where nothing did. */
export const firstOf = (facts: readonly Fact[]): Fact | null =>
  firstDone(facts.map((by) => ({ at: by.occurredAt, by })))?.by ?? null;
