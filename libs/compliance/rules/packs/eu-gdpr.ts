import type { RulePack } from './pack.js';

/** Regulation (EU) 2016/679. */
export const euGdpr: RulePack = {
  code: 'EU-GDPR',
  version: 1,
  rules: {
    'QUA-01': { severity: 'medium', source: 'GDPR 5(1)(d)' },
  },
};
