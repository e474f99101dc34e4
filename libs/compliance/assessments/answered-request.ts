import { textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { factsOf, type Fact } from '../rules/matter.js';
import type { Linked } from './references.js';
import { unfit } from './template.js';

/** The request that a draft answers, as it is recorded; null where it answers none. */
export function answeredRequest(said: JsonObject, linked: Linked): Fact | null {
  const id = textIn(said, 'request');
  const matter = id === null ? undefined : linked.get(id);
  return (matter && factsOf(matter, 'InformationRequested').find((one) => one.id === id)) ?? null;
}

/** @throws DomainError `invalid-body` where an agency would answer itself */
export function requireOfOthers(request: Fact | null, agency: AgencyId): void {
  if (request?.issuer === agency) throw unfit('/request', 'expected a request of another agency');
}
