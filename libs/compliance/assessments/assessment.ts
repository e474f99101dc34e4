import type { JsonObject } from '#statement';
import type { AgencyId, Instant } from '#kernel';

/** What a worker is told about one item before anything leaves the house. */
export type Advice = 'yes' | 'only-with' | 'leave-out';

/** Why an item may pass, what it lacks, or why it may not. */
export interface Reason {
  /** id of the rule that says so: `SEC-01`; null where the agreement says so */
  readonly rule: string | null;
  /** `agreement@version#clause` in force at that moment */
  readonly clause: string | null;
  readonly sources: readonly string[];
  /**
   * name of what is missing, a field of the entry like `gateway` or `specialGround`, or a code; null where nothing helps,
   * and beside the advice `yes`, where the clause is cited that allows it
   */
  readonly lacks: string | null;
  /** true when a consent of the person would do */
  readonly byConsent: boolean;
}

export interface ItemAdvice {
  /** place in what was asked about, from 0 */
  readonly item: number;
  readonly dataCategory: string;
  /** counts what is said of the whole, too, where that is urgent or high and more than a matter of writing */
  readonly advice: Advice;
  readonly reasons: readonly Reason[];
}

/** What one body in the room of a conference may hear. */
export interface Hearing {
  readonly agency: AgencyId;
  /** of each item, in the order of what was asked about, as if this body alone would hear it */
  readonly items: readonly Advice[];
  /** what is said of its being there */
  readonly reasons: readonly Reason[];
}

/** `request`: may I ask? `disclosure`: may I pass it on? `conference`: may it be said in this room? */
export type AssessmentKind = 'request' | 'disclosure' | 'conference';

/**
 * The answer to "may I?", without person, case or free text (domain §4). Everything a document needs is in it; what
 * only the worker knows (names, file number, signature) is left as a line to fill in.
 */
export interface Assessment {
  readonly id: string;
  readonly kind: AssessmentKind;
  /** `agreement@version#clause` it was made by; null outside of every agreement */
  readonly template: string | null;
  readonly agency: AgencyId;
  readonly counterparts: readonly AgencyId[];
  readonly at: Instant;
  readonly purpose: string;
  /** objects `{code, provision}`; null where nothing in force gives one */
  readonly legalBasisTransmit: JsonObject | null;
  readonly legalBasisCollect: JsonObject | null;
  /** objects `{agency, code, provision}`: counterparts that collect under another law than the first one */
  readonly collectBases?: readonly JsonObject[];
  /** codes of the vocabulary `condition` that go with everything passed on */
  readonly conditions: readonly string[];
  readonly retentionTold: string | null;
  /** why the data protection officer is asked first, codes of `dpo-consultation`; empty where nobody need be asked */
  readonly consult: readonly string[];
  readonly items: readonly ItemAdvice[];
  /** what is said of the whole, not of one item */
  readonly reasons: readonly Reason[];
  /** in a conference: body by body, without the agency's own */
  readonly hearings?: readonly Hearing[];
}
