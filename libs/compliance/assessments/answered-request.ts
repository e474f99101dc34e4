import { textIn } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { lastDecisions } from '../rules/decisions-before.js';
import { factsOf, textsOf, type Fact } from '../rules/matter.js';
import type { Linked } from './references.js';
import { unfit } from './template.js';

/** The request that a draft answers, as it is recorded; null where it answers none. */
export function answeredRequest(said: JsonObject, linked: Linked): Fact | null {
  const id = textIn(said, 'request');
  const matter = id === null ? undefined : linked.get(id);
  return (matter && factsOf(matter, 'InformationRequested').find((one) => one.id === id)) ?? null;
}

/** An agency that answers a request, and when. */
interface Answering {
  readonly request: string;
  readonly agency: AgencyId;
  readonly at: Instant;
}

/** Handling conditions of a decision or of a disclosure; none where it is said that they are missing. */
export const conditionsOf = (terms: JsonObject): readonly string[] => textsOf(terms, 'conditions');

/** The handling conditions of the last decision that the agency made on a request before: they go with its answer. */
export function conditionsDecided({ request, agency, at }: Answering, linked: Linked): readonly string[] {
  const matter = linked.get(request);
  if (matter === undefined) return [];
  const decisions = lastDecisions({ issuer: agency, occurredAt: at, terms: { request } }, matter);
  return [...new Set(decisions.flatMap(({ terms }) => conditionsOf(terms)))];
}

/** @throws DomainError `invalid-body` where an agency would answer itself */
export function requireOfOthers(request: Fact | null, agency: AgencyId): void {
  if (request?.issuer === agency) throw unfit('/request', 'expected a request of another agency');
}
