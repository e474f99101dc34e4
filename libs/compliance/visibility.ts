import type { JsonObject } from '#statement';
import { type Flag, flag } from './views.js';

/**
 * Whether an entry is left out of everybody's views but its issuer's: restricted, sealed and deferred ones. What is
 * neither said to be open nor missing is hidden too, whatever a later vocabulary means by it; a sealed entry is hidden
 * whatever it says.
 */
export function hidden({
  type,
  visibility,
}: {
  readonly type?: JsonObject[string];
  readonly visibility?: JsonObject[string];
}): Flag {
  return flag(type === 'SealedEntryRecorded' || (typeof visibility === 'string' && visibility !== 'open'));
}
