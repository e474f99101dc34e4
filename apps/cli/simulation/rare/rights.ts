import { instantAt } from '#kernel';
import type { JsonObject } from '#statement';
import { dateOf, day } from '../calendar.js';
import { pseudonym } from '../person.js';
import type { Script } from '../script.js';
import type { SimulatedAgency } from '../simulated-agency.js';

/** A person's request, and what a story changes about it. */
export interface RightsRequest {
  readonly to: SimulatedAgency;
  readonly right?: string;
  readonly isExtended?: boolean;
  /** fields put in the place of those of the decision; null where nothing is decided at all */
  readonly decisionInstead?: JsonObject | null;
  readonly isFulfilled?: boolean;
}

/** The entries of a person's request. */
export interface ToldRights {
  readonly received: string;
  readonly decided: string | null;
}

/** A person asks what is known, or for something to be done; it is decided and done in time. */
export function tellRights(script: Script, request: RightsRequest): ToldRights {
  const { to, right = 'access', isExtended = false, decisionInstead = {}, isFulfilled = true } = request;
  const receivedAt = instantAt(script.moment);
  const received = script.record(to, 'RightsRequestReceived', {
    subject: pseudonym('person', script.person, to.id),
    right,
    receivedAt,
    identityChecked: true,
    channel: 'paper',
  });
  if (isExtended) {
    script.pass(to, 10 * 24, 15 * 24);
    script.record(to, 'RightsRequestExtended', {
      rightsRequest: received,
      dueAt: dateOf(script.moment + 60 * day),
      extensionReason: 'complexity',
      personToldAt: instantAt(script.moment),
      justification: 'Die Akten mehrerer Jahre sind durchzusehen.',
    });
    script.pass(to, 20 * 24, 25 * 24);
  }
  if (decisionInstead === null) return { received, decided: null };
  script.pass(to, 5 * 24, 15 * 24);
  const decided = script.record(to, 'RightsRequestDecided', {
    rightsRequest: received,
    outcome: 'granted',
    staffNamed: false,
    justification: 'Der Antrag ist begründet.',
    decidedBy: script.staffOf(to),
    covers: [],
    recipientsNamed: [],
    personToldAt: instantAt(script.moment),
    remediesTold: true,
    ...decisionInstead,
  });
  if (isFulfilled) {
    script.pass(to, 1, 48);
    const answeredAt = instantAt(script.moment);
    script.record(to, 'RightsRequestFulfilled', { rightsRequest: received, answeredAt, channel: 'paper' });
  }
  return { received, decided };
}
