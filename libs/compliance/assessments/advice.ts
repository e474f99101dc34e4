import { basisOf, isObject, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import type { Clause } from '../agreements/covering-clause.js';
import type { Rule } from '../rules/rule.js';
import type { Advice, ItemAdvice, Reason } from './assessment.js';
import type { BrokenRule } from './reasons.js';

/** What is found of one item, as if it were the only one. */
export interface Found {
  readonly item: JsonObject;
  readonly reasons: readonly BrokenRule[];
  /** that covers it for all who are concerned; null where there is none */
  readonly clause: Clause | null;
  /** who would pass it on by that clause */
  readonly from: AgencyId | null;
  /** what no rule asks for, and is lacking all the same */
  readonly lacking: readonly Reason[];
}

/** They ask how it is written down or what the agency has registered, not whether it may be: they change no advice. */
const ofWriting: readonly string[] = ['AGR-02', 'LOG-01', 'NEC-02', 'QUA-01'];

/** Whether what a rule says can change what is advised. */
export const changesAdvice = ({ id }: Pick<Rule, 'id'>): boolean => !ofWriting.includes(id);

/** Judged of a recipient or of the whole, and yet about what the items are. */
const ofItems: readonly string[] = ['LAW-03', 'LAW-05'];

/**
 * Item by item, and what is said of the whole. An item is advised against where a rule is broken that nothing mends, and
 * conditionally where something is lacking, also where that is a reason of the whole.
 *
 * @param ofRoom what the rules about conferences say of the room it is said in
 */
export function adviceFor(
  found: readonly Found[],
  ofRoom: readonly BrokenRule[],
): { readonly items: readonly ItemAdvice[]; readonly reasons: readonly Reason[] } {
  const whole = distinct([...ofRoom, ...found.flatMap(({ reasons }) => reasons.filter(isOfWhole))]);
  const lowering = whole.filter(lowers).flatMap(({ reasons }) => reasons);
  const items = found.map(({ item, reasons, clause, from, lacking: beside }, place): ItemAdvice => {
    const own = distinct(reasons.filter((one) => !isOfWhole(one))).flatMap((one) => one.reasons);
    const lacking = [...own, ...beside.filter(({ lacks }) => !own.some((one) => one.lacks === lacks))];
    const advice = worst([...lacking, ...lowering]);
    const covered = advice === 'yes' && clause !== null ? [coveredBy(clause, from)] : [];
    return { item: place, dataCategory: textIn(item, 'dataCategory') ?? '', advice, reasons: [...covered, ...lacking] };
  });
  return { items, reasons: whole.flatMap(({ reasons }) => reasons) };
}

const isOfWhole = ({ judged: { rule, part } }: BrokenRule): boolean =>
  !changesAdvice(rule) || !(ofItems.includes(rule.id) || part?.startsWith('/items/') === true);

const lowers = ({ judged: { rule, settings } }: BrokenRule): boolean =>
  changesAdvice(rule) && (settings.severity === 'urgent' || settings.severity === 'high');

function worst(reasons: readonly Reason[]): Advice {
  if (reasons.some(({ lacks }) => lacks === null)) return 'leave-out';
  return reasons.length > 0 ? 'only-with' : 'yes';
}

/** One of each rule and lack, with all that is lacking for it. */
function distinct(broken: readonly BrokenRule[]): readonly BrokenRule[] {
  const seen = new Set<string>();
  return broken.flatMap((one) => {
    const reasons = one.reasons.filter(({ rule, lacks, clause }) => {
      const key = `${rule} ${lacks} ${clause}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    return reasons.length === 0 ? [] : [{ ...one, reasons }];
  });
}

const coveredBy = ({ reference, terms }: Clause, from: AgencyId | null): Reason => {
  const basis = from === null ? null : basisOf(terms, 'transmit', from);
  const provision = isObject(basis) ? textIn(basis, 'provision') : null;
  return {
    rule: null,
    clause: reference,
    sources: provision === null ? [] : [provision],
    lacks: null,
    byConsent: false,
  };
};
