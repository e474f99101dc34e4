import { textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import type { FlowingItem } from '../agreements/covering-clause.js';
import { isCriminal, isSpecial } from './sensitive-data.js';

/** An item of an entry as clauses know it: they allow special categories and data on offences together, or neither. */
export const flowingItem = (item: JsonObject): FlowingItem => ({
  dataCategory: textIn(item, 'dataCategory'),
  specialCategory: isSpecial(item) || isCriminal(item),
});
