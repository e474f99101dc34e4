import { entryTypes, label, vocabularies, type Labels, type Language } from '#catalogue';
import { type Document, heading, paragraph, type Part, table } from '../documents/document.js';
import type { CalendarQuarter } from './calendar-quarter.js';
import { completeness, onlyOpen } from './contents.js';
import type { Material } from './export-profile.js';
import { leastShown, step, suppressed, type Cell, type Suppressed } from './suppressed.js';
import { notGiven, Tally, type Counts, type Tallied } from './tally.js';

const wording = {
  title: { en: 'Statistics of data sharing', de: 'Statistik der Datenübermittlung' },
  types: { en: 'What happened, by month', de: 'Vorgänge nach Monat' },
  categories: { en: 'Disclosures of data, by category and month', de: 'Übermittlungen nach Datenart und Monat' },
  decisions: { en: 'Decisions on requests, by month', de: 'Entscheidungen über Anfragen nach Monat' },
  undecided: { en: 'decision not given', de: 'Entscheidung nicht angegeben' },
  sum: { en: 'Sum', de: 'Summe' },
  suppressed: {
    en: 'A dot stands for a number that is not shown, because it is below {} or would give such a number away.',
    de: 'Ein Punkt steht für eine Zahl, die nicht gezeigt wird, weil sie unter {} liegt oder eine solche verriete.',
  },
  rounded: {
    en: 'All numbers are rounded to multiples of {}, sums too: rounded numbers need not add up to them.',
    de: 'Alle Zahlen sind auf Vielfache von {} gerundet, auch Summen: Gerundete Zahlen müssen sie nicht genau ergeben.',
  },
  counted: {
    en: 'Counted is what happened in {quarter} (months of UTC) and was recorded, and open to all, before {closes}. What was recorded later, or deferred for longer, is not counted, so that the figures of a quarter stay as they are.',
    de: 'Gezählt ist, was in {quarter} geschehen ist (Monate nach UTC) und vor dem {closes} eingetragen und für alle sichtbar war. Was später eingetragen wurde oder länger zurückgestellt war, ist nicht gezählt, damit die Zahlen eines Quartals bleiben, wie sie sind.',
  },
} as const satisfies Readonly<Record<string, Labels>>;

/**
 * Statistics for a parliament or an oversight body: counts from block `terms`, small ones suppressed, the others rounded,
 * nobody named.
 */
export function statistics(material: Material): Document {
  const { language, quarter, tally } = material;
  const figures = tally ?? new Tally();
  const [types, categories, decisions] = [figures.of('types'), figures.of('categories'), figures.of('decisions')];
  const shownDecisions = suppressed(decisions.cells);
  // The decisions of a month add up to how many requests were decided in it: with that, one gap could be filled.
  const hasGap = (row: number, month: number): boolean =>
    types.codes[row] === 'RequestDecided' && shownDecisions.columnSums[month] === null;
  return {
    language,
    title: wording.title[language],
    parts: [
      ...(quarter ? [paragraph(periodIn(quarter, language))] : []),
      paragraph(wording.suppressed[language].replace('{}', String(leastShown))),
      paragraph(wording.rounded[language].replace('{}', String(step))),
      paragraph(onlyOpen(language)),
      ...shown('types', language, types, suppressed(types.cells, hasGap), typeLabel),
      ...shown('categories', language, categories, suppressed(categories.cells), labelIn('data-category')),
      ...shown('decisions', language, decisions, shownDecisions, decisionLabel),
      paragraph(completeness(material)),
    ],
  };
}

const periodIn = ({ name, closes }: CalendarQuarter, language: Language): string =>
  wording.counted[language].replace('{quarter}', name).replace('{closes}', closes.slice(0, 10));

const typeLabel = (name: string, language: Language): string => entryTypes.get(name)?.title[language] ?? name;
const labelIn =
  (vocabulary: string) =>
  (code: string, language: Language): string => {
    const codes = vocabularies.get(vocabulary);
    return codes === undefined ? code : label(codes, code, language);
  };
const decisionLabel = (code: string, language: Language): string =>
  code === notGiven ? wording.undecided[language] : labelIn('decision')(code, language);

function shown(
  name: Tallied,
  language: Language,
  { codes, months }: Counts,
  { cells, rowSums, columnSums }: Suppressed,
  inWords: (code: string, language: Language) => string,
): readonly Part[] {
  if (codes.length === 0) return [];
  const sum = wording.sum[language];
  return [
    heading(wording[name][language]),
    table(
      wording[name][language],
      ['', ...months, sum],
      [
        ...codes.map((code, place) => [
          inWords(code, language),
          ...(cells[place] ?? []).map(inFigures),
          inFigures(rowSums[place] ?? null),
        ]),
        [sum, ...columnSums.map(inFigures), '·'],
      ],
    ),
  ];
}

const inFigures = (cell: Cell): string => (cell === null ? '·' : String(cell));
