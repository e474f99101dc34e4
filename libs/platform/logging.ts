import { isNativeError } from 'node:util/types';
import { pino, type DestinationStream, type LogFn, type Logger, type LoggerOptions } from 'pino';
import { currentRequestId } from './current-request.js';

/**
 * The only fields a log line may have. Whatever else is handed to the logger is dropped: a log is read by people who may
 * not read entries, so it names neither persons, agencies, ids, addresses nor values.
 */
const allowed = [
  'requestId',
  'method',
  'route',
  'status',
  'milliseconds',
  'code',
  'log',
  'size',
  'count',
  'component',
  'failure',
] as const;

export type LogFields = Partial<Record<(typeof allowed)[number], unknown>>;

/** A logger of JSON lines on standard output, or on the given stream. Lines written for a request have its id. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    formatters: { log: pick, bindings: pick },
    mixin: requestOfLine,
    hooks: {
      logMethod(args, method) {
        method.apply(this, withoutMessage(args));
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Every line that is written while a request is answered has its id, whoever writes it. */
function requestOfLine(): LogFields {
  const requestId = currentRequestId();
  return requestId === undefined ? {} : { requestId };
}

/** Where a line has no text of its own, the library would take the message of the error. */
function withoutMessage(args: LogArguments): LogArguments {
  const [first, ...rest]: readonly unknown[] = args;
  if (typeof first === 'string') return args;
  const fields = isNativeError(first) ? { err: first } : first;
  return [fields, ...(rest.length === 0 ? ['failed'] : rest)] as unknown as LogArguments;
}

type LogArguments = Parameters<LogFn>;

/** What may be told of an error: its kind and where it arose. Messages quote what people sent. */
export interface Failure {
  readonly name: string;
  readonly code?: string;
  readonly at: readonly string[];
  readonly cause?: Failure;
}

export function failureOf(error: unknown): Failure {
  if (!isNativeError(error)) return { name: typeof error, at: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at [^\n]+:\d+:\d+\)?$/.test(line));
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    at: frames.map((line) => line.trim()).slice(0, 12),
    ...(error.cause !== undefined && { cause: failureOf(error.cause) }),
  };
}

function pick(fields: object): Record<string, unknown> {
  const given: Readonly<Record<string, unknown>> = { ...fields };
  const err = given['err'];
  const failure = err === undefined ? given['failure'] : failureOf(err);
  const known = Object.fromEntries(allowed.filter((name) => name in given).map((name) => [name, given[name]]));
  return failure === undefined ? known : { ...known, failure };
}
