import { AddressRefused, reasonOf } from '#postgres';
import { VaultRefused, VaultUnavailable } from '../vault.js';

/** What was thrown while a vault was opened, in words for whoever runs it. Names host and reason, never a secret. */
export function refusalOf(host: string, error: unknown): VaultRefused {
  if (error instanceof VaultRefused) return error;
  const cause = error instanceof VaultUnavailable ? error.cause : error;
  const where = cause instanceof AddressRefused ? cause.host : host;
  return new VaultRefused(`the vault at ${where}: ${reasonOf(cause)}`, { cause });
}
