import type { Labels } from '#catalogue';
import type { EntryId, Instant } from '#kernel';
import type { SaidTerms } from '../projection.js';
import type { Deadline } from './deadlines/calendar.js';
import type { About, Fact, Matter } from './matter.js';
import type { Side } from './side.js';
import type { RegistryState } from './registry-state.js';

/** How soon a DPO should look. `urgent` tells the DPO at once and makes an assessment say "leave out". */
export type Severity = 'urgent' | 'high' | 'medium' | 'low';

/** What a rule pack can change about a rule. */
export interface RuleSettings {
  readonly severity: Severity;
  /** a duty by statute, or one that the network or the product set */
  readonly basis: 'law' | 'policy';
  /** how long what is owed may take; null where it is owed at once */
  readonly deadline: Deadline | null;
  /** Deadlines instead of it where it depends on a code, by that code: for requests their urgency. */
  readonly deadlines?: Readonly<Record<string, Deadline>>;
  readonly applies: boolean;
}

/**
 * What a rule says of one fact. It holds for good: a duty that was done late stays broken since its deadline, whatever
 * came after.
 */
export type Verdict =
  | { readonly is: 'kept' }
  /** where it was done after its time, `done` is when */
  | { readonly is: 'broken'; readonly since: Instant; readonly done?: Instant }
  /** owed, and broken from `due` on unless it is done */
  | { readonly is: 'pending'; readonly due: Instant }
  /** what decides it was erased; from `due` on, where what is owed may still be done until then */
  | { readonly is: 'not-decidable'; readonly due?: Instant };

export interface Judgement {
  /** whose duty it is */
  readonly side: Side;
  /** the entry it is about */
  readonly entry: EntryId;
  /** which part of it, where a rule judges several: a pointer like `/items/2`, or a recipient */
  readonly part: string | null;
  readonly verdict: Verdict;
  /** what else was looked at, the entry itself included */
  readonly facts: readonly EntryId[];
  /** the clause that was in force, as `agreement@version#clause` */
  readonly clause?: string;
  /** The time it gave, where that is not the one of the rule's settings; null where an entry set the day. */
  readonly deadline?: Deadline | 'at-once' | null;
  /** a duty by statute or not, where that is not as the rule's settings say */
  readonly basis?: RuleSettings['basis'];
}

/** What was in force when an entry was recorded, for one rule. It has no clock: what is due later is pending. */
export interface Then {
  settings(side: Side): RuleSettings;
  /**
   * The last moment of a deadline, by the calendar of the side; `from` itself where there is no deadline.
   *
   * @param deadline the rule's, where it is not given
   */
  end(side: Side, from: Instant, deadline?: Deadline | null): Instant;
  /** The last moment of a day like 2026-11-22, by the calendar of the side. */
  endOfDay(side: Side, day: string): Instant;
  /** The country of a side, ISO 3166-1 alpha-2: the one whose holidays it has. */
  country(side: Side): string;
  readonly registry: RegistryState;
}

/** Entries of an agency of which the first of each of its days stands for all of that day. */
export interface Daily {
  /** of those the rule reads */
  readonly types: readonly string[];
  isMeant(said: SaidTerms): boolean;
}

/** One duty that is checked. One file a rule; adding one is adding its file and a line in every-rule.ts. */
export interface Rule extends RuleSettings {
  /** as in the catalogue of rules: `LOG-01` */
  readonly id: string;
  /** raised when it would judge differently */
  readonly version: number;
  readonly statement: Labels;
  /** what to do, or what would have been right */
  readonly compliant: Labels;
  readonly sources: readonly string[];
  readonly about: About | readonly About[];
  /** types of entries whose terms it reads */
  readonly reads: readonly string[];
  /** Only where it is about `agency`. */
  readonly daily?: Daily;
  /** Also reads what others say of the entries and disclosures that its matter names. */
  readonly readsBeside?: true;
  /** What it asks for has to be there before: time is given for recording it only. */
  readonly isOwedBefore?: true;
  /** @param then what was in force when an entry was recorded */
  judge(matter: Matter, then: (entry: Fact) => Then): readonly Judgement[];
}

/** Whether a rule judges matters of a kind. */
export const isAbout = ({ about }: Pick<Rule, 'about'>, kind: About): boolean =>
  typeof about === 'string' ? about === kind : about.includes(kind);

/** What of an erased matter can be decided no more. What is owed may still be done until it is due. */
export const undecided = (verdict: Verdict): Verdict =>
  verdict.is === 'pending' ? { is: 'not-decidable', due: verdict.due } : { is: 'not-decidable' };

/** Whose rule is broken, and about what: at most one check note is ever raised for it. */
export const keyOf = (rule: Rule, { side, entry, part }: Judgement): string =>
  [rule.id, side.agency, entry, ...(part === null ? [] : [part])].join(' ');

/** Owed until `due`: done, done late, or not done yet. */
export function inTime(done: Instant | null, due: Instant): Verdict {
  if (done === null) return { is: 'pending', due };
  return done <= due ? { is: 'kept' } : { is: 'broken', since: due, done };
}

/** Something that had to be so at a moment. */
export const required = (isSo: boolean, at: Instant): Verdict => (isSo ? { is: 'kept' } : { is: 'broken', since: at });

/** What a verdict is at a moment: what is pending is broken once its time is over. */
export function standing(verdict: Verdict, now: Instant): Verdict {
  return verdict.is === 'pending' && verdict.due < now ? { is: 'broken', since: verdict.due } : verdict;
}
