import { isObject, textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import { cites } from './citation.js';

/** By which social data may be passed on at all: SGB X § 67d refers to §§ 68 to 77. */
const powers = ['68', '69', '70', '71', '72', '73', '74', '74a', '75', '77'].map((section) => ({
  act: 'SGB X',
  section,
}));

/** A crime that is planned must be told, whatever social secrecy says: SGB X § 71(1) no. 1. */
const dutyToReport = [
  { act: 'StGB', section: '138' },
  { act: 'SGB X', section: '71' },
];

/** A disclosure rests on a power by which social data may be passed on. */
export const isAllowedSocialData = (terms: JsonObject): boolean => powers.some((power) => cites(cited(terms), power));

/** A disclosure rests on the duty to report planned crimes. */
export const isDutyToReport = (terms: JsonObject): boolean => dutyToReport.some((duty) => cites(cited(terms), duty));

function cited({ legalBasisTransmit: basis }: JsonObject): string {
  return isObject(basis) ? (textIn(basis, 'provision') ?? '') : '';
}
