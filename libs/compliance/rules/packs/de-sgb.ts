import type { RulePack } from './pack.js';

/** Social data in Germany: SGB I § 35, SGB VIII §§ 61-68, SGB X §§ 67-85a. */
export const deSgb: RulePack = {
  code: 'DE-SGB',
  version: 1,
  place: { country: 'DE', zone: 'Europe/Berlin' },
  rules: {},
};
