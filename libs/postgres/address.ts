import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { types, type PoolConfig } from 'pg';

/** Where a database is and who enters it. */
export interface PostgresAddress {
  /**
   * `postgres://user@host:port/database`, without password; a percent-encoded folder instead of the host is that of a
   * Unix socket. `?sslmode=verify-full` demands TLS with a certificate for this host, by an authority of
   * `sslrootcert=<file>` or one the system trusts; `sslcert` and `sslkey` are files, too. `?sslmode=disable` speaks in
   * the clear, which needs no saying to this machine itself.
   */
  readonly url: string;
  /** Read at each new connection, so that it may be changed while the process runs. */
  readonly passwordFile?: string | undefined;
  readonly password?: string | undefined;
}

/** An address that cannot be used as it stands. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';

  constructor(
    readonly host: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${host}: ${reason}`, options);
  }
}

/** `host:port/database` of an address, as errors name it. @throws AddressRefused */
export function hostOf({ url }: PostgresAddress): string {
  const { hostname, port, pathname } = parsed(url);
  return `${hostname}:${port || '5432'}${pathname}`;
}

/**
 * What the driver needs to connect.
 *
 * @param settings of the session, by the server's names
 * @throws AddressRefused
 */
export function poolConfigOf(
  address: PostgresAddress,
  applicationName: string,
  settings: Readonly<Record<string, string | number>> = {},
): PoolConfig {
  const { hostname, port, username, pathname, searchParams } = parsed(address.url);
  const { password, passwordFile } = address;
  return {
    host: hostIn(hostname),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)),
    ...(password !== undefined && { password }),
    ...(passwordFile !== undefined && { password: async () => (await readFile(passwordFile, 'utf8')).trim() }),
    ssl: tlsOf(hostOf(address), hostIn(hostname), searchParams),
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    types: { getTypeParser: parserOf as typeof types.getTypeParser },
  };
}

function parsed(url: string): URL {
  const result = URL.canParse(url) ? new URL(url) : null;
  if (result === null || !/^postgres(ql)?:$/.test(result.protocol) || result.pathname.length < 2) {
    throw new AddressRefused('an unreadable address', 'it must be postgres://user@host:port/database');
  }
  if (result.password !== '') {
    throw new AddressRefused(result.host + result.pathname, 'a password belongs into a file, not into the address');
  }
  return result;
}

const hostIn = (hostname: string): string => decodeURIComponent(hostname.replace(/^\[(.*)\]$/, '$1'));

/** Nobody listens between a process and its own machine. */
const isHere = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('/') || (isIPv4(host) && host.startsWith('127.'));

const files = ['sslrootcert', 'sslcert', 'sslkey'];

/** @param name of the database, as errors have it */
function tlsOf(name: string, host: string, parameters: URLSearchParams): PoolConfig['ssl'] {
  const refuse = (reason: string): AddressRefused => new AddressRefused(name, reason);
  for (const [given] of parameters) {
    if (given !== 'sslmode' && !files.includes(given)) throw refuse(`the parameter ${given} is not known here`);
    if (parameters.getAll(given).length > 1) throw refuse(`the parameter ${given} is given twice`);
  }
  const mode = parameters.get('sslmode') ?? (isHere(host) ? 'disable' : undefined);
  if (mode === undefined) {
    throw refuse(
      'say sslmode=verify-full for a connection beyond this machine, or sslmode=disable for one in the clear',
    );
  }
  // Whatever lies between protects from nobody who can put himself between.
  if (mode !== 'disable' && mode !== 'verify-full') throw refuse('sslmode is disable or verify-full');
  if (mode === 'verify-full') return certificates(name, parameters);
  const idle = files.find((file) => parameters.has(file));
  if (idle !== undefined) throw refuse(`${idle} needs sslmode=verify-full`);
  return false;
}

function certificates(host: string, parameters: URLSearchParams): PoolConfig['ssl'] {
  const file = (name: string): string | undefined => {
    const path = parameters.get(name);
    return path === null ? undefined : contentsOf(path, host, name);
  };
  const [ca, cert, key] = [file('sslrootcert'), file('sslcert'), file('sslkey')];
  return { rejectUnauthorized: true, ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

function contentsOf(path: string, host: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AddressRefused(host, `the file of ${name} cannot be read`, { cause });
  }
}

const int8 = 20;

/** Whole numbers are numbers; the driver alone would give the large ones as text. */
const parserOf = (oid: number, format?: 'text' | 'binary'): ((value: string) => unknown) =>
  oid === int8 ? wholeNumber : types.getTypeParser(oid, format === 'binary' ? 'text' : format);

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError('a whole number beyond 2^53');
  return number;
}
