import type { RulePack } from './pack.js';

/** Domestic intelligence in Germany: BVerfSchG. */
export const deNatsec: RulePack = {
  code: 'DE-NATSEC',
  version: 1,
  place: { country: 'DE', zone: 'Europe/Berlin' },
  rules: {},
};
