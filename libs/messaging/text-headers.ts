/**
 * The headers of a record as texts, whatever its sender put there. What cannot be told without loss becomes a text
 * that no reader of ours accepts: bytes that are no UTF-8 contain U+FFFD, a header that is there twice is joined by a
 * comma and a space.
 */
export function textHeaders(
  headers: Iterable<readonly [name: string | Buffer | null, value: unknown]>,
): Readonly<Record<string, string>> {
  const texts = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = String(name ?? '');
    const values = Array.isArray(value) ? value.map(textOf) : [textOf(value)];
    const before = texts.get(key);
    texts.set(key, (before === undefined ? values : [before, ...values]).join(', '));
  }
  return Object.fromEntries(texts);
}

const textOf = (value: unknown): string =>
  Buffer.isBuffer(value) ? value.toString('utf8') : typeof value === 'string' ? value : '';
