import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import { readConfig, type Config } from '#platform';

/** The environment of a process; only `main.ts` reads it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What commands beside the ledger must know of it. */
export interface LedgerSettings {
  readonly data: string;
  /** the folder of its keys */
  readonly keys: string;
  /** as fixed at the ledger's first start, else as configured */
  readonly origin: string;
  /** where it listens on this machine */
  readonly url: string;
}

/** @throws InvalidConfig */
export function ledgerSettings(environment: Environment): LedgerSettings {
  const config = readConfig(environment);
  const { data, keys = join(data, 'keys'), host, port } = config;
  return { data, keys, origin: fixedOrigin(config), url: `http://${localName(host)}:${port}` };
}

function fixedOrigin({ data, origin }: Config): string {
  try {
    return readFileSync(join(data, 'origin'), 'utf8').trimEnd();
  } catch (error) {
    if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return origin;
    throw error;
  }
}

function localName(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
