import type { LeafIndex } from '#kernel';
import type { TreeHead } from '#transparency';
import type { TrailRange } from './layout.js';

/**
 * What a check comes to. *valid*: all is there and as the log signed it. *erased*: valid, and some blocks were
 * destroyed since. *tampered*: something is not what it was. *incomplete*: something is missing. *unverifiable*:
 * what would prove it is not at hand, such as the right key.
 */
export type Verdict = 'valid' | 'erased' | 'tampered' | 'incomplete' | 'unverifiable';
export type Complaint = Exclude<Verdict, 'valid' | 'erased'>;

/** One thing found wrong, and where: the file, and the entry where there is one. */
export interface Finding {
  readonly verdict: Complaint;
  readonly what: string;
  readonly file?: string;
  readonly entry?: LeafIndex;
  readonly id?: string;
}

export interface BlockCounts {
  readonly disclosed: number;
  readonly erased: number;
  readonly notDisclosed: number;
}

export interface TrailReport {
  readonly verdict: Verdict;
  /** as signed by the log, or as claimed when a finding says that the signature is not good */
  readonly head: TreeHead | null;
  readonly range: TrailRange | null;
  /** entries that are the ones under the root */
  readonly entries: number;
  readonly blocks: BlockCounts;
  /** the first of all findings */
  readonly findings: readonly Finding[];
  readonly findingsTotal: number;
  /** what this check does not show, in sentences */
  readonly notChecked: readonly string[];
}

const keptFindings = 100;
/** What outranks what: design §4. */
const ranking = ['tampered', 'unverifiable', 'incomplete'] as const;

/** Collects what is wrong, in bounded memory. */
export class Findings {
  private readonly kept: Finding[] = [];
  private readonly counts = new Map<Complaint, number>();

  add(verdict: Complaint, what: string, where: Omit<Finding, 'verdict' | 'what'> = {}): void {
    this.counts.set(verdict, (this.counts.get(verdict) ?? 0) + 1);
    if (this.kept.length < keptFindings) this.kept.push({ verdict, what, ...where });
  }

  get list(): readonly Finding[] {
    return this.kept;
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** @param erased blocks that were destroyed */
  verdict(erased: number): Verdict {
    return ranking.find((verdict) => this.counts.has(verdict)) ?? (erased > 0 ? 'erased' : 'valid');
  }
}

/** The exit code of `nachweis verify`: valid and erased 0, tampered 1, incomplete and unverifiable 2. */
export function exitCodeOf(verdict: Verdict): number {
  if (verdict === 'valid' || verdict === 'erased') return 0;
  return verdict === 'tampered' ? 1 : 2;
}
