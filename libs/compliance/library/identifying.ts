import { namesExactDate } from './exact-date.js';
import { namesFileNumber } from './file-number.js';

const identifier = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iu;
const address = /[^\s@]@[^\s@]+\.[^\s@]/u;

/** The bodies of this network, by which nobody may be recognised. */
export interface KnownBodies {
  /** whether a word is the id of one */
  readonly isAgency: (word: string) => boolean;
  /** what they are called in the register */
  readonly names: readonly string[];
}

/**
 * What in a text would give away who or when: exact dates, ids, addresses, numbers of files and bodies of this network.
 * It finds what has a form; whether a story can be recognised, only people can tell.
 *
 * @returns a detail for each, which never repeats what was found
 */
export function identifying(written: string, { isAgency, names }: KnownBodies): readonly string[] {
  const text = written.normalize('NFKC');
  const found: string[] = [];
  if (namesExactDate(text)) found.push('names an exact date');
  if (identifier.test(text)) found.push('names an id');
  if (address.test(text)) found.push('names an address');
  if (namesFileNumber(text)) found.push('names the number of a file');
  const hasId = text.split(/[^a-z0-9.-]+/iu).some((word) => isAgency(word.toLowerCase().replace(/\.$/u, '')));
  if (hasId || names.some(isNamedIn(text))) found.push('names a body of this network');
  return found;
}

/** Whether a text has the words of a name in a row, however they are written, each of them also in the genitive. */
function isNamedIn(text: string): (name: string) => boolean {
  const said = wordsOf(text);
  return (name) => {
    const sought = wordsOf(name).map((word) => [word, `${word}s`, `${word}es`]);
    if (sought.length === 0) return false;
    return said.some((_, from) => sought.every((forms, step) => forms.includes(said[from + step] ?? '')));
  };
}

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
