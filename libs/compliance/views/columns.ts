import { vocabularies, type Vocabulary } from '#catalogue';
import type { Column, ColumnKind } from './view.js';

/** What rows can be asked by. */
type Use = 'filter' | 'sort';

/**
 * A column of a view.
 *
 * @param title in English and in German
 */
export const column = (
  kind: ColumnKind,
  [en, de]: readonly [en: string, de: string],
  ...uses: readonly Use[]
): Column => ({
  kind,
  title: { en, de },
  ...(uses.includes('filter') && { filter: true }),
  ...(uses.includes('sort') && { sort: true }),
});

/**
 * A column of codes.
 *
 * @param codes their list, or its name among the vocabularies of the catalogue
 * @throws RangeError where the catalogue has no such list
 */
export const coded = (
  kind: 'code' | 'codes',
  codes: Vocabulary | string,
  title: readonly [en: string, de: string],
  ...uses: readonly Use[]
): Column => ({ ...column(kind, title, ...uses), vocabulary: typeof codes === 'string' ? listNamed(codes) : codes });

function listNamed(name: string): Vocabulary {
  const found = vocabularies.get(name);
  if (found === undefined) throw new RangeError(`no vocabulary ${name}`);
  return found;
}
