import { readFileSync } from 'node:fs';
import type { Credentials } from '@eventstore/db-client';
import type { Pause } from '#kernel';
import { StoreUnavailable } from '../event-store.js';
import { backOff } from './back-off.js';
import { Connection, type ConnectionOptions } from './connection.js';
import { hostsOf, type StoreAddress } from './connection-string.js';
import { failureOf, messageOf } from './failures.js';
import { whyUnreachable } from './probe.js';
import { StoreRefused } from '../store-refused.js';

/** Milliseconds in which it shows why nobody answers. */
const longestProbe = 3_000;
const oldest = [22, 10] as const;

interface Secrets {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly passwordFile?: string | undefined;
}

/** @throws StoreRefused `address` when only half of them is there, or they could not be sent */
export function credentialsFrom(
  { username, password, passwordFile }: Secrets,
  { tls }: StoreAddress,
): Credentials | undefined {
  if (username === undefined && password === undefined && passwordFile === undefined) return undefined;
  const secret = password ?? (passwordFile === undefined ? undefined : secretIn(passwordFile));
  if (username === undefined || secret === undefined)
    throw new StoreRefused('address', 'the event store: a user name and a password belong together');
  if (tls === null)
    throw new StoreRefused('address', 'the event store: a password is only sent through TLS, which is switched off');
  return { username, password: secret };
}

function secretIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new StoreRefused('address', `the event store: the password file ${file} cannot be read`, { cause });
  }
}

/**
 * Connects, and tries again until patience ends.
 *
 * @param look a first look at the streams; what it refuses is final
 * @throws StoreRefused
 */
export async function connected(
  options: ConnectionOptions,
  { patience, pause }: { readonly patience: number; readonly pause: Pause },
  look: (connection: Connection) => Promise<void>,
): Promise<Connection> {
  const over = AbortSignal.timeout(patience);
  for (let failures = 0; ; failures += 1) {
    const connection = new Connection(options);
    const giveUp = (): void => connection.close(new StoreUnavailable(`no answer within ${patience} ms`));
    over.addEventListener('abort', giveUp);
    try {
      requireVersion(await connection.serverVersion(), connection.hosts);
      await look(connection);
      return connection;
    } catch (error) {
      connection.close();
      if (error instanceof StoreRefused) throw error;
      if (failureOf(error) === 'denied') throw deniedAt(connection.hosts, error);
      const why = await whyUnreachable(options.address, Math.min(longestProbe, options.deadline));
      // A certificate does not become another one by waiting.
      if (why?.reason !== 'tls' && !over.aborted) await pause(backOff(failures), over);
      if (why?.reason === 'tls' || over.aborted) throw why ?? unusable(options.address, error);
    } finally {
      over.removeEventListener('abort', giveUp);
    }
  }
}

const deniedAt = (hosts: string, cause: unknown): StoreRefused =>
  new StoreRefused('denied', `the event store at ${hosts} refuses the credentials`, { cause });

function requireVersion(version: string, hosts: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  if (!isNew)
    throw new StoreRefused(
      'version',
      `the event store at ${hosts} is version ${version}, needed is ${oldest.join('.')}`,
    );
}

function unusable(address: StoreAddress, cause: unknown): StoreRefused {
  const message = `the event store at ${hostsOf(address)} is reached but does not answer: ${messageOf(cause)}`;
  return new StoreRefused('unreachable', message, { cause });
}
