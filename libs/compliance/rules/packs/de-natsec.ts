import { shippedPackVersions } from '#catalogue';
import type { RulePack } from './pack.js';

/** Neither the regulation nor the directive binds the services: what only these ask for, the network asks for. */
const byTheNetwork = { basis: 'policy', source: 'GDPR 2(2)(a)†, LED 2(3)(a)†' } as const;

/** Domestic intelligence in Germany: BVerfSchG. */
export const deNatsec: RulePack = {
  code: 'DE-NATSEC',
  version: shippedPackVersions['DE-NATSEC'],
  place: { country: 'DE', zone: 'Europe/Berlin' },
  rules: {
    'AGR-01': byTheNetwork,
    'AGR-02': byTheNetwork,
    'AUT-01': byTheNetwork,
    'BRE-01': byTheNetwork,
    'BRE-02': byTheNetwork,
    'BRE-03': byTheNetwork,
    'CHD-01': { basis: 'law', source: 'BVerfSchG § 24' },
    'CON-02': byTheNetwork,
    'DSR-01': byTheNetwork,
    'DSR-02': byTheNetwork,
    'DSR-03': byTheNetwork,
    'DSR-05': byTheNetwork,
    'INF-01': { applies: false, source: 'GDPR 2(2)(a)†, LED 2(3)(a)†' },
    'LAW-02': { severity: 'urgent', source: 'BVerfG 1 BvR 1873/13' },
    'LAW-05': byTheNetwork,
    'LAW-06': byTheNetwork,
    'LOG-01': byTheNetwork,
    'LOG-02': byTheNetwork,
    'LOG-05': byTheNetwork,
    'NEC-01': byTheNetwork,
    'OVS-01': byTheNetwork,
    'PUR-01': byTheNetwork,
    'QUA-01': byTheNetwork,
    'QUA-03': byTheNetwork,
    'RET-02': byTheNetwork,
    'SEC-03': byTheNetwork,
    'SPC-01': byTheNetwork,
    'SPC-02': byTheNetwork,
    'TRF-01': byTheNetwork,
  },
};
