import { entryTypes, type Labels, type Language } from '#catalogue';
import { type Document, heading, lines, list, paragraph, type Part, table } from '../documents/document.js';
import type { ExportedEntry, ExportProfile, Material } from './export-profile.js';

const wording = {
  sources: { en: 'Serves', de: 'Dient' },
  written: { en: 'Written', de: 'Erstellt' },
  agencies: { en: 'Entries of', de: 'Einträge von' },
  complete: {
    en: 'Complete as recorded up to entry {}; what was never recorded cannot be shown.',
    de: 'Vollständig nach dem Stand der Einträge bis Nummer {}; was nie eingetragen wurde, kann nicht gezeigt werden.',
  },
  closed: {
    en: 'Complete as recorded before {}; what was never recorded cannot be shown.',
    de: 'Vollständig nach dem Stand der Einträge vor dem {}; was nie eingetragen wurde, kann nicht gezeigt werden.',
  },
  nothing: { en: 'Nothing is recorded yet.', de: 'Es ist noch nichts eingetragen.' },
  entries: { en: 'Entries', de: 'Einträge' },
  none: { en: 'No entry is part of it.', de: 'Kein Eintrag gehört dazu.' },
  erased: { en: 'erased', de: 'gelöscht' },
  open: {
    en: 'Entries that are restricted, sealed or still deferred are not counted.',
    de: 'Einträge, die nur die Aufsicht kennt, versiegelte und noch zurückgestellte sind nicht gezählt.',
  },
  // The same whether or not anything is left out: it must not tell what was, nor that it was.
  masked: {
    en: 'Entries may also speak of other persons: not each one that the documents tell of is handed over itself. The rest is answered from the file.',
    de: 'Einträge können auch andere Personen betreffen: Nicht jeder, von dem die Unterlagen berichten, wird selbst übergeben. Das Übrige ist aus der Akte zu beantworten.',
  },
} as const satisfies Readonly<Record<string, Labels>>;

const head: Readonly<Record<Language, readonly string[]>> = {
  en: ['Entry', 'Recorded by', 'Occurred', 'Recorded', 'What'],
  de: ['Eintrag', 'Eingetragen von', 'Geschehen', 'Eingetragen', 'Was'],
};

/** What every export begins with: what it is, on which ground, of whom, how far complete, and its entries in sentences. */
export function contents({ title, sources, documentsOnly }: ExportProfile, material: Material): Document {
  const { language, at, agencies, entries, leakTest } = material;
  return {
    language,
    title: title[language],
    parts: [
      lines(
        [wording.sources[language], sources.join('; ')],
        [wording.written[language], at],
        [wording.agencies[language], agencies.join(', ')],
      ),
      paragraph(completeness(material)),
      ...(leakTest !== null ? [paragraph(wording.masked[language])] : []),
      ...(documentsOnly === true ? [] : [heading(wording.entries[language]), entriesIn(entries, language)]),
    ],
  };
}

/** The line every answer ends with. Of a quarter that is closed, nothing is told that was recorded since. */
export function completeness({
  language,
  completeUpTo,
  quarter,
}: Pick<Material, 'language' | 'completeUpTo' | 'quarter'>): string {
  if (completeUpTo === 0) return wording.nothing[language];
  if (quarter) return wording.closed[language].replace('{}', quarter.closes.slice(0, 10));
  return wording.complete[language].replace('{}', String(completeUpTo - 1));
}

/** What counts for others than the agency and its supervisor say of what they leave out, whether or not there is any. */
export const onlyOpen = (language: Language): string => wording.open[language];

function entriesIn(entries: readonly ExportedEntry[], language: Language): Part {
  if (entries.length === 0) return list([wording.none[language]]);
  return table(
    wording.entries[language],
    head[language],
    entries.map(({ index, issuer, recordedAt, said }) => [
      String(index),
      issuer,
      said?.occurredAt ?? '–',
      recordedAt,
      said === null ? wording.erased[language] : sentenceOf(said.type, said.terms, language),
    ]),
  );
}

const sentenceOf = (type: string, terms: Parameters<Sentence>[0], language: Language): string =>
  entryTypes.get(type)?.sentence(terms, language) ?? type;
type Sentence = NonNullable<ReturnType<typeof entryTypes.get>>['sentence'];
