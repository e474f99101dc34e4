import type { Caller } from '#access';
import { isSeenBy, seenOnly } from './seen-views.js';

const caller = (role: Caller['role']) => ({ role }) as Caller;

describe('of the views', () => {
  it('a case worker sees what waits for the agency, and nothing that was noted about it', () => {
    expect(['today', 'check-notes', 'deadlines'].map((view) => isSeenBy(caller('agency'), view))).toEqual([
      true,
      false,
      false,
    ]);
    expect(seenOnly(caller('agency'))).toEqual({ onlyTurns: true });
  });

  it.each(['dpo', 'regulator'] as const)('a %s sees everything', (role) => {
    for (const view of ['today', 'check-notes', 'deadlines']) expect(isSeenBy(caller(role), view)).toBe(true);
    expect(seenOnly(caller(role))).toEqual({ onlyTurns: false });
  });
});
