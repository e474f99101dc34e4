import type { AgencyId } from '#kernel';

/**
 * What somebody did wrong on purpose, as the simulation's author says it: one line of the expected notes. Nothing here
 * asks the rules; what a rule finds is compared with this.
 */
export interface Intent {
  /** id of the rule that is broken, as in docs/rules.md */
  readonly rule: string;
  /** whose duty it was */
  readonly agency: AgencyId;
  /** the entry that shows it */
  readonly entry: string;
  /** which part of it, where several could be meant: a pointer like `/items/2`, a recipient or a code */
  readonly part: string | null;
}
