import { DomainError } from '#kernel';

/** Seconds a caller may wait for its entry to stand under a checkpoint. */
export const longestWait = 60;

const preferenceForm = /(?:[^,"]|"(?:[^"\\]|\\.)*")+/g;
const waitForm = /^wait\s*=\s*(?:"(\d{1,2})"|(\d{1,2}))$/i;

/**
 * Seconds to wait, from the header `Prefer: wait=N` (RFC 7240 §4.3), 0 to {@link longestWait}. Other preferences are
 * ignored, as RFC 7240 §2 asks.
 *
 * @returns undefined when the caller does not ask to wait
 * @throws DomainError `malformed-request` for every other number and for two of them
 */
export function waitPreference(header: string | readonly string[] | undefined): number | undefined {
  const text = typeof header === 'object' ? header.join(',') : (header ?? '');
  const asked = (text.match(preferenceForm) ?? []).map((part) => part.trim()).filter((part) => /^wait\b/i.test(part));
  const [first, second] = asked;
  if (first === undefined) return undefined;
  if (second !== undefined) throw malformed('asks twice to wait');
  const [, quoted, plain] = waitForm.exec(first) ?? [];
  const seconds = Number(quoted ?? plain);
  if (!(seconds <= longestWait)) throw malformed(`wait is a whole number of seconds from 0 to ${longestWait}`);
  return seconds;
}

const malformed = (detail: string): DomainError =>
  new DomainError('malformed-request', 'the preference cannot be met', [{ pointer: '/Prefer', detail }]);
