import { isObject, type Labels, type Language } from '#catalogue';
import type { JsonObject } from '#statement';
import { agreementFields, fieldInWords } from './agreement-fields.js';
import { clauseInProse } from './clause-in-prose.js';
import { clausesOf } from './clauses-of.js';
import { filled, inLanguage } from './sentence.js';

const sentences = {
  title: { en: '{} (version {})', de: '{} (Fassung {})' },
  parties: { en: 'This agreement is between {}.', de: 'Diese Vereinbarung schließen {}.' },
  name: { en: 'Entries cite it as {}.', de: 'Einträge führen sie unter der Kennung {} an.' },
  from: { en: 'First day in force: {}.', de: 'Erster Geltungstag: {}.' },
  until: { en: 'Last day in force: {}.', de: 'Letzter Geltungstag: {}.' },
  open: { en: 'It is in force until it is ended.', de: 'Sie gilt bis auf Weiteres.' },
  adopted: { en: 'The last party agreed on {}.', de: 'Die letzte Stelle hat am {} zugestimmt.' },
  review: { en: 'Review due: {}.', de: 'Überprüfung fällig: {}.' },
  supersedes: { en: 'It takes the place of {}.', de: 'Sie tritt an die Stelle von {}.' },
  changes: { en: 'What changed, and why: {}', de: 'Was sich geändert hat und warum: {}' },
  controllership: { en: 'Responsibility for the data: {}.', de: 'Verantwortlichkeit für die Daten: {}.' },
  contact: { en: 'Persons concerned may turn to: {}.', de: 'Betroffene Personen können sich wenden an: {}.' },
  dpia: { en: 'Data protection impact assessment: {}.', de: 'Datenschutz-Folgenabschätzung: {}.' },
  rights: { en: 'Requests of persons concerned: {}', de: 'Anträge betroffener Personen: {}' },
  breach: { en: 'Data breaches: {}', de: 'Verletzungen des Schutzes personenbezogener Daten: {}' },
  roles: { en: 'Roles and duties: {}', de: 'Aufgaben und Pflichten: {}' },
  security: { en: 'Security of processing: {}', de: 'Sicherheit der Verarbeitung: {}' },
  definitions: { en: 'Its words are defined in: {}.', de: 'Ihre Begriffe sind bestimmt in: {}.' },
  published: { en: 'Its essence is published: {}', de: 'Ihr wesentlicher Inhalt ist veröffentlicht: {}' },
  none: {
    en: 'It has no clause. Nothing may be passed on under it.',
    de: 'Sie enthält keine Klausel. Nach ihr darf nichts weitergegeben werden.',
  },
} as const satisfies Readonly<Record<string, Labels>>;

/**
 * An agreement as people read it: plain paragraphs without any markup, codes by their labels. Whatever is missing is
 * said to be missing; nothing makes it fail.
 *
 * @param agreement as it is recorded or drafted
 * @returns paragraphs in their order, the title first, then the terms, then a paragraph for each clause and its
 *   conferences
 */
export function agreementInProse(agreement: JsonObject, language: Language): readonly string[] {
  const say = (name: keyof typeof sentences, ...paths: readonly string[]): string =>
    filled(
      sentences[name][language],
      paths.map((path) => fieldInWords(agreement, agreementFields, path, language)),
    );
  const ifGiven = (name: keyof typeof sentences, path: string): readonly string[] =>
    agreement[path] === undefined ? [] : [say(name, path)];

  const clauses = clausesOf(agreement);
  const { changes } = agreement;
  return [
    say('title', 'title', 'version'),
    [
      say('parties', 'parties'),
      say('name', 'agreement'),
      say('from', 'validFrom'),
      agreement['validUntil'] === undefined ? say('open') : say('until', 'validUntil'),
      ...ifGiven('adopted', 'adoptedOn'),
      ...ifGiven('supersedes', 'supersedes'),
      say('review', 'reviewDue'),
    ].join(' '),
    ...(isObject(changes) ? [filled(sentences.changes[language], [inLanguage(changes, language)])] : []),
    [say('controllership', 'controllership'), say('contact', 'contactPoint'), say('dpia', 'dpia')].join(' '),
    say('rights', 'rightsProcedure'),
    say('breach', 'breachProcedure'),
    ...ifGiven('roles', 'rolesAndDuties'),
    ...ifGiven('security', 'security'),
    ...ifGiven('definitions', 'definitions'),
    ...ifGiven('published', 'essencePublishedAt'),
    ...(clauses.length === 0 ? [say('none')] : clauses.flatMap((clause) => clauseInProse(clause, language))),
  ];
}

/** The same as one text for a file or a terminal: an empty line between paragraphs. */
export const agreementAsText = (agreement: JsonObject, language: Language): string =>
  `${agreementInProse(agreement, language).join('\n\n')}\n`;
