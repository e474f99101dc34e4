import type { RulePack } from './pack.js';

/** North Rhine-Westphalia: PolG NRW, DSG NRW. */
export const deNw: RulePack = {
  code: 'DE-NW',
  version: 1,
  place: { country: 'DE', region: 'NW', zone: 'Europe/Berlin' },
  rules: {},
};
