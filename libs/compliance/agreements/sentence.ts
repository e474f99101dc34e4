import { type Language, said } from '#catalogue';
import type { JsonObject } from '#statement';

/** Everything of a list, as it stands in a sentence: `a, b and c`, or `a; b and c; d` where a label is a list itself. */
export function listed(words: readonly string[], language: Language): string {
  const different = [...new Set(words)];
  if (different.length > 1 && different.some((word) => /,| und | and /.test(word))) return different.join('; ');
  const last = different.pop();
  if (last === undefined) return said(undefined, language);
  if (different.length === 0) return last;
  return `${different.join(', ')} ${language === 'de' ? 'und' : 'and'} ${last}`;
}

/** In the language asked for or, where the parties wrote it in the other one only, in that. */
export const inLanguage = (text: JsonObject, language: Language): string =>
  said(text[language] ?? text['de'] ?? text['en'], language);

/** Puts words into the gaps `{}` of a sentence, in their order. A sentence that ends with a gap gets its full stop. */
export function filled(sentence: string, words: readonly string[]): string {
  const [first = '', ...rest] = sentence.split('{}');
  const text = rest.reduce((before, after, gap) => `${before}${words[gap] ?? ''}${after}`, first);
  return sentence.endsWith(': {}') && !/[.!?]$/.test(text) ? `${text}.` : text;
}
