import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import type { BrokerOptions, Credentials } from '../broker-options.js';
import { tokenOf } from '../token.js';
import { Connections } from './connections.js';

/**
 * The client of kafkajs 2.2.4. It never writes to the console: its log lines carry what brokers and payloads say, and
 * what went wrong reaches the caller as an error.
 *
 * On Node 24 kafkajs makes the process warn once (`TimeoutNegativeWarning`: it asks for a timer in the past, which
 * fires at once and harms nothing). Start processes with `--disable-warning=TimeoutNegativeWarning`.
 */
export function kafkaClient({ brokers, clientId, ssl, sasl }: BrokerOptions, connections: Connections): Kafka {
  const config: KafkaConfig = {
    brokers: [...brokers],
    clientId: clientId ?? 'nachweis',
    connectionTimeout: 5_000,
    authenticationTimeout: 5_000,
    requestTimeout: 15_000,
    enforceRequestTimeout: true,
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 2_000 },
    socketFactory: connections.make,
    logLevel: logLevel.NOTHING,
    logCreator: () => () => undefined,
  };
  if (ssl !== undefined) config.ssl = ssl;
  if (sasl !== undefined) config.sasl = credentials(sasl);
  return new Kafka(config);
}

function credentials(sasl: Credentials): NonNullable<KafkaConfig['sasl']> {
  if (sasl.mechanism === 'oauthbearer') {
    return { mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: await tokenOf(sasl) }) };
  }
  const { mechanism, username, password } = sasl;
  return mechanism === 'scram-sha-256' ? { mechanism, username, password } : { mechanism, username, password };
}

interface Client {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}

/** How clients are opened and closed. One that cannot connect leaves nothing behind, nor does one that is closed. */
export function connected<C extends Client>(
  options: BrokerOptions,
  build: (kafka: Kafka) => C,
): { open(): Promise<C>; close(client: C): Promise<void> } {
  const connectionsOf = new WeakMap<C, Connections>();
  const close = (client: C): Promise<void> => client.disconnect().finally(() => connectionsOf.get(client)?.end());
  return {
    open: async () => {
      const connections = new Connections();
      const client = build(kafkaClient(options, connections));
      connectionsOf.set(client, connections);
      try {
        await client.connect();
      } catch (error) {
        await close(client);
        throw error;
      }
      return client;
    },
    close,
  };
}
