import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, SignJWT, type JSONWebKeySet } from 'jose';
import { millisecondsOf, type Clock } from '#kernel';
import { type Caller } from './caller.js';
import { callerOf, claimsOf } from './claims.js';
import { secretFrom } from './key-file.js';

export interface TokenIssuerOptions {
  /** folder of the ledger's keys; made when missing */
  readonly directory: string;
  /** the `iss` of its tokens */
  readonly issuer: string;
  /** the ledger's origin */
  readonly audience: string;
  readonly clock: Clock;
}

export interface TokenRequest extends Omit<Caller, 'competentFor'> {
  /** for a regulator: whom it supervises */
  readonly competentFor?: Caller['competentFor'];
  /** how long the token is good, in seconds */
  readonly lifetime: number;
}

const longestLifetime = 366 * 24 * 60 * 60;

/** The ledger's own issuer, for the embedded profile: one Ed25519 key in a file only its owner may read. */
export class TokenIssuer {
  private constructor(
    private readonly options: TokenIssuerOptions,
    private readonly key: KeyObject,
    private readonly keyId: string,
    /** what a {@link TokenVerifier} needs to know of the key */
    readonly keySet: JSONWebKeySet,
  ) {}

  /**
   * Reads the key, or makes one at the first start.
   *
   * @throws UnsafeKeyFile when others than its owner may touch the file
   */
  static async open(options: TokenIssuerOptions): Promise<TokenIssuer> {
    const key = createPrivateKey(secretFrom(join(options.directory, 'token-issuer.pem'), freshKey));
    const publicKey = await exportJWK(createPublicKey(key));
    const keyId = await calculateJwkThumbprint(publicKey);
    const keySet = { keys: [{ ...publicKey, kid: keyId, alg: 'EdDSA', use: 'sig' }] };
    return new TokenIssuer(options, key, keyId, keySet);
  }

  /**
   * @returns a bearer token, good from now on
   * @throws InvalidClaims when no caller can be like this
   * @throws RangeError when the lifetime is not 1 second to 366 days
   */
  async mint(request: TokenRequest): Promise<string> {
    const { lifetime, competentFor = [], ...who } = request;
    if (!Number.isInteger(lifetime) || lifetime < 1 || lifetime > longestLifetime) {
      throw new RangeError('a token is good for 1 second to 366 days');
    }
    const claims = claimsOf({ ...who, competentFor });
    callerOf({ ...claims });
    const now = Math.floor(millisecondsOf(this.options.clock.now()) / 1000);
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: this.keyId, typ: 'JWT' })
      .setIssuer(this.options.issuer)
      .setAudience(this.options.audience)
      .setJti(randomUUID())
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + lifetime)
      .sign(this.key);
  }
}

const freshKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
