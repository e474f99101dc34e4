import { setTimeout as pause } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import type { EntryBody } from '#catalogue';
import type { AgencyId } from '#kernel';
import { operatorBody, type Bearer, type BearerTokens } from './bearer-tokens.js';

/** How the ledger answered a submission: every entry is kept. */
export interface Kept {
  /** true when every one of them had been recorded before, and not by an attempt of ours that got no answer */
  readonly isRepeat: boolean;
}

/** The ledger said no. The message is the problem document (RFC 9457), written for people, with every fault. */
export class LedgerRefused extends Error {
  override readonly name = 'LedgerRefused';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** No answer could be had. What was sent may have been recorded; sending it again is safe. */
export class LedgerUnreachable extends Error {
  override readonly name = 'LedgerUnreachable';
}

export interface LedgerClientOptions {
  readonly url: string;
  readonly tokens: BearerTokens;
  /** stands in for the network in tests */
  readonly fetch?: (url: string, request: HttpRequest) => Promise<Response>;
  /** stands in for the passing of time in tests; milliseconds */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** What is asked of the network. */
export interface HttpRequest {
  readonly method: 'POST';
  readonly headers: Readonly<Record<'authorization' | 'content-type', string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

const mostAttempts = 12;
/** Where nothing has ever answered, probably no ledger is running. */
const firstAttempts = 4;
const longestWait = 30_000;
const longestAnswer = 60_000;

/**
 * Posts entries to a ledger. What gets no answer, and what the ledger cannot take at the moment, is sent again with
 * the same ids: the ledger keeps it once.
 */
export class LedgerClient {
  readonly #tokens = new Map<string, Promise<string>>();
  readonly #admissions = new Map<AgencyId, Promise<Kept>>();
  #hasAnswered = false;

  constructor(private readonly options: LedgerClientOptions) {}

  /**
   * Records entries of one agency, all or none.
   *
   * @throws LedgerRefused, LedgerUnreachable, NoToken
   */
  record(agency: AgencyId, entries: readonly EntryBody[]): Promise<Kept> {
    return this.#post({ role: 'agency', agency }, entries);
  }

  /**
   * Lets the operator admit an agency. Once per client: whoever asks again gets the first answer.
   *
   * @throws LedgerRefused, LedgerUnreachable, NoToken
   */
  admit(agency: AgencyId, admission: EntryBody): Promise<Kept> {
    const admitted =
      this.#admissions.get(agency) ?? this.#post({ role: 'operator', agency: operatorBody }, [admission]);
    this.#admissions.set(agency, admitted);
    return admitted;
  }

  async #post(bearer: Bearer, entries: readonly EntryBody[]): Promise<Kept> {
    let hasFreshToken = false;
    let wasLost = false;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#send(bearer, entries);
      if (answer.kind === 'kept') return { isRepeat: answer.isRepeat && !wasLost };
      wasLost ||= answer.error instanceof LedgerUnreachable;
      if (attempt >= (this.#hasAnswered ? mostAttempts : firstAttempts)) throw answer.error;
      if (answer.kind === 'later') {
        await this.#wait(answer.after ?? Math.min(longestWait, 100 * 2 ** attempt));
      } else if (answer.error.status === 401 && !hasFreshToken) {
        this.#tokens.delete(keyOf(bearer));
        hasFreshToken = true;
      } else throw answer.error;
    }
  }

  async #send(bearer: Bearer, entries: readonly EntryBody[]): Promise<Answer> {
    const { url, fetch: request = fetch } = this.options;
    const lines = entries.map((entry) => JSON.stringify(entry));
    const isBatch = lines.length !== 1;
    const token = await this.#token(bearer);
    try {
      const response = await request(`${url.replace(/\/+$/, '')}/v1/entries`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': isBatch ? 'application/x-ndjson' : 'application/json',
        },
        body: isBatch ? `${lines.join('\n')}\n` : lines.join(''),
        signal: AbortSignal.timeout(longestAnswer),
      });
      const answer = answerOf(response, await response.text());
      this.#hasAnswered = true;
      return answer;
    } catch (cause) {
      return { kind: 'later', error: new LedgerUnreachable(`no answer from ${url}: ${reasonOf(cause)}`, { cause }) };
    }
  }

  /** A token is good for many requests; it is asked for again only when the ledger no longer takes it. */
  #token(bearer: Bearer): Promise<string> {
    const known = this.#tokens.get(keyOf(bearer)) ?? this.options.tokens.tokenFor(bearer);
    this.#tokens.set(keyOf(bearer), known);
    return known;
  }

  async #wait(milliseconds: number): Promise<void> {
    const { wait = pause } = this.options;
    await wait(milliseconds);
  }
}

type Answer =
  | (Kept & { readonly kind: 'kept' })
  | { readonly kind: 'refused'; readonly error: LedgerRefused }
  /** may succeed when tried again, after so many milliseconds where the ledger says so */
  | { readonly kind: 'later'; readonly error: LedgerRefused | LedgerUnreachable; readonly after?: number };

const keyOf = ({ role, agency }: Bearer): string => `${role} ${agency}`;

function answerOf(response: Response, text: string): Answer {
  const { status } = response;
  if (status === 200 || status === 201) return { kind: 'kept', isRepeat: status === 200 };
  const error = refusalOf(status, text);
  if (![408, 429, 502, 503, 504].includes(status)) return { kind: 'refused', error };
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0
    ? { kind: 'later', error, after: Math.min(longestWait, 1000 * seconds) }
    : { kind: 'later', error };
}

/** The whole problem document: what is wrong, and where in which line. */
function refusalOf(status: number, text: string): LedgerRefused {
  const { code, detail, title, errors } = problemIn(text);
  const known = shown(code) || 'unknown';
  const why = shown(detail) || shown(title) || 'the answer is not a problem document';
  const faults = Array.isArray(errors) ? errors.map(faultLine) : [];
  return new LedgerRefused(status, known, [`the ledger answered ${status} ${known}: ${why}`, ...faults].join('\n'));
}

function problemIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function faultLine(fault: unknown): string {
  const { line, pointer, detail } = Object(fault) as Readonly<Record<string, unknown>>;
  const where = [line === undefined ? '' : `line ${shown(line)}`, shown(pointer)].filter((part) => part !== '');
  return `  ${[...where, shown(detail)].join(': ')}`;
}

const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** What lies beneath `fetch failed`. */
function reasonOf(error: unknown): string {
  const cause = isNativeError(error) && isNativeError(error.cause) ? error.cause : error;
  return isNativeError(cause) ? cause.message || cause.name : String(cause);
}
