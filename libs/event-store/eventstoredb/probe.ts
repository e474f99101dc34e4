import { once } from 'node:events';
import { connect as connectPlainly, isIP } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { hostsOf, type Node, type StoreAddress } from './connection-string.js';
import { propertyOf } from './failures.js';
import { StoreRefused } from '../store-refused.js';

const networkErrors = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

const unvouched = 'no authority that is trusted vouches for its certificate';
const plain = 'it does not speak TLS';
const unknownHost = 'no host has this name';
const noWay = 'there is no way to it';
const stranger = 'it does not accept the certificate it is shown, or wants one';

/** What the codes of Node and OpenSSL mean to whoever runs the process. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  EHOSTUNREACH: noWay,
  ENETUNREACH: noWay,
  ETIMEDOUT: 'no answer',
  SELF_SIGNED_CERT_IN_CHAIN: unvouched,
  DEPTH_ZERO_SELF_SIGNED_CERT: unvouched,
  UNABLE_TO_GET_ISSUER_CERT: unvouched,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unvouched,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unvouched,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: plain,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: plain,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: stranger,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: stranger,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: stranger,
  ECONNRESET: 'it ends the connection',
};

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
    const given = propertyOf(error, 'code');
    const code = typeof given === 'string' ? given : 'no code';
    const isNetwork = signal.aborted || networkErrors.has(code);
    const what = signal.aborted ? 'no answer' : `${reasons[code] ?? 'the connection breaks'} (${code})`;
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
