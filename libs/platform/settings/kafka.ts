import { matching, oneOf, text, wholeNumber, type Setting } from './setting.js';

/** What relay and projectors need of Kafka. */
export const kafkaSettings = {
  kafka: {
    name: 'NACHWEIS_KAFKA',
    fallback: undefined,
    form: '`host:port`, several with commas between',
    meaning: 'Brokers of the Kafka cluster that carries the record stream.',
    parse: brokerList,
  },
  kafkaClient: {
    name: 'NACHWEIS_KAFKA_CLIENT',
    fallback: 'kafkajs',
    form: '`kafkajs` or `platformatic`',
    meaning: 'Which client library talks to Kafka.',
    parse: oneOf(['kafkajs', 'platformatic']),
  },
  kafkaPrefix: {
    name: 'NACHWEIS_KAFKA_PREFIX',
    fallback: undefined,
    form: 'lower-case letters, digits, hyphens and dots, at most 40',
    meaning: 'Begins the names of topics and groups, so that several ledgers can share one Kafka cluster.',
    parse: matching(/^[a-z0-9][a-z0-9.-]{0,39}$/),
  },
  kafkaReplication: {
    name: 'NACHWEIS_KAFKA_REPLICATION',
    fallback: '3',
    form: 'a whole number from 1 to 7',
    meaning: 'Replicas of each partition, when the topics are made. With 3, one broker may be lost at any time.',
    parse: wholeNumber(1, 7),
  },
  kafkaTls: {
    name: 'NACHWEIS_KAFKA_TLS',
    fallback: 'off',
    form: '`on` or `off`',
    meaning: 'Whether connections to the brokers are encrypted.',
    parse: oneOf(['on', 'off']),
  },
  kafkaCaFile: {
    name: 'NACHWEIS_KAFKA_CA_FILE',
    fallback: undefined,
    form: 'a file',
    meaning: "Certificates that the brokers' certificates are checked against (PEM). Without it the machine's own.",
    parse: text,
  },
  kafkaSasl: {
    name: 'NACHWEIS_KAFKA_SASL',
    fallback: undefined,
    form: '`scram-sha-256`, `scram-sha-512` or `oauthbearer`',
    meaning: 'How the brokers are told who connects.',
    parse: oneOf(['scram-sha-256', 'scram-sha-512', 'oauthbearer']),
  },
  kafkaUser: {
    name: 'NACHWEIS_KAFKA_USER',
    fallback: undefined,
    form: 'a name',
    meaning: 'As whom Kafka is used, with SCRAM.',
    parse: text,
  },
  kafkaPasswordFile: {
    name: 'NACHWEIS_KAFKA_PASSWORD_FILE',
    fallback: undefined,
    form: 'a file',
    meaning: 'Holds the password of that user.',
    parse: text,
  },
  kafkaTokenFile: {
    name: 'NACHWEIS_KAFKA_TOKEN_FILE',
    fallback: undefined,
    form: 'a file',
    meaning: 'Holds the bearer token, with OAUTHBEARER; read anew for each connection.',
    parse: text,
  },
  relayLog: {
    name: 'NACHWEIS_RELAY_LOG',
    fallback: 'entries',
    form: '`entries` or `registry`',
    meaning: 'Which log a relay carries to Kafka.',
    parse: oneOf(['entries', 'registry']),
  },
  ledger: {
    name: 'NACHWEIS_LEDGER',
    fallback: undefined,
    form: 'an `http:` or `https:` URL',
    meaning: 'The ledger a relay asks for the newest checkpoints. Without it leaves go to Kafka, checkpoints do not.',
    parse: ledgerAddress,
  },
  ledgerTokenFile: {
    name: 'NACHWEIS_LEDGER_TOKEN_FILE',
    fallback: undefined,
    form: 'a file',
    meaning: 'Holds the bearer token a relay shows the ledger; read anew each time.',
    parse: text,
  },
  poison: {
    name: 'NACHWEIS_POISON',
    fallback: 'halt',
    form: '`halt` or `quarantine`',
    meaning:
      'What a projector does with an entry it cannot fold: stop that projection until it is resumed, or set the entry aside, counted and shown.',
    parse: oneOf(['halt', 'quarantine']),
  },
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

function ledgerAddress(given: string): URL {
  const url = new URL(given);
  if (!['http:', 'https:'].includes(url.protocol) || url.password !== '') throw new RangeError('not such a URL');
  return url;
}

function brokerList(given: string): readonly string[] {
  const brokers = given.split(',');
  const form = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}$/;
  if (!brokers.every((broker) => form.test(broker))) throw new RangeError('not such a list');
  return brokers;
}
