import { isObject } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { has } from './matter.js';

/** Whether a power is cited as it must be: the ground of the regime, and the provision. */
export const isCited = (basis: JsonValue | undefined): basis is JsonObject =>
  isObject(basis) && has(basis, 'code', 'provision');
