import type { Caller } from '#access';
import { headFor, standingAt, textIn, wasEscalatedTo } from '#catalogue';
import type { ExchangeId } from '#kernel';
import type { JsonObject } from '#statement';
import type { Ledger } from '../ledger.js';

/**
 * Whether a request is the caller's to answer: it was put to its agency, or was escalated to it as far as that agency
 * may know. Of one exchange that holds several requests, each is asked about for itself.
 *
 * @param request the entry id and the terms of an `InformationRequested`
 */
export function isAskedOf(
  { id, terms }: { readonly id: string; readonly terms: JsonObject },
  { register, clock }: Pick<Ledger, 'register' | 'clock'>,
  { agency }: Pick<Caller, 'agency'>,
): boolean {
  if (terms['addressee'] === agency) return true;
  const exchange = textIn(terms, 'exchange');
  const times = exchange === null ? undefined : register.timesOf(exchange as ExchangeId);
  const head = times === undefined ? null : headFor(standingAt(times, clock.now()), agency);
  return head !== null && wasEscalatedTo(head, agency, id);
}
