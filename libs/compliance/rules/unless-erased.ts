import { erasedOf, type Matter } from './matter.js';
import { undecided, type Verdict } from './rule.js';

/**
 * A verdict that something is owed, was done late or was not so, where an entry of these may have shown the contrary
 * and is erased. What is kept is kept, whatever else was there.
 */
export const unlessErased = (verdict: Verdict, known: Pick<Matter, 'entries'>): Verdict =>
  verdict.is === 'kept' || erasedOf(known).length === 0 ? verdict : undecided(verdict);
