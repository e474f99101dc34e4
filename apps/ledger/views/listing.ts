import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#access';
import { linkHeader, type CursorSeal } from '#platform';
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

/** Says where the list goes on, if it does. */
export function linkNext(request: FastifyRequest, reply: FastifyReply, next: string | null): void {
  if (next === null) return;
  const url = new URL(request.url, 'http://localhost');
  url.searchParams.set('cursor', next);
  reply.header('Link', linkHeader({ next: `${url.pathname}${url.search}` }));
}
