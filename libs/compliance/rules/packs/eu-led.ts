import type { RulePack } from './pack.js';

/** Directive (EU) 2016/680. */
export const euLed: RulePack = {
  code: 'EU-LED',
  version: 1,
  rules: {},
};
