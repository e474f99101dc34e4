/** Months as people write them; an abbreviation is enough before a year. */
const month = '(?:jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zä]*\\.?';
/** Without a year other words begin like a month ("4 Augen"), and one is a month only where it is capital: May. */
const english =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?';
const wholeMonth =
  'jan(?:uary?)?|jänner|feb(?:ruary?)?|mär(?:z)?|mrz|mar(?:ch)?|apr(?:il)?|mai|jun[ie]?|jul[iy]?|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?';
/** After an ordinal in words an abbreviation is rather a name: the first Jan. */
const spelledMonth =
  'january?|jänner|february?|märz|april|mai|jun[ie]|jul[iy]|august|september|o[kc]tober|november|de[zc]ember';
const roman = '(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})';
/** A day of the month before it: `3.`, `3rd of`. */
const day = '(?<!\\d)\\d{1,2}(?:\\.|st|nd|rd|th)?\\s*(?:of\\s+)?';
const ends = '(?![a-zäöüß])';
const begins = '(?<![a-zäöüß])';

const germanOrdinal =
  '(?:(?:ers|zwei|drit|vier|f(?:ü|ue)nf|sechs|sieb(?:en)?|ach|neun|zehn|elf|zw(?:ö|oe)lf|(?:drei|vier|f(?:ü|ue)nf|sech|sieb|acht|neun)zehn)t|' +
  '(?:(?:ein|zwei|drei|vier|f(?:ü|ue)nf|sechs|sieben|acht|neun)und)?(?:zwanzig|drei(?:ß|ss)ig)st)e[nmrs]?';
const toNinth = 'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth';
const englishOrdinal = `(?:${toNinth}|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twenty|thirty)[- ](?:${toNinth})|twentieth|thirtieth)`;

const weekday =
  '(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)(?:s|morgen|vormittag|mittag|nachmittag|abend)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day';

const forms: readonly RegExp[] = [
  /(?<!\d)\d{4}([-/.])\d{1,2}\1\d{1,2}/u,
  /\b\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?(?:\d{4}|\d{2})\b/u,
  /\b\d{1,2}\s?-\s?\d{1,2}\s?-\s?\d{4}\b/u,
  /(?<![\d-])\d{2}-(?:0[1-9]|1[0-2])-\d{2}(?![\d-])/u,
  /(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/u,
  /(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}(?!\d)/u,
  new RegExp(`(?<!\\d)\\d{1,2}\\s?([./-])\\s?${roman}\\s?\\1\\s?(?:\\d{4}|\\d{2})\\b`, 'u'),
  // Figures alone may number a chapter or measure something: what stands before them says that it is a day.
  /\b(?:am|vom|bis|zum|seit|den|dem|ab)\s+\d{1,2}\.\s?\d{1,2}\.(?!\s?\d)/iu,
  new RegExp(
    `${begins}(?:${weekday})\\s*,?\\s+(?:(?:de[nm]|the)\\s+)?\\d{1,2}(?:\\.\\s?\\d{1,2}\\.|/\\d{1,2}\\b)`,
    'iu',
  ),
  /\b(?:Mo|Di|Mi|Do|Fr|Sa|So)[.,]+\s*(?:de[nm]\s+)?\d{1,2}\.\s?\d{1,2}\./u,
  new RegExp(`${day}${month}\\s+\\d{4}\\b`, 'iu'),
  new RegExp(`${day}(?:${wholeMonth})${ends}`, 'iu'),
  new RegExp(`${day}May${ends}`, 'u'),
  new RegExp(`\\b${month}\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}\\b`, 'iu'),
  new RegExp(`\\b(?:${english})\\.?\\s+(?:the\\s+)?\\d{1,2}(?:st|nd|rd|th)?\\b`, 'u'),
  // "Im ersten Juni" is the June of a first year.
  new RegExp(`(?<!\\b(?:im|in|jede[mn])\\s+)${begins}${germanOrdinal}\\s+(?:${spelledMonth})${ends}`, 'iu'),
  new RegExp(`\\b${englishOrdinal}\\s+of\\s+(?:${spelledMonth}|march|may)${ends}`, 'iu'),
  new RegExp(`\\b(?:${english})\\s+(?:the\\s+)?${englishOrdinal}\\b`, 'u'),
];

/** Whether a text names the day on which something happened, in whatever of the usual forms. A month is no day. */
export const namesExactDate = (text: string): boolean => forms.some((form) => form.test(text));
