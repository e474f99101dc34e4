import canonicalize from 'canonicalize';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * The one text of a JSON value (RFC 8785, JSON Canonicalization Scheme). It has no raw line feed, so a canonical
 * value is always one line of NDJSON.
 *
 * @throws TypeError for what JSON cannot hold: lone surrogates, NaN, infinities, cycles.
 */
export function canonical(value: JsonValue): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}
