import { isObject, textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import { has, partsOf, type Fact } from './matter.js';

/** Something that may be passed on. */
export interface ScopeItem {
  /** place in the request, from 0; null where a decision does not say */
  readonly place: number | null;
  readonly dataCategory: string | null;
  /** days like 2026-11-22; open where null */
  readonly from: string | null;
  readonly until: string | null;
}

/** Decisions by which nothing is granted. */
const grantingNothing: readonly (string | null)[] = ['refuse', 'redirect', 'defer', 'not-held'];

/** What a request asks for. */
export const askedItems = ({ terms }: Pick<Fact, 'terms'>): readonly ScopeItem[] =>
  partsOf(terms, 'items').map((item, place) => ({
    place,
    dataCategory: textIn(item, 'dataCategory'),
    ...periodOf(item),
  }));

/**
 * What a decision grants, each item for the period for which it was asked. Null where it grants without saying what:
 * then it is what was asked for.
 */
export function grantedItems(
  { terms }: Pick<Fact, 'terms'>,
  asked: readonly ScopeItem[] | null,
): readonly ScopeItem[] | null {
  if (!has(terms, 'granted')) return grantingNothing.includes(textIn(terms, 'decision')) ? [] : null;
  return partsOf(terms, 'granted').flatMap((item) => {
    const place = placeOf(item);
    const dataCategory = textIn(item, 'dataCategory');
    const same = (asked ?? []).filter((one) => one.place === place && one.dataCategory === dataCategory);
    return same.length > 0 ? same : [{ place, dataCategory, from: null, until: null }];
  });
}

/** Whether an item of a disclosure is among them: the one it says it answers, else any of its category. */
export function isWithin(item: JsonObject, scope: readonly ScopeItem[]): boolean {
  const dataCategory = textIn(item, 'dataCategory');
  const place = placeOf(item);
  return (
    dataCategory !== null &&
    scope.some(
      (one) =>
        one.dataCategory === dataCategory &&
        (place === null || one.place === null || one.place === place) &&
        isDuring(item, one),
    )
  );
}

/** An item that does not say which days it is about is not shown to exceed any. */
function isDuring(item: JsonObject, { from, until }: ScopeItem): boolean {
  if (!has(item, 'period')) return true;
  const period = periodOf(item);
  return (
    (from === null || (period.from !== null && period.from >= from)) &&
    (until === null || (period.until !== null && period.until <= until))
  );
}

const placeOf = (item: JsonObject): number | null =>
  typeof item['answersItem'] === 'number' ? item['answersItem'] : null;

function periodOf(item: JsonObject): Pick<ScopeItem, 'from' | 'until'> {
  const period = item['period'];
  return isObject(period)
    ? { from: textIn(period, 'from'), until: textIn(period, 'until') }
    : { from: null, until: null };
}
