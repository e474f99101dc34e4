import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { BrokerOptions } from '#messaging';
import type { Config } from './config.js';
import { required } from './start.js';

/**
 * How the settings say to reach Kafka.
 *
 * @param clientId the name of the process in the logs of the brokers
 * @throws InvalidConfig when a part is missing; Error of `node:fs` when a file cannot be read
 */
export function brokerOptions(config: Config, clientId: string): BrokerOptions {
  const { kafkaPrefix: prefix, kafkaReplication: replication, kafkaTls, kafkaCaFile } = config;
  const sasl = credentialsOf(config);
  return {
    brokers: required('NACHWEIS_KAFKA', config.kafka),
    clientId,
    replication,
    ...(prefix !== undefined && { prefix }),
    ssl: kafkaTls === 'on' && (kafkaCaFile === undefined || { ca: readFileSync(kafkaCaFile) }),
    ...(sasl && { sasl }),
  };
}

function credentialsOf({ kafkaSasl, kafkaUser, kafkaPasswordFile, kafkaTokenFile }: Config): BrokerOptions['sasl'] {
  if (kafkaSasl === undefined) return undefined;
  if (kafkaSasl === 'oauthbearer') {
    const file = required('NACHWEIS_KAFKA_TOKEN_FILE', kafkaTokenFile);
    return { mechanism: kafkaSasl, token: async () => (await readFile(file, 'utf8')).trim() };
  }
  return {
    mechanism: kafkaSasl,
    username: required('NACHWEIS_KAFKA_USER', kafkaUser),
    password: readFileSync(required('NACHWEIS_KAFKA_PASSWORD_FILE', kafkaPasswordFile), 'utf8').trim(),
  };
}
