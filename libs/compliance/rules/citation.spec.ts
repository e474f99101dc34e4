import { cites } from './citation.js';

const duty = { act: 'SGB VIII', section: '8a' };

describe('a provision cites a section', () => {
  it.each([
    'SGB VIII § 8a',
    'SGB VIII §8a(4)',
    '§ 8a Abs. 4 SGB VIII',
    '§§ 8a SGB VIII',
    'SGB  VIII § 8A',
    'GDPR 6(1)(c); SGB VIII § 8a',
  ])('%s', (provision) => {
    expect(cites(provision, duty)).toBe(true);
  });

  it.each([
    '',
    'SGB VIII',
    'SGB VIII § 8',
    'SGB VIII § 8ab',
    'SGB VIII § 18a',
    'SGB V § 8a',
    'NSGB VIII § 8a',
    'SGB VIIIa § 8a',
    'SGB VIII § 64(2); SGB X § 8a',
  ])('but not “%s”', (provision) => {
    expect(cites(provision, duty)).toBe(false);
  });

  it('of an act that only begins like another', () => {
    expect(cites('SGB VIII § 8a', { act: 'SGB V', section: '8a' })).toBe(false);
  });
});
