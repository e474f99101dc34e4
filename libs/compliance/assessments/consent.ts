import { isObject, textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import { sec01 } from '../rules/by-id/sec-01.js';
import { spc01 } from '../rules/by-id/spc-01.js';
import type { InForce } from '../rules/judge.js';
import { partsOf } from '../rules/matter.js';
import type { Reason } from './assessment.js';
import { brokenBy, only, type Hypothetical } from './hypothetical.js';

const notGiven = { missing: 'not-given' } as const;

/** Grounds for lifting secrecy that somebody has to give. */
const givenGateways: readonly (string | null)[] = ['consent-subject', 'consent-entruster', 'release-from-secrecy'];

/** Whoever names a consent as the ground has one to name: not naming it is said to be missing, as rules look for it. */
export const withConsentOwed = (data: JsonObject): JsonObject =>
  data['consentRef'] === undefined && givenGateways.includes(textIn(data, 'gateway'))
    ? { ...data, consentRef: notGiven }
    : data;

/**
 * What an entry about one item lacks where it rests on consent alone (GDPR 6(1)(a), 9(2)(a)): one that is recorded, and
 * reaches item, purpose, recipients and day. The rule on secrecy knows how far a consent reaches: it is asked as if the
 * item had been entrusted on that consent. Withdrawals are another rule's, which looks at every item.
 */
export function consentLacking(entry: Hypothetical, inForce: InForce): readonly Reason[] {
  if (!restsOnConsent(entry, inForce)) return [];
  const { data } = entry;
  const entrusted = {
    ...entry,
    data: {
      ...data,
      gateway: 'consent-subject',
      consentRef: data['consentRef'] ?? notGiven,
      items: partsOf(data, 'items').map((item) => ({ ...item, secrecyClass: 'entrusted' })),
    },
  };
  if (brokenBy(entrusted, only(sec01), inForce).length === 0) return [];
  return [{ rule: null, clause: null, sources: ['GDPR 7(1)'], lacks: 'consentRef', byConsent: true }];
}

function restsOnConsent(entry: Hypothetical, inForce: InForce): boolean {
  const { legalBasisTransmit: basis, specialGround, ...others } = entry.data;
  if (isObject(basis) && textIn(basis, 'code') === 'GDPR-A6-1-a') return true;
  // Only of what needs such a ground: where the rule would miss it, were it not named.
  return specialGround === 'GDPR-A9-2-a' && brokenBy({ ...entry, data: others }, only(spc01), inForce).length > 0;
}
