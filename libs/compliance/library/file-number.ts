/** What only stands before the number of a file: any figure after it is one. */
const sign = [
  'Az',
  'Aktenzeichens?',
  'Akten-?nummern?',
  'Akten-?nr',
  'Gz',
  'Geschäfts-?(?:nummern?|nr|zeichens?)',
  '(?:Tgb\\.?|Tagebuch)-?\\s?(?:nummern?|nr)',
  'Fall-?\\s?nummern?',
  'Fall-?\\s?nr',
  'Vorgangs-?(?:nummern?|nr|zeichens?)',
  'ref',
  '(?:case|file)\\s(?:no|numbers?|ref|id)',
].join('|');
const file = '(?:Fall(?:e?s|e)?|Vorgang(?:e?s)?|Akte|case|file)';
/** Years and small figures count or compare cases; these do neither. */
const year = '(?:19|20)\\d{2}(?:-(?:19|20)?\\d{2})?(?![\\d/-])';
const large = `(?!${year})(?:\\d{3,}-\\d+|\\d+-\\d{3,}|\\d{4,})`;

const forms: Readonly<Record<string, RegExp>> = {
  // "The file numbers 1 to 3" are three that were compared.
  afterSign: new RegExp(
    `\\b(?:${sign})\\b\\.?:?\\s*(?:lautete?\\s+)?(?!\\d{1,2}\\s+(?:to|bis|and|und)\\s+\\d{1,2}(?![\\d/-]))\\S*\\d`,
    'iu',
  ),
  // "Die Fallnummer war 3-mal falsch": a small figure before a word counts.
  signIs: new RegExp(`\\b(?:${sign})\\s+(?:ist|war|is|was)\\s+(?!\\d{1,3}[-\\s]\\s*\\p{L})\\S*\\d`, 'iu'),
  afterMark: new RegExp(`\\b${file}\\s*(?:Nr\\b\\.?|#)\\s*\\d`, 'iu'),
  // Three figures after a year and a hyphen are no span of years.
  withYear: new RegExp(`\\b${file}(?:\\s*:\\s*|\\s+)(?:\\d+/\\d{2,}|(?:19|20)\\d{2}-0?\\d{3}\\b)`, 'iu'),
  // "In that case 1500 pages": before a word a figure counts, so it stands alone or after what leads to one case.
  alone: new RegExp(`\\b${file}(?:\\s*:\\s*|\\s+)${large}(?=\\s*$|[.,;!?)](?!\\d))`, 'imu'),
  ofOneCase: new RegExp(`\\b(?:(?:im|zum|der)\\s+(?:Falle?|Vorgang)|for\\s+(?:case|file))\\s+${large}`, 'iu'),
  // As agencies call a case or a person here.
  idHere: /\b(?:case|person|fall|akte|vorgang)-(?=[a-z]*\d)[a-z0-9]+\b/iu,
  // Registers of courts and prosecutors.
  register: /\b\d{1,5}\s?(?:U?Js|[BCDGKLN]s|KLs|Ws|[BV]Rs|AR|OWi|StVK|F|XVII)\s?\d{1,6}\/\d{2,4}\b/iu,
};

/** A year of school has two years, which are no number either: 2025/26 is told as 2025. */
const withoutSchoolYears = (text: string): string =>
  text.replaceAll(/\b(20(\d{2}))\/(?:20)?(\d{2})\b/gu, (said: string, first: string, from: string, to: string) =>
    Number(to) === Number(from) + 1 ? first : said,
  );

/** Whether a text names the number of a file as German and English offices write them. */
export const namesFileNumber = (text: string): boolean => {
  const said = withoutSchoolYears(text);
  return Object.values(forms).some((form) => form.test(said));
};
