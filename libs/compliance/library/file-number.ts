/** What only stands before the number of a file: any figure after it is one. */
const sign = [
  'Az',
  'Aktenzeichens?',
  'Akten-?nummern?',
  'Akten-?nr',
  'Gz',
  'Geschäftszeichens?',
  'Fall-?\\s?nummern?',
  'Fall-?\\s?nr',
  'Vorgangs-?(?:nummern?|nr|zeichens?)',
  'ref',
  '(?:case|file)\\s(?:no|numbers?|ref|id)',
].join('|');
/** Years are no numbers of files, and small figures count cases: these have three others, or a stroke between two. */
const figures = '(?:\\d+/\\d{2,}|\\d{3,}-\\d+|\\d+-\\d{3,}|(?!(?:19|20)\\d{2}\\b)\\d{4,})';

const forms: readonly RegExp[] = [
  new RegExp(`\\b(?:${sign})\\b\\.?:?\\s*(?:(?:ist|war|lautete?|is|was)\\s+)?\\S*\\d`, 'iu'),
  // "In case 4000 people ask" names none.
  new RegExp(`(?<!\\bin\\s+)\\b(?:Fall(?:e?s|e)?|Vorgang(?:e?s)?|Akte|case|file)\\s+${figures}`, 'iu'),
  // As agencies call a case or a person here.
  /\b(?:case|person|fall|akte|vorgang)-(?=[a-z]*\d)[a-z0-9]+\b/iu,
  // Registers of courts and prosecutors.
  /\b\d{1,5}\s?(?:U?Js|[BCDGKLN]s|KLs|Ws|[BV]Rs|AR|OWi|StVK|F|XVII)\s?\d{1,6}\/\d{2,4}\b/iu,
];

/** Whether a text names the number of a file as German and English offices write them. */
export const namesFileNumber = (text: string): boolean => forms.some((form) => form.test(text));
