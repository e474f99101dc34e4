const month =
  'jan(?:uary?)?|jänner|feb(?:ruary?)?|mär(?:z)?|mrz|mar(?:ch)?|apr(?:il)?|mai|jun[ie]?|jul[iy]?|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?';
/** Capital, as "may" and "march" are words. */
const englishMonth =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?';
/** After an ordinal in words an abbreviation is rather a name: the first Jan. */
const spelledMonth =
  'january?|jänner|february?|märz|april|mai|jun[ie]|jul[iy]|august|september|o[kc]tober|november|de[zc]ember';
const roman = '(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})';
/** A day of the month before it: `3.`, `3rd of`, `3ten`, `3-`. */
const day = '(?<!\\d)\\d{1,2}(?:\\.|st|nd|rd|th|te[nrs]?)?(?:-|\\s*(?:of\\s+)?)';
const begins = '(?<![a-zäöüß])';
/** Neither "Mails" nor "Juli-Hälfte" nor "Mai Woche" is a month. */
const ends = '(?!-?[a-zäöüß]|\\s+(?:Woche|Hälfte))';
/** "In April 12 offices took part": in a month there are no days named, but things counted. */
const notWithin = '(?<!\\b(?:[Ii]n|[Dd]uring|[Ee]arly|[Mm]id|[Ll]ate)[\\s-]+)';

const germanOrdinal =
  '(?:(?:ers|zwei|drit|vier|f(?:ü|ue)nf|sechs|sieb(?:en)?|ach|neun|zehn|elf|zw(?:ö|oe)lf|(?:drei|vier|f(?:ü|ue)nf|sech|sieb|acht|neun)zehn)t|' +
  '(?:(?:ein|zwei|drei|vier|f(?:ü|ue)nf|sechs|sieben|acht|neun)und)?(?:zwanzig|drei(?:ß|ss)ig)st)';
const toNinth = 'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth';
const englishOrdinal = `(?:${toNinth}|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twenty|thirty)[- ](?:${toNinth})|twentieth|thirtieth)`;

const weekday =
  '(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)(?:s|morgen|vormittag|mittag|nachmittag|abend)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const figures = '\\d{1,2}\\.\\s?\\d{1,2}\\.';
/** "On Monday 3/4 of the group was ill" tells a part. */
const stroke = '\\d{1,2}/\\d{1,2}\\b(?!\\s+(?:of|der|des|aller)\\b)';

/** Figures alone may number a chapter or measure something, so two of them need a word before them. */
const forms: Readonly<Record<string, RegExp>> = {
  yearFirst: /(?<!\d)\d{4}([-/.])\d{1,2}\1\d{1,2}/u,
  yearLast: /\b\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?(?:\d{4}|\d{2})\b/u,
  // Of figures with hyphens only a whole year or a real month tells a day from a number.
  hyphens: /\b\d{1,2}\s?-\s?\d{1,2}\s?-\s?\d{4}\b/u,
  shortYearFirst: /(?<![\d-])\d{2}-(?:0[1-9]|1[0-2])-\d{2}(?![\d-])/u,
  eightYearFirst: /(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/u,
  eightYearLast: /(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}(?!\d)/u,
  romanMonth: new RegExp(`(?<!\\d)\\d{1,2}\\s?([./-])\\s?${roman}\\s?\\1\\s?(?:\\d{4}|\\d{2})\\b`, 'u'),
  afterPreposition: new RegExp(`\\b(?:am|vom|bis|zum|seit|den|dem|ab)\\s+${figures}(?!\\s?\\d)`, 'iu'),
  afterWeekday: new RegExp(`${begins}(?:${weekday})\\s*,?\\s+(?:(?:de[nm]|the)\\s+)?(?:${figures}|${stroke})`, 'iu'),
  // "So 3.4." is rather a word than a Sunday.
  afterShortWeekday: new RegExp(`\\b(?:(?:Mo|Di|Mi|Do|Fr|Sa)[.,]*|So[.,]+)\\s*(?:de[nm]\\s+)?${figures}`, 'u'),
  afterShortEnglishWeekday: new RegExp(`\\b(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)[.,]*\\s+${stroke}`, 'u'),
  dayAndMonth: new RegExp(`${day}(?:${month})${ends}`, 'iu'),
  // "3 may stay": it is a month where it is capital, or before a year.
  dayAndMay: new RegExp(`${day}(?:May${ends}|may\\s+\\d{4}\\b)`, 'u'),
  monthDayYear: new RegExp(`\\b(?:${month}|may)\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}\\b`, 'iu'),
  monthAndDay: new RegExp(
    `${notWithin}\\b(?:${englishMonth})\\.?\\s+(?:the\\s+)?(?:\\d{1,2}(?:st|nd|rd|th)?|${englishOrdinal})\\b`,
    'u',
  ),
  // "Im ersten Juni" is the June of a first year, and "die zweite August" begins something else.
  germanOrdinal: new RegExp(
    `(?<!\\b(?:im|in|jede[mn])\\s+)${begins}(?:(?<=\\bder\\s+)${germanOrdinal}e|${germanOrdinal}e[nmrs])\\s+(?:${spelledMonth})${ends}`,
    'iu',
  ),
  englishOrdinal: new RegExp(`\\b${englishOrdinal}\\s+of\\s+(?:${spelledMonth}|march|may)${ends}`, 'iu'),
};

/** Whether a text names the day on which something happened, in whatever of the usual forms. A month is no day. */
export const namesExactDate = (text: string): boolean => Object.values(forms).some((form) => form.test(text));
