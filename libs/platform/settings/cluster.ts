import { matching, text, wholeNumber, type Setting } from './setting.js';

/** What the cluster profile needs: where its stores are. */
export const clusterSettings = {
  eventStore: {
    name: 'NACHWEIS_EVENT_STORE',
    fallback: undefined,
    form: 'a connection string `esdb://…` or `esdb+discover://…` without user and password',
    meaning:
      'The EventStoreDB or KurrentDB that keeps the logs. With it the cluster profile runs, without it the embedded one.',
    parse: eventStoreAddress,
  },
  eventStoreUser: {
    name: 'NACHWEIS_EVENT_STORE_USER',
    fallback: undefined,
    form: 'a name',
    meaning: 'As whom the event store is used.',
    parse: text,
  },
  eventStorePasswordFile: {
    name: 'NACHWEIS_EVENT_STORE_PASSWORD_FILE',
    fallback: undefined,
    form: 'a file',
    meaning: 'Holds the password of that user.',
    parse: text,
  },
  eventStorePrefix: {
    name: 'NACHWEIS_EVENT_STORE_PREFIX',
    fallback: 'nachweis',
    form: 'lower-case letters, digits and hyphens, at most 40',
    meaning: 'Begins the names of the streams, so that several ledgers can share one event store.',
    parse: matching(/^[a-z][a-z0-9-]{0,39}$/),
  },
  eventStoreDeadline: {
    name: 'NACHWEIS_EVENT_STORE_DEADLINE_MS',
    fallback: '5000',
    form: 'a whole number from 100 to 60000',
    meaning:
      'Milliseconds that a call to the event store may take. An entry that is not recorded within twice that time is answered 503: the append may take one call, the look at what became of it another.',
    parse: wholeNumber(100, 60_000),
  },
  eventStorePatience: {
    name: 'NACHWEIS_EVENT_STORE_PATIENCE_MS',
    fallback: '15000',
    form: 'a whole number from 0 to 600000',
    meaning: 'Milliseconds in which the event store must be found when a process starts.',
    parse: wholeNumber(0, 600_000),
  },
  vault: database('NACHWEIS_VAULT', 'The PostgreSQL database of the sealed blocks and the blind index.'),
  vaultPasswordFile: passwordOf('NACHWEIS_VAULT'),
  vaultKeys: database(
    'NACHWEIS_VAULT_KEYS',
    'The PostgreSQL database of the data keys: better another server, with backups of its own that are kept for a shorter time.',
  ),
  vaultKeysPasswordFile: passwordOf('NACHWEIS_VAULT_KEYS'),
  views: database('NACHWEIS_VIEWS', 'The PostgreSQL database of the views.'),
  viewsPasswordFile: passwordOf('NACHWEIS_VIEWS'),
  statementTimeout: {
    name: 'NACHWEIS_STATEMENT_TIMEOUT_MS',
    fallback: '30000',
    form: 'a whole number from 100 to 600000',
    meaning: 'Milliseconds after which PostgreSQL gives up a statement.',
    parse: wholeNumber(100, 600_000),
  },
  keys: {
    name: 'NACHWEIS_KEYS',
    fallback: undefined,
    form: 'a folder',
    meaning: 'The keys. Without it `keys/` below `NACHWEIS_DATA`. All processes of a cluster need the same ones.',
    parse: text,
  },
  trails: {
    name: 'NACHWEIS_TRAILS',
    fallback: undefined,
    form: 'a folder',
    meaning:
      'Where written trails wait, encrypted, and assessments and the library of good practice lie. Without it `trails/` below `NACHWEIS_DATA`. All ledgers of a cluster need the same one.',
    parse: text,
  },
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

function eventStoreAddress(given: string): string {
  const { protocol, password, username } = new URL(given.split(',')[0] ?? '');
  const isOurs = protocol === 'esdb:' || protocol === 'esdb+discover:';
  if (!isOurs || username !== '' || password !== '') throw new RangeError('not such a connection string');
  return given;
}

function database<const Name extends string>(name: Name, meaning: string) {
  return {
    name,
    fallback: undefined,
    form: 'a URL `postgres://user@host:port/database` without password, beyond this machine with `?sslmode=verify-full` (`sslrootcert`, `sslcert`, `sslkey`: files) or `?sslmode=disable`',
    meaning,
    parse: databaseAddress,
  } as const;
}

function passwordOf<const Name extends string>(name: Name) {
  return {
    name: `${name}_PASSWORD_FILE`,
    fallback: undefined,
    form: 'a file',
    meaning: `Holds the password of the user in \`${name}\`.`,
    parse: text,
  } as const;
}

function databaseAddress(given: string): string {
  const { protocol, username, password, hostname, pathname } = new URL(given);
  const isOurs = protocol === 'postgres:' || protocol === 'postgresql:';
  if (!isOurs || username === '' || password !== '' || hostname === '' || pathname.length < 2) {
    throw new RangeError('not such a URL');
  }
  return given;
}
