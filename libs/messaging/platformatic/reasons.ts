import { types } from 'node:util';
import { AuthenticationError, GenericError, MultipleErrors, TimeoutError } from '@platformatic/kafka';
import { connectionReason, reasonOfAnswer, tlsReason } from '../reason-words.js';

/** The name of the Kafka error that brokers answered, if it was that. */
export function protocolErrorOf(error: unknown): string | undefined {
  for (const each of chainOf(error)) {
    if (each instanceof GenericError && typeof each['apiId'] === 'string') return each['apiId'];
  }
  return undefined;
}

/** What went wrong, in words that hold no secret; undefined when it is no error of @platformatic/kafka. */
export function reasonOf(error: unknown): string | undefined {
  const chain = chainOf(error);
  if (!chain.some((each) => each instanceof GenericError || each instanceof MultipleErrors)) return undefined;
  const codes = chain.flatMap((each) => ('code' in each && typeof each.code === 'string' ? [each.code] : []));
  const code = codes.find((each) => !each.startsWith('PLT_'));
  const messages = chain.map(({ message }) => message);
  const tls = tlsReason(code, messages);
  // First, because the library calls it a failed authentication, too, when a broker wants TLS.
  if (tls !== undefined) return tls;
  const answer = protocolErrorOf(error);
  if (chain.some((each) => each instanceof AuthenticationError)) {
    return answer === undefined ? 'authentication broke off; check TLS and credentials' : 'authentication failed';
  }
  if (answer !== undefined) return reasonOfAnswer(answer);
  if (chain.some((each) => each instanceof TimeoutError)) return 'no answer in time';
  return connectionReason(code, messages.at(-1));
}

/** The error, what caused it, and what it is made of, outermost first. */
function chainOf(error: unknown): readonly Error[] {
  if (!types.isNativeError(error)) return [];
  const parts: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [error, ...[error.cause, ...parts].flatMap(chainOf)];
}
