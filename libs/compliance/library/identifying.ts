/** Months as people write them; an abbreviation is enough before a year. */
const month = '(?:jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zä]*\\.?';
/** Without a year other words begin like a month ("4 Augen"), and one is a month only where it is capital: May. */
const english =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?';
const wholeMonth =
  'jan(?:uary?)?|jänner|feb(?:ruary?)?|mär(?:z)?|mrz|mar(?:ch)?|apr(?:il)?|mai|jun[ie]?|jul[iy]?|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?';
/** A day of the month before it: `3.`, `3rd of`. */
const day = '(?<!\\d)\\d{1,2}(?:\\.|st|nd|rd|th)?\\s*(?:of\\s+)?';
const ends = '(?![a-zäöüß])';

const dates: readonly RegExp[] = [
  /(?<!\d)\d{4}([-/.])\d{1,2}\1\d{1,2}/u,
  /\b\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?(?:\d{4}|\d{2})\b/u,
  /\b\d{1,2}\s?-\s?\d{1,2}\s?-\s?\d{4}\b/u,
  // Figures alone may number a chapter or measure something: what stands before them says that it is a day.
  /\b(?:am|vom|bis|zum|seit|den|dem|ab)\s+\d{1,2}\.\s?\d{1,2}\.(?!\s?\d)/iu,
  new RegExp(`${day}${month}\\s+\\d{4}\\b`, 'iu'),
  new RegExp(`${day}(?:${wholeMonth})${ends}`, 'iu'),
  new RegExp(`${day}May${ends}`, 'u'),
  new RegExp(`\\b${month}\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}\\b`, 'iu'),
  new RegExp(`\\b(?:${english})\\.?\\s+(?:the\\s+)?\\d{1,2}(?:st|nd|rd|th)?\\b`, 'u'),
];
const identifier = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iu;
const address = /[^\s@]@[^\s@]+\.[^\s@]/u;
/** Numbers of files in German and English offices: a sign of one, then figures with a stroke. */
const fileNumber = /\b(?:Az|Aktenzeichen|Gz|Geschäftszeichen|ref|case no|file no)\b\.?:?\s*\S*\d/iu;

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
  if (dates.some((form) => form.test(text))) found.push('names an exact date');
  if (identifier.test(text)) found.push('names an id');
  if (address.test(text)) found.push('names an address');
  if (fileNumber.test(text)) found.push('names the number of a file');
  const hasId = text.split(/[^a-z0-9.-]+/iu).some((word) => isAgency(word.toLowerCase().replace(/\.$/u, '')));
  if (hasId || names.some(isNamedIn(text))) found.push('names a body of this network');
  return found;
}

/** Whether a text has the words of a name in a row, however they are written, also in the genitive. */
function isNamedIn(text: string): (name: string) => boolean {
  const said = ` ${wordsOf(text)} `;
  return (name) => {
    const sought = wordsOf(name);
    return sought !== '' && [sought, `${sought}s`].some((words) => said.includes(` ${words} `));
  };
}

const wordsOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ');
