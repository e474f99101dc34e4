import type { Caller } from '#access';
import type { CursorSeal } from '#platform';
import type { Ledger } from '../ledger.js';

/** A list as one caller asked for it. */
export interface Listing {
  readonly name: string;
  readonly caller: Caller;
  readonly filter?: Readonly<Record<string, string>>;
}

/** Its cursors continue this list only: to another caller, or under another filter, they mean nothing. */
export function sealOf({ cursorKey }: Pick<Ledger, 'cursorKey'>, { name, caller, filter = {} }: Listing): CursorSeal {
  const { subject, role, agency, competentFor } = caller;
  const narrowed = Object.entries(filter).sort(([one], [other]) => (one < other ? -1 : 1));
  return { key: cursorKey, scope: JSON.stringify([name, subject, role, agency, competentFor, narrowed]) };
}
