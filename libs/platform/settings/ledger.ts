import { matching, oneOf, text, wholeNumber, type Setting } from './setting.js';

/** What every ledger needs. */
export const ledgerSettings = {
  host: {
    name: 'NACHWEIS_HOST',
    fallback: '127.0.0.1',
    form: 'a host name or address',
    meaning: 'Where the ledger listens. Only this machine reaches the default.',
    parse: matching(/^[A-Za-z0-9.:_-]+$/),
  },
  port: {
    name: 'NACHWEIS_PORT',
    fallback: '8080',
    form: 'a whole number from 0 to 65535; 0 takes a free port',
    meaning: 'The TCP port the ledger listens on.',
    parse: wholeNumber(0, 65_535),
  },
  data: {
    name: 'NACHWEIS_DATA',
    fallback: './data',
    form: 'a folder',
    meaning: 'Everything the ledger keeps: logs, sealed blocks, views, and the keys in `keys/`.',
    parse: text,
  },
  origin: {
    name: 'NACHWEIS_ORIGIN',
    fallback: 'localhost/nachweis',
    form: 'a name like `ledger.example.org/nachweis`: lower-case host, then path, without scheme',
    meaning: 'The name of this ledger in every checkpoint, receipt and token. It is fixed at the first start.',
    parse: matching(/^(?=.{1,200}$)[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?(?:\/[a-z0-9._~-]+)*$/),
  },
  checkpointInterval: {
    name: 'NACHWEIS_CHECKPOINT_INTERVAL_MS',
    fallback: '1000',
    form: 'a whole number from 10 to 60000',
    meaning: 'Milliseconds between two checkpoints of a log that grew.',
    parse: wholeNumber(10, 60_000),
  },
  checkNoteDelay: {
    name: 'NACHWEIS_CHECK_NOTE_DELAY_MS',
    fallback: '0',
    form: 'a whole number from 0 to 86400000',
    meaning:
      'Milliseconds an entry has been recorded before a check note about it is raised. More than 0 where a past is handed in that belongs together and takes a while.',
    parse: wholeNumber(0, 86_400_000),
  },
  queueLimit: {
    name: 'NACHWEIS_QUEUE_LIMIT',
    fallback: '4096',
    form: 'a whole number from 400 to 1000000',
    meaning: 'Entries that may wait to be recorded. Beyond it the ledger answers 503 with `Retry-After`.',
    parse: wholeNumber(400, 1_000_000),
  },
  jwks: {
    name: 'NACHWEIS_JWKS',
    fallback: undefined,
    form: 'an `https:` URL, or the path of a file',
    meaning: 'The key set (RFC 7517) of an outside token issuer. Without it the ledger accepts its own tokens only.',
    parse: keySetPlace,
  },
  issuer: {
    name: 'NACHWEIS_ISSUER',
    fallback: undefined,
    form: 'the exact `iss` of its tokens',
    meaning: 'Who issues the tokens. Without it the origin itself.',
    parse: matching(/^[!-~]{1,255}$/),
  },
  logLevel: {
    name: 'NACHWEIS_LOG_LEVEL',
    fallback: 'info',
    form: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`',
    meaning: 'How much the ledger writes to its log. No level writes content, addresses or names.',
    parse: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  },
  trailDays: {
    name: 'NACHWEIS_TRAIL_DAYS',
    fallback: '7',
    form: 'a whole number from 1 to 365',
    meaning: 'Days a written trail can be fetched before its file is removed.',
    parse: wholeNumber(1, 365),
  },
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** Keys fetched in the clear could be anybody's, so a URL is `https:` unless it stays on this machine. */
function keySetPlace(given: string): { readonly url: URL } | { readonly file: string } {
  if (!/^[a-z]+:\/\//i.test(given)) return { file: text(given) };
  const url = new URL(given);
  const isLocal = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !isLocal) throw new RangeError('neither https nor local');
  return { url };
}
