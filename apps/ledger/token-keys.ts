import { readFileSync } from 'node:fs';
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { TokenIssuer, TokenVerifier } from '#access';
import type { Clock } from '#kernel';
import type { Config } from '#platform';

/** The ledger's own issuer, whose key lies among the keys of its data. */
export const ownIssuer = (config: Config, keys: string, clock: Clock): Promise<TokenIssuer> =>
  TokenIssuer.open({ directory: keys, issuer: config.issuer ?? config.origin, audience: config.origin, clock });

/** Tokens of the outside issuer that is configured; without one, the ledger's own. */
export async function tokenVerifier(config: Config, keys: string, clock: Clock): Promise<TokenVerifier> {
  return new TokenVerifier({
    keys: await verificationKeys(config, keys, clock),
    issuer: config.issuer ?? config.origin,
    audience: config.origin,
    clock,
  });
}

async function verificationKeys(config: Config, keys: string, clock: Clock): Promise<JWTVerifyGetKey> {
  const { jwks } = config;
  if (jwks === undefined) return createLocalJWKSet((await ownIssuer(config, keys, clock)).keySet);
  if ('url' in jwks) return createRemoteJWKSet(jwks.url);
  return createLocalJWKSet(JSON.parse(readFileSync(jwks.file, 'utf8')) as JSONWebKeySet);
}
