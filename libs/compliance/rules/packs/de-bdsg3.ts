import { shippedPackVersions } from '#catalogue';
import type { RulePack } from './pack.js';

/** Federal bodies in Germany under the Law Enforcement Directive: BDSG part 3. */
export const deBdsg3: RulePack = {
  code: 'DE-BDSG3',
  version: shippedPackVersions['DE-BDSG3'],
  place: { country: 'DE', zone: 'Europe/Berlin' },
  rules: {
    'DSR-04': { applies: true, source: 'BDSG § 56(3)†, § 57(5)†' },
    // The act says what a notice holds and when it may wait; it sets no time, so the month is the network's.
    'INF-01': { applies: true, basis: 'policy', source: 'BDSG § 56(1)' },
    'LAW-02': { severity: 'urgent', source: 'BVerfG 1 BvR 1873/13' },
    'MRK-01': { applies: true, source: 'BKAG § 14' },
    'TRF-03': { basis: 'law', source: 'BDSG § 79(3)†' },
    'RET-01': { basis: 'law', deadline: { yearEnds: 1 }, source: 'BDSG § 76(4)' },
  },
};
