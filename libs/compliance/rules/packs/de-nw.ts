import { shippedPackVersions } from '#catalogue';
import type { RulePack } from './pack.js';

/** North Rhine-Westphalia: PolG NRW, DSG NRW. */
export const deNw: RulePack = {
  code: 'DE-NW',
  version: shippedPackVersions['DE-NW'],
  place: { country: 'DE', region: 'NW', zone: 'Europe/Berlin' },
  rules: {
    'LAW-02': { severity: 'urgent', source: 'BVerfG 1 BvR 1873/13' },
    'MRK-01': { applies: true, source: 'PolG NRW § 22b' },
  },
};
