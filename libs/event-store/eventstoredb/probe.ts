import { once } from 'node:events';
import { connect as connectPlainly, isIP } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { hostsOf, type Node, type StoreAddress } from './connection-string.js';
import { messageOf, propertyOf } from './failures.js';
import { StoreRefused } from '../store-refused.js';

const networkErrors = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

/**
 * Why no node answers, which the client does not always say: connects to each as the client would.
 *
 * @param limit milliseconds for all of them
 * @returns `tls` or `unreachable`; null when there is a node that takes connections
 */
export async function whyUnreachable(address: StoreAddress, limit: number): Promise<StoreRefused | null> {
  const signal = AbortSignal.timeout(limit);
  const failures = await Promise.all(address.nodes.map((node) => failureAt(node, address, signal)));
  if (failures.includes(null)) return null;
  return failures.find((failure) => failure?.reason === 'tls') ?? failures[0] ?? null;
}

async function failureAt(node: Node, address: StoreAddress, signal: AbortSignal): Promise<StoreRefused | null> {
  const socket = address.tls === null ? connectPlainly(node.port, node.address) : secureSocket(node, address.tls);
  try {
    // Through TLS a server speaks first, and only after it has accepted the client's certificate.
    await once(socket, address.tls === null ? 'connect' : 'data', { signal });
    return null;
  } catch (error) {
    const code = propertyOf(error, 'code');
    const isNetwork = signal.aborted || networkErrors.has(String(code));
    const what = signal.aborted ? 'no answer' : messageOf(error);
    const at = `the event store at ${hostsOf({ ...address, nodes: [node] })}`;
    return isNetwork
      ? new StoreRefused('unreachable', `${at} cannot be reached: ${what}`, { cause: error })
      : new StoreRefused('tls', `${at}: the connection cannot be secured: ${what}`, { cause: error });
  } finally {
    socket.on('error', () => {});
    socket.destroy();
  }
}

function secureSocket({ address: host, port }: Node, files: NonNullable<StoreAddress['tls']>) {
  const name = isIP(host) === 0 ? { servername: host } : {};
  return connectSecurely({ host, port, ...files, ...name, ALPNProtocols: ['h2'] });
}
