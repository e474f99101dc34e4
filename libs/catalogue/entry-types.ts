import { agencyAdmitted } from './entries/agency-admitted.js';
import { informationDisclosed } from './entries/information-disclosed.js';
import { informationRequested } from './entries/information-requested.js';
import { requestDecided } from './entries/request-decided.js';
import type { EntryType } from './entry-type.js';

/** Every type an entry can have, by name. A new type is a file in `entries/` and a line here. */
export const entryTypes: ReadonlyMap<string, EntryType> = new Map(
  [agencyAdmitted, informationRequested, requestDecided, informationDisclosed].map((type) => [type.name, type]),
);
