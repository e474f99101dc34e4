import { shippedPackVersions } from '#catalogue';
import type { RulePack } from './pack.js';

/** Directive (EU) 2016/680. */
export const euLed: RulePack = {
  code: 'EU-LED',
  version: shippedPackVersions['EU-LED'],
  rules: {
    // The directive leaves it to national law in which specific cases a person is informed.
    'INF-01': { applies: false, source: 'LED 13(2)' },
    // The law says "without undue delay"; the month is the network's reading of it.
    'DSR-01': { basis: 'policy', source: 'LED 12(3)' },
    'TRF-02': { applies: true, source: 'LED 35(1)(c), 35(2)' },
    'TRF-03': { applies: true, basis: 'policy', source: 'LED 37(2), 39(3)' },
  },
};
