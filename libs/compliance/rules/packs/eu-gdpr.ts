import type { RulePack } from './pack.js';

/** Regulation (EU) 2016/679. */
export const euGdpr: RulePack = {
  code: 'EU-GDPR',
  version: 1,
  rules: {},
};
