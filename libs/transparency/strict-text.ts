const decimalForm = /^(?:0|[1-9]\d*)$/;

/** Standard base64 with padding (RFC 4648 section 4); `undefined` unless the text is the one spelling of its bytes. */
export function parseBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** A decimal counter without sign or leading zeros, up to 2^53 - 1; `undefined` for anything else. */
export function parseDecimal(text: string): number | undefined {
  const value = Number(text);
  return decimalForm.test(text) && Number.isSafeInteger(value) ? value : undefined;
}
