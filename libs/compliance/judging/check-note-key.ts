import type { AgencyId, EntryId } from '#kernel';
import { derivedId } from '#statement';

/** Whose rule is broken, and about what, as a check note says it. */
export interface CheckNoteKey {
  readonly rule: string;
  readonly agency: AgencyId;
  /** what it is about: an entry, and which part of it where a rule judges several */
  readonly fact: string;
}

/** The same as a judgement says it. */
export interface JudgementKey {
  readonly rule: string;
  readonly agency: AgencyId;
  readonly entry: EntryId;
  readonly part: string | null;
}

const lengthOfId = 36;

/** How a check note names what was judged: the entry, and after a slash the part of it. */
export const checkNoteKeyOf = ({ rule, agency, entry, part }: JudgementKey): CheckNoteKey => ({
  rule,
  agency,
  fact: part === null ? entry : `${entry}/${part}`,
});

/** What was judged, by what a check note says of it. */
export const judgementKeyOf = ({ rule, agency, fact }: CheckNoteKey): JudgementKey => ({
  rule,
  agency,
  entry: fact.slice(0, lengthOfId) as EntryId,
  part: fact.length === lengthOfId ? null : fact.slice(lengthOfId + 1),
});

/**
 * The entry id of the check note about it, a UUID of version 8 (RFC 9562 §5.8): however often it is raised it is one
 * entry, also once it is erased.
 */
export const checkNoteIdOf = ({ rule, agency, fact }: CheckNoteKey): EntryId =>
  derivedId('check-note', rule, agency, fact) as EntryId;
