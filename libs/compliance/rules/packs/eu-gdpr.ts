import type { RulePack } from './pack.js';

/** Regulation (EU) 2016/679. */
export const euGdpr: RulePack = {
  code: 'EU-GDPR',
  version: 1,
  rules: {
    // Here it binds processors only.
    'BRE-02': { basis: 'policy', source: 'GDPR 33(2)' },
    'QUA-01': { severity: 'medium', source: 'GDPR 5(1)(d)' },
    'QUA-03': { basis: 'policy', source: 'GDPR 5(1)(d)' },
  },
};
