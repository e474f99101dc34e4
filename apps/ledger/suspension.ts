import type { Caller, TokenVerifier } from '#access';
import { DomainError } from '#kernel';
import type { Ledger } from './ledger.js';

/**
 * Knows callers by their tokens, and none of a body that is suspended: who holds its tokens or keys is in doubt, so
 * nothing is recorded in its name and nothing is shown to it meanwhile. What it has to record it records afterwards.
 * The operator's own standing is not in the ledger.
 */
export const standingVerifier = ({
  tokens,
  register,
  clock,
}: Pick<Ledger, 'tokens' | 'register' | 'clock'>): Pick<TokenVerifier, 'verify'> => ({
  /** @throws DomainError `agency-suspended`, and what the verifier of tokens throws */
  async verify(token: string): Promise<Caller> {
    const caller = await tokens.verify(token);
    if (caller.role !== 'operator' && register.isSuspended(caller.agency, clock.now())) {
      throw new DomainError('agency-suspended', 'the body of this token is suspended');
    }
    return caller;
  },
});
