/** Months as people write them; an abbreviation is enough before a year or after a day. */
const month = '(?:jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zä]*\\.?';

const dates: readonly RegExp[] = [
  /\b\d{4}-\d{2}-\d{2}/u,
  /\b\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?(?:\d{4}|\d{2})\b/u,
  new RegExp(`\\b\\d{1,2}(?:\\.|st|nd|rd|th)?\\s+(?:of\\s+)?${month}\\s+\\d{4}\\b`, 'iu'),
  new RegExp(`\\b${month}\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}\\b`, 'iu'),
];
const identifier = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iu;
const address = /[^\s@]+@[^\s@]+\.[^\s@]+/u;
/** Numbers of files in German and English offices: a sign of one, then figures with a stroke. */
const fileNumber = /\b(?:Az|Aktenzeichen|Gz|Geschäftszeichen|ref|case no|file no)\b\.?:?\s*\S*\d/iu;

/**
 * What in a text would give away who or when: exact dates, ids, addresses, numbers of files and bodies of this network.
 * It finds what has a form; whether a story can be recognised, only people can tell.
 *
 * @returns a detail for each, which never repeats what was found
 */
export function identifying(text: string, isAgency: (word: string) => boolean): readonly string[] {
  const found: string[] = [];
  if (dates.some((form) => form.test(text))) found.push('names an exact date');
  if (identifier.test(text)) found.push('names an id');
  if (address.test(text)) found.push('names an address');
  if (fileNumber.test(text)) found.push('names the number of a file');
  if (text.split(/[^a-z0-9.-]+/iu).some((word) => isAgency(word.toLowerCase().replace(/\.$/u, '')))) {
    found.push('names a body of this network');
  }
  return found;
}
