import { hash } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { DomainError, millisecondsOf, type Clock } from '#kernel';
import type { Caller } from './caller.js';
import { callerOf, InvalidClaims } from './claims.js';

export interface TokenVerifierOptions {
  /** finds the key of a token: `createLocalJWKSet` or `createRemoteJWKSet` of jose */
  readonly keys: JWTVerifyGetKey;
  readonly issuer: string;
  /** the ledger's origin: a token minted for another service opens nothing here */
  readonly audience: string;
  readonly clock: Clock;
  /** how many verified tokens are remembered */
  readonly cacheSize?: number;
}

/** Signatures only: a shared secret (`HS*`) would let whoever checks tokens also mint them. */
const algorithms = ['Ed25519', 'EdDSA', 'ES256', 'ES384', 'PS256', 'RS256'];
const keySetFailures = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

interface Remembered {
  readonly caller: Caller;
  /** milliseconds since 1970 */
  readonly expiry: number;
}

/**
 * Turns a bearer token (RFC 6750, RFC 7519) into its caller. A token that verified is remembered by its SHA-256 until
 * it expires, never longer; the token itself is not kept.
 */
export class TokenVerifier {
  private readonly remembered = new Map<string, Remembered>();

  constructor(private readonly options: TokenVerifierOptions) {}

  /**
   * @throws DomainError `unauthenticated`, which says nothing of the token; `issuer-unavailable` when the issuer's
   * keys cannot be had
   */
  async verify(token: string): Promise<Caller> {
    const key = hash('sha256', token, 'base64url');
    const known = this.recall(key);
    if (known !== undefined) return known;
    const payload = await this.payload(token);
    const caller = callerFrom(payload);
    this.remember(key, { caller, expiry: Number(payload.exp) * 1000 });
    return caller;
  }

  private now(): number {
    return millisecondsOf(this.options.clock.now());
  }

  private async payload(token: string): Promise<JWTPayload> {
    const { issuer, audience } = this.options;
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms,
        issuer,
        audience,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(this.now()),
      });
      return payload;
    } catch (cause) {
      if (cause instanceof DomainError) throw cause;
      throw unauthenticated(detailOf(cause), cause);
    }
  }

  /** A key set that cannot be had is the issuer's failure: whoever calls may hold a perfectly good token. */
  private readonly keys: JWTVerifyGetKey = async (header, token) => {
    try {
      return await this.options.keys(header, token);
    } catch (cause) {
      if (cause instanceof errors.JOSEError && !keySetFailures.has(cause.code)) throw cause;
      throw new DomainError('issuer-unavailable', 'tokens cannot be checked at the moment', [], { cause });
    }
  };

  private recall(key: string): Caller | undefined {
    const found = this.remembered.get(key);
    if (found === undefined) return undefined;
    this.remembered.delete(key);
    if (found.expiry <= this.now()) return undefined;
    this.remembered.set(key, found);
    return found.caller;
  }

  private remember(key: string, verified: Remembered): void {
    this.remembered.set(key, verified);
    const [longestUnused] = this.remembered.keys();
    if (this.remembered.size > (this.options.cacheSize ?? 4096) && longestUnused !== undefined) {
      this.remembered.delete(longestUnused);
    }
  }
}

function callerFrom(payload: JWTPayload): Caller {
  try {
    return callerOf(payload);
  } catch (cause) {
    if (cause instanceof InvalidClaims) throw unauthenticated('the token does not say who calls', cause);
    throw cause;
  }
}

const detailOf = (cause: unknown): string =>
  cause instanceof errors.JWTExpired ? 'the token has expired' : 'the token does not verify';

const unauthenticated = (detail: string, cause: unknown): DomainError =>
  new DomainError('unauthenticated', detail, [], { cause });
