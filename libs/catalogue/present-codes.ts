import type { JsonObject } from '#statement';
import { textIn } from './reading.js';

/** `minor`: who is concerned is known to be under 18. Never how old. */
export const subjectCodes = (data: JsonObject): readonly string[] =>
  ['under-14', '14-17'].includes(textIn(data, 'ageBand') ?? '') ? ['minor'] : [];

/** `secrecy-lifted`: some ground for lifting secrecy is named; `emergency`: it is the emergency. No other ground is told. */
export function secrecyCodes(data: JsonObject): readonly string[] {
  const gateway = textIn(data, 'gateway');
  if (gateway === null || gateway === 'none-needed') return [];
  return gateway === 'emergency' ? ['secrecy-lifted', 'emergency'] : ['secrecy-lifted'];
}
