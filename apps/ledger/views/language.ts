import { languages, type Language } from '#catalogue';
import type { Parameter } from './query-parameters.js';

const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text);

/** In which language somebody wants to read. */
export const language: Parameter<Language> = {
  form: languages.join(' or '),
  read: (text) => {
    if (!isLanguage(text)) throw new RangeError('no language of the product');
    return text;
  },
};

/** The language a caller likes best of those there are (RFC 9110 §12.5.4); the first one where none is liked. */
export function likedLanguage(header: string | undefined): Language {
  const ranges = (header ?? '').split(',').map((range, place) => {
    const [tag = '', quality] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q=/);
    return { tag: tag.split('-')[0] ?? '', liking: quality === undefined ? 1 : Number(quality) || 0, place };
  });
  const liked = ranges
    .filter(({ tag, liking }) => liking > 0 && isLanguage(tag))
    .toSorted((one, other) => other.liking - one.liking || one.place - other.place)[0]?.tag;
  return liked !== undefined && isLanguage(liked) ? liked : languages[0];
}
