import { likedLanguage } from './language.js';

describe('the language somebody likes best', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE', 'de'],
    ['fr, de;q=0.5', 'de'],
    ['en;q=0.4, de;q=0.8', 'de'],
    ['de;q=0.8, en', 'en'],
    ['de;q=0, en;q=0.1', 'en'],
    ['de;q=0', 'en'],
    ['*', 'en'],
    ['__proto__, ;q=, ,,', 'en'],
  ])('of %j is %s', (header, language) => expect(likedLanguage(header)).toBe(language));
});
