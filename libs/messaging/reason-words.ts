const tlsCode = /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;
const tlsWords = /certificate|\bssl\b|\btls\b|altname/i;

/** What a Kafka error that brokers answer with means for operators. */
export const reasonOfAnswer = (name: string): string =>
  name.includes('SASL') ? `authentication failed (${name})` : `it answers ${name}`;

/** Why a connection failed, by the code of the operating system or of TLS and by what libraries say about it. */
export function reasonOfConnection(code: string | undefined, messages: readonly string[]): string {
  const suffix = code === undefined ? '' : ` (${code})`;
  if (tlsCode.test(code ?? '') || messages.some((message) => tlsWords.test(message))) return `TLS failed${suffix}`;
  // Brokers just hang up on who speaks without TLS or credentials where they want them.
  return code === undefined ? 'the connection broke; check address, TLS and credentials' : `unreachable${suffix}`;
}
