import type { Words } from './words.js';

const wording = {
  notRecorded: { en: 'not recorded', de: 'nicht eingetragen' },
  open: { en: 'to be filled in', de: 'noch auszufüllen' },
} as const;

/** @param categories none where they are not recorded; null where all are left out because they are those of others */
export function categoriesIn(categories: readonly string[] | null, words: Words): string {
  if (categories === null) return words.say(wording.open);
  return categories.length === 0 ? words.say(wording.notRecorded) : words.codes('data-category', categories);
}
