import { readFileSync } from 'node:fs';
import { decodeJwt } from 'jose';
import { callerOf, TokenIssuer, type Role } from '#access';
import { agencyId, type AgencyId, type Clock } from '#kernel';
import type { LedgerSettings } from './ledger-settings.js';

/** In whose name something is recorded. */
export interface Bearer {
  readonly role: Extract<Role, 'agency' | 'operator'>;
  /** of an operator, the body that runs the ledger */
  readonly agency: AgencyId;
}

/** There is no token in whose name this could be sent. */
export class NoToken extends Error {
  override readonly name = 'NoToken';
}

/** Where a client gets its bearer tokens. */
export interface BearerTokens {
  /** @throws NoToken */
  tokenFor(bearer: Bearer): Promise<string>;
}

const lifetime = 12 * 60 * 60;

/** Mints every token with the key of a ledger whose data folder is at hand. */
export function mintedTokens({ keys, origin }: LedgerSettings, clock: Clock, subject: string): BearerTokens {
  const issuer = TokenIssuer.open({ directory: keys, issuer: origin, audience: origin, clock });
  // Whoever asks for a token learns of a failure; until then nobody listens.
  issuer.catch(() => undefined);
  return { tokenFor: async (bearer) => (await issuer).mint({ ...bearer, subject, lifetime }) };
}

/**
 * Takes tokens from a file, one a line; each says itself in whose name it speaks.
 *
 * @throws NoToken when a line is not a token
 */
export function tokensFrom(file: string): BearerTokens {
  const lines = readFileSync(file, 'utf8').split('\n');
  const tokens = lines.map((line) => line.trim()).filter((line) => line !== '');
  const callers = tokens.map((token, place) => ({ token, ...claimed(token, place + 1) }));
  return {
    tokenFor: async ({ role, agency }) => {
      const found = callers.find((one) => one.role === role && (role === 'operator' || one.agency === agency));
      if (found === undefined) throw new NoToken(`${file} holds no token of the role ${role} for ${agency}`);
      return found.token;
    },
  };
}

function claimed(token: string, place: number) {
  try {
    return callerOf(decodeJwt(token));
  } catch (cause) {
    throw new NoToken(`the token on line ${place} cannot be read`, { cause });
  }
}

/** The name under which this command line acts as operator. */
export const operatorBody = agencyId('operator.example');
