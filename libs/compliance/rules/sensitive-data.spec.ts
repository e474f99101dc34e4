import { vocabularies } from '#catalogue';
import { isCriminal, isSpecial } from './sensitive-data.js';

const categories = [...(vocabularies.get('data-category')?.terms.keys() ?? [])];
const missing = { missing: 'unknown' };

describe('Sensitive data', () => {
  it.each(['health-record', 'political-opinion', 'ideology-assessment'])(
    '%s is special, flagged or not',
    (dataCategory) => {
      for (const specialCategory of [true, false, missing])
        expect(isSpecial({ dataCategory, specialCategory })).toBe(true);
      expect(isCriminal({ dataCategory })).toBe(false);
    },
  );

  it.each(['criminal-charge', 'detention-record'])(
    '%s tells of offences, and no flag makes it special',
    (dataCategory) => {
      for (const specialCategory of [true, false, missing])
        expect(isSpecial({ dataCategory, specialCategory })).toBe(false);
      expect(isCriminal({ dataCategory })).toBe(true);
    },
  );

  it('is what is flagged, or may be', () => {
    const dataCategory = 'school-attendance';
    expect([true, missing, false].map((specialCategory) => isSpecial({ dataCategory, specialCategory }))).toEqual([
      true,
      true,
      false,
    ]);
    expect(isSpecial({ dataCategory })).toBe(false);
  });

  it('is never both', () => {
    expect(categories.length).toBeGreaterThan(20);
    for (const dataCategory of categories)
      expect(isSpecial({ dataCategory }) && isCriminal({ dataCategory })).toBe(false);
  });
});
