import { DomainError } from '#kernel';

/**
 * The purpose for which a caller looks at blocks, from the header `Access-Purpose` (BDSG 76(3)).
 *
 * @param isPurpose the vocabulary
 * @returns undefined when none is stated: the entry is then shown without its blocks
 * @throws DomainError `malformed-request` for a purpose that is not in the vocabulary
 */
export function accessPurpose<Purpose extends string>(
  header: string | readonly string[] | undefined,
  isPurpose: (text: string) => text is Purpose,
): Purpose | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && isPurpose(header)) return header;
  throw new DomainError('malformed-request', 'unknown purpose', [
    { pointer: '/Access-Purpose', detail: 'not one purpose of the vocabulary accessPurpose' },
  ]);
}
