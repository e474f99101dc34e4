import { shippedPackVersions } from '#catalogue';
import type { RulePack } from './pack.js';

/** Social data in Germany: SGB I § 35, SGB VIII §§ 61-68, SGB X §§ 67-85a. */
export const deSgb: RulePack = {
  code: 'DE-SGB',
  version: shippedPackVersions['DE-SGB'],
  place: { country: 'DE', zone: 'Europe/Berlin' },
  rules: {
    'DSR-04': { applies: true, source: 'SGB X § 83(5)' },
    'LAW-02': { severity: 'urgent', source: 'BVerfG 1 BvR 1873/13' },
    'SOC-01': { applies: true, source: 'SGB X § 72' },
    'SOC-02': { applies: true, source: 'SGB VIII § 64(2)' },
    'SOC-03': { applies: true, source: 'SGB X § 78' },
  },
};
