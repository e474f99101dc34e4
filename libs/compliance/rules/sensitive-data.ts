import { isMissing } from '#catalogue';
import type { JsonObject } from '#statement';

/** Special by what they are, whether anybody flags them or not; an assessment of ideology tells of beliefs. */
const special = new Set<unknown>([
  'health-record',
  'mental-health',
  'political-opinion',
  'political-affiliation',
  'religious-belief',
  'philosophical-belief',
  'ethnic-origin',
  'ideology-assessment',
]);

/** A detention record tells of a conviction or a charge. */
const criminal = new Set<unknown>(['criminal-conviction', 'criminal-charge', 'criminal-offence', 'detention-record']);

/** Whether an item is data on criminal offences, which need a law: GDPR 10. */
export const isCriminal = ({ dataCategory }: JsonObject): boolean => criminal.has(dataCategory);

/**
 * Whether an item is of a special category, which needs a ground of its own: GDPR 9, LED 10. Who does not know whether it
 * is cannot do without one. The flag also marks data on criminal offences, which need none.
 */
export function isSpecial(item: JsonObject): boolean {
  const flag = item['specialCategory'];
  return special.has(item['dataCategory']) || ((flag === true || isMissing(flag)) && !isCriminal(item));
}

/** Whether an item is special, or is flagged so: enough to ask an officer first where that is agreed on. */
export const mayBeSpecial = (item: JsonObject): boolean => item['specialCategory'] === true || isSpecial(item);
