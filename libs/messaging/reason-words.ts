const tlsCode = /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;
const tlsWords = /certificate|\bssl\b|\btls\b|altname/i;

/** What a Kafka error that brokers answer with means for operators. */
export const reasonOfAnswer = (name: string): string =>
  name.includes('SASL') ? `authentication failed (${name})` : `it answers ${name}`;

/** Whether it was TLS, by the code of an error and by what libraries say about it; undefined when it was not. */
export function tlsReason(code: string | undefined, messages: readonly string[]): string | undefined {
  if (!tlsCode.test(code ?? '') && !messages.some((message) => tlsWords.test(message))) return undefined;
  return code === undefined ? 'TLS failed' : `TLS failed (${code})`;
}

/** Why a connection failed otherwise. */
export function connectionReason(code: string | undefined, message = 'no reason given'): string {
  if (code !== undefined) return `unreachable (${code})`;
  // Brokers just hang up on who speaks without TLS or credentials where they want them.
  return `the connection broke (${message}); check address, TLS and credentials`;
}
