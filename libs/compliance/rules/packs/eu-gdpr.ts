import { shippedPackVersions } from '#catalogue';
import type { RulePack } from './pack.js';

/** Regulation (EU) 2016/679. */
export const euGdpr: RulePack = {
  code: 'EU-GDPR',
  version: shippedPackVersions['EU-GDPR'],
  rules: {
    // Here it binds processors only.
    'BRE-02': { basis: 'policy', source: 'GDPR 33(2)' },
    'CON-02': { basis: 'policy', source: 'third-party rule' },
    // Logs as such are asked for by the directive only; here the network has them, to be able to answer for what it does.
    'LOG-01': { basis: 'policy', source: 'GDPR 5(2)' },
    'LOG-05': { basis: 'policy', source: 'GDPR 5(2)' },
    'QUA-01': { severity: 'medium', source: 'GDPR 5(1)(d)' },
    'QUA-03': { basis: 'policy', source: 'GDPR 5(1)(d)' },
    'SPC-02': { basis: 'policy', source: 'GDPR recital 38' },
  },
};
