import type { RulePack } from './pack.js';

/** Federal bodies in Germany under the Law Enforcement Directive: BDSG part 3. */
export const deBdsg3: RulePack = {
  code: 'DE-BDSG3',
  version: 1,
  place: { country: 'DE', zone: 'Europe/Berlin' },
  rules: {},
};
