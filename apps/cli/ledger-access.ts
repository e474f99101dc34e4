import { isNativeError } from 'node:util/types';
import type { BearerTokens } from './bearer-tokens.js';
import type { LedgerClient } from './ledger-client.js';
import type { Environment } from './ledger-settings.js';
import { WrongUse } from './wrong-use.js';

/** How a command reaches a ledger. */
export interface LedgerOptions {
  readonly url?: string;
  readonly tokenFile?: string;
}

/** Exit code of commands that send to a ledger: it could not be reached, or it said no. */
export const notRecorded = 1;

/**
 * A client for the ledger a command's options name: by default the one of this machine, with tokens minted from its
 * data folder.
 *
 * @throws WrongUse, InvalidConfig, NoToken, and the file system's error for a token file that cannot be read
 */
export async function ledgerClient({ url, tokenFile }: LedgerOptions, environment: Environment): Promise<LedgerClient> {
  const { LedgerClient } = await import('./ledger-client.js');
  const { mintedTokens, tokensFrom } = await import('./bearer-tokens.js');
  const { ledgerSettings } = await import('./ledger-settings.js');
  const { systemClock } = await import('./system-clock.js');
  const settings = ledgerSettings(environment);
  const tokens: BearerTokens =
    tokenFile === undefined ? mintedTokens(settings, systemClock, 'nachweis-cli') : tokensFrom(tokenFile);
  return new LedgerClient({ url: httpUrl(url ?? settings.url), tokens });
}

function httpUrl(text: string): string {
  if (!URL.canParse(text) || !['http:', 'https:'].includes(new URL(text).protocol)) {
    throw new WrongUse('the URL of a ledger begins with http:// or https://');
  }
  return text;
}

/** What the person at the terminal did wrong, as opposed to what failed. */
export function isWrongUse(error: unknown): error is Error {
  if (!isNativeError(error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return (
    ['WrongUse', 'InvalidConfig', 'NoToken'].includes(error.name) ||
    ['ENOENT', 'EACCES', 'EISDIR'].includes(String(code))
  );
}

/** That the ledger did not record, and says why. */
export const isNotRecorded = (error: unknown): error is Error =>
  error instanceof Error && ['LedgerRefused', 'LedgerUnreachable'].includes(error.name);
