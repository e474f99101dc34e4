import { law01 } from './by-id/law-01.js';
import { log01 } from './by-id/log-01.js';
import { log04 } from './by-id/log-04.js';
import type { Rule } from './rule.js';

/** Every rule, in the order of the catalogue of rules. A new rule is its file and a line here. */
export const everyRule: readonly Rule[] = [log01, log04, law01];
