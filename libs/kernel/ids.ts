declare const id: unique symbol;
type Id<Name extends string> = string & { readonly [id]: Name };

/** A body that records entries: lower-case letters, digits, dots and hyphens, at most 63. */
export type AgencyId = Id<'agency'>;
/** The sender's UUID of an entry, unique in the whole ledger (RFC 9562, lower case). */
export type EntryId = Id<'entry'>;
/** The UUID that joins the entries of one request, its answers and what follows from them. */
export type ExchangeId = Id<'exchange'>;

/** `iss` of the entries the ledger writes itself. No agency may be admitted under this name. */
export const ledgerIssuer = 'ledger' as AgencyId;

const agencyForm = /^[a-z0-9.-]{1,63}$/;
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const isAgencyId = (value: unknown): value is AgencyId => typeof value === 'string' && agencyForm.test(value);
export const isUuid = (value: unknown): value is string => typeof value === 'string' && uuidForm.test(value);

/** @throws RangeError when the text is not an agency id. */
export function agencyId(text: string): AgencyId {
  if (!isAgencyId(text)) throw new RangeError(`not an agency id: ${JSON.stringify(text)}`);
  return text;
}

/** @throws RangeError when the text is not a lower-case UUID. */
export function entryId(text: string): EntryId {
  if (!isUuid(text)) throw new RangeError('not a lower-case UUID');
  return text as EntryId;
}

/** @throws RangeError when the text is not a lower-case UUID. */
export function exchangeId(text: string): ExchangeId {
  if (!isUuid(text)) throw new RangeError('not a lower-case UUID');
  return text as ExchangeId;
}
