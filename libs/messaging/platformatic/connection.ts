import { isIP } from 'node:net';
import { SASLMechanisms, type BaseOptions, type SASLOptions } from '@platformatic/kafka';
import type { BrokerOptions, Credentials } from '../broker-options.js';
import { tokenOf } from '../token.js';

/**
 * What every client of @platformatic/kafka is made with. Retries are few: what fails is replaced by its user. Tokens
 * must not be valid for longer than 31 days: the library's timer to renew them would overflow and fire at once.
 */
export function connectionOptions({ brokers, clientId, ssl, sasl }: BrokerOptions): BaseOptions {
  const options: BaseOptions = {
    clientId: clientId ?? 'nachweis',
    bootstrapBrokers: [...brokers],
    connectTimeout: 5_000,
    requestTimeout: 15_000,
    timeout: 10_000,
    retries: 3,
    retryDelay: 200,
    autocreateTopics: false,
  };
  if (ssl !== undefined && ssl !== false) {
    options.tls = ssl === true ? {} : ssl;
    // The library would ask for the certificate of an address, too, which no server can answer (RFC 6066 section 3).
    options.tlsServerName = brokers.every((broker) => isIP(broker.replace(/:\d+$/, '')) === 0);
  }
  if (sasl !== undefined) options.sasl = credentials(sasl);
  return options;
}

const mechanisms = { 'scram-sha-256': SASLMechanisms.SCRAM_SHA_256, 'scram-sha-512': SASLMechanisms.SCRAM_SHA_512 };

function credentials(sasl: Credentials): SASLOptions {
  if (sasl.mechanism === 'oauthbearer') {
    return { mechanism: SASLMechanisms.OAUTHBEARER, token: () => tokenOf(sasl) };
  }
  return { mechanism: mechanisms[sasl.mechanism], username: sasl.username, password: sasl.password };
}
