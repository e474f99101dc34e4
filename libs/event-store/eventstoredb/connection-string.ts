import { readFileSync } from 'node:fs';
import { StoreRefused } from '../store-refused.js';

export interface Node {
  readonly address: string;
  readonly port: number;
}

/** Where a store is and how it is spoken to, as a connection string says it. */
export interface StoreAddress {
  /** the nodes as they were given; with `isDiscovered`, a name that leads to them */
  readonly nodes: readonly Node[];
  readonly isDiscovered: boolean;
  /** PEM files, read; null speaks without TLS */
  readonly tls: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer } | null;
  /** milliseconds or counts, by the client's names */
  readonly numbers: Readonly<Record<string, number>>;
  readonly connectionName?: string;
}

const defaultPort = 2113;
const numeric = ['keepAliveInterval', 'keepAliveTimeout', 'maxDiscoverAttempts', 'discoveryInterval', 'gossipTimeout'];
const known = ['tls', 'tlsCAFile', 'userCertFile', 'userKeyFile', 'nodePreference', 'connectionName', ...numeric];
const flat = (key: string): string => key.toLowerCase().replaceAll(/[_-]/g, '');

/**
 * Reads a connection string: `esdb://host[:port][,host…][?option=value&…]`, or `esdb+discover://name`. Options are
 * those of the client that make sense here; only the leader is ever asked. Files are read.
 *
 * @throws StoreRefused `address`, with credentials in the string, an unknown option or a file that cannot be read
 */
export function parseConnectionString(url: string): StoreAddress {
  const parts = /^esdb(?<discover>\+discover)?:\/\/(?<hosts>[^/?]+)\/?(?:\?(?<query>.*))?$/.exec(url.trim())?.groups;
  if (parts?.['hosts'] === undefined) throw malformed('it is not of the form esdb://host:port?option=value');
  // Said without repeating the address: whoever put a password there does not want to meet it in a log.
  if (parts['hosts'].includes('@')) throw malformed('credentials do not belong there');
  const options = optionsOf(parts['query'] ?? '');
  return {
    nodes: parts['hosts'].split(',').map(node),
    isDiscovered: parts['discover'] !== undefined,
    tls: flag('tls', options.get('tls') ?? 'true') ? certificates(options) : null,
    numbers: Object.fromEntries(numeric.flatMap((key) => numberOf(key, options))),
    ...(options.has('connectionName') ? { connectionName: options.get('connectionName') ?? '' } : {}),
  };
}

/** The nodes for messages to people. */
export const hostsOf = ({ nodes }: StoreAddress): string =>
  nodes.map(({ address, port }) => `${address}:${port}`).join(', ');

const malformed = (why: string): StoreRefused => new StoreRefused('address', `the address of the event store: ${why}`);

function node(text: string): Node {
  const { host, port } = /^(?<host>[A-Za-z0-9._-]+)(?::(?<port>\d{1,5}))?$/.exec(text)?.groups ?? {};
  const number = Number(port ?? defaultPort);
  if (host === undefined || number < 1 || number > 65_535) throw malformed(`${text} is no host and port`);
  return { address: host, port: number };
}

function optionsOf(query: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(query)) {
    const name = known.find((each) => flat(each) === flat(key));
    if (name === undefined) throw malformed(`the option ${key} is not known here`);
    if (options.has(name)) throw malformed(`the option ${name} is given twice`);
    options.set(name, value);
  }
  if (flat(options.get('nodePreference') ?? 'leader') !== 'leader')
    throw malformed('only the leader may be asked, because others may be behind');
  return options;
}

function flag(name: string, value: string): boolean {
  if (value !== 'true' && value !== 'false') throw malformed(`the option ${name} is true or false`);
  return value === 'true';
}

function numberOf(key: string, options: Map<string, string>): [string, number][] {
  const text = options.get(key);
  if (text === undefined) return [];
  if (!/^\d{1,9}$/.test(text)) throw malformed(`the option ${key} is a whole number`);
  return [[key, Number(text)]];
}

function certificates(options: Map<string, string>): NonNullable<StoreAddress['tls']> {
  if (options.has('userCertFile') !== options.has('userKeyFile'))
    throw malformed('userCertFile and userKeyFile belong together');
  const ca = file('tlsCAFile', options);
  const cert = file('userCertFile', options);
  const key = file('userKeyFile', options);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  };
}

function file(option: string, options: Map<string, string>): Buffer | undefined {
  const path = options.get(option);
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new StoreRefused('address', `the address of the event store: ${option} ${path} cannot be read`, { cause });
  }
}
