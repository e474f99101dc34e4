import { isObject, type Labels, type Language, said } from '#catalogue';
import type { JsonObject } from '#statement';
import { clauseFields, fieldInWords, wordsOf } from './agreement-fields.js';
import { basesInProse } from './bases-in-prose.js';
import { conferenceInProse } from './conference-in-prose.js';
import { isNothing } from './left-open.js';
import { filled, inLanguage } from './sentence.js';

const sentences = {
  heading: { en: 'Clause {}', de: 'Klausel {}' },
  onePasses: { en: '{} may pass on to {}: {}.', de: '{} darf an {} weitergeben: {}.' },
  morePass: { en: '{} may pass on to {}: {}.', de: '{} dürfen an {} weitergeben: {}.' },
  purposes: { en: 'This is allowed for: {}.', de: 'Erlaubt ist dies nur für: {}.' },
  subjects: { en: 'It may be about: {}.', de: 'Es darf betreffen: {}.' },
  anySubject: { en: 'It may be about any person.', de: 'Auf bestimmte Personengruppen ist dies nicht beschränkt.' },
  special: {
    en: 'Special categories of data and data on criminal offences may be passed on.',
    de: 'Besondere Kategorien personenbezogener Daten und Daten über Straftaten dürfen weitergegeben werden.',
  },
  noSpecial: {
    en: 'Special categories of data and data on criminal offences may not be passed on.',
    de: 'Besondere Kategorien personenbezogener Daten und Daten über Straftaten dürfen nicht weitergegeben werden.',
  },
  specialOpen: {
    en: 'Whether special categories of data and data on criminal offences may be passed on: {}.',
    de: 'Ob besondere Kategorien personenbezogener Daten und Daten über Straftaten weitergegeben werden dürfen: {}.',
  },
  grounds: {
    en: 'Grounds foreseen for special categories: {}. Each entry names the one that applies.',
    de: 'Vorgesehene Gründe für besondere Kategorien: {}. Jeder Eintrag nennt den zutreffenden.',
  },
  gateways: {
    en: 'Secrecy may be lifted on these grounds: {}. Each entry names the one that applies.',
    de: 'Vorgesehene Offenbarungsbefugnisse: {}. Jeder Eintrag nennt die zutreffende.',
  },
  conditions: {
    en: 'Handling conditions for everything passed on: {}.',
    de: 'Auflagen für alles Weitergegebene: {}.',
  },
  noConditions: { en: 'No handling conditions are agreed.', de: 'Auflagen sind nicht vereinbart.' },
  noLimits: {
    en: 'No time limits are agreed; those of the rule pack apply.',
    de: 'Fristen sind nicht vereinbart; es gelten die des Regelpakets.',
  },
  retention: {
    en: 'How long who receives may keep the data: {}',
    de: 'Speicherdauer bei der empfangenden Stelle: {}',
  },
  dpo: {
    en: 'The data protection officer is asked first in these cases: {}.',
    de: 'Die oder der Datenschutzbeauftragte wird in diesen Fällen vorher gefragt: {}.',
  },
  noDpo: {
    en: 'It is not agreed when the data protection officer is asked first.',
    de: 'Wann die oder der Datenschutzbeauftragte vorher gefragt wird, ist nicht vereinbart.',
  },
  activities: {
    en: 'Entries under this clause name as processing activity: {}.',
    de: 'Einträge nach dieser Klausel nennen als Verarbeitungstätigkeit: {}.',
  },
  note: { en: 'Note: {}', de: 'Hinweis: {}' },
} as const satisfies Readonly<Record<string, Labels>>;

type Sentence = keyof typeof sentences;

/** A clause in paragraphs: who to whom and on which power, how it is handled, and its conferences where it has some. */
export function clauseInProse(clause: JsonObject, language: Language): readonly string[] {
  const words = (path: string): string => fieldInWords(clause, clauseFields, path, language);
  const say = (name: Sentence, ...paths: readonly string[]): string =>
    filled(sentences[name][language], paths.map(words));
  const given = (name: Sentence, path: string, otherwise?: Sentence): readonly string[] => {
    if (!isNothing(clause[path])) return [say(name, path)];
    return otherwise === undefined ? [] : [say(otherwise)];
  };
  const passing = wordsOf(clause['from'], clauseFields['from'], language).length > 1 ? 'morePass' : 'onePasses';
  return [
    filled(sentences.heading[language], [said(clause['id'], language)]),
    [
      say(passing, 'from', 'to', 'dataCategories'),
      say('purposes', 'purposes'),
      ...given('subjects', 'subjectCategories', 'anySubject'),
      say(specialSentence(clause), 'specialCategories'),
    ].join(' '),
    ...basesInProse(clause, language),
    [...given('grounds', 'specialGrounds'), ...given('gateways', 'gateways')].join(' '),
    [...given('conditions', 'conditions', 'noConditions'), say('retention', 'retentionTold')].join(' '),
    timeLimits(clause, language),
    [...given('dpo', 'dpoConsultationWhen', 'noDpo'), ...given('activities', 'activities')].join(' '),
    ...note(clause, language),
    ...conferenceInProse(clause, language),
  ].filter((paragraph) => paragraph !== '');
}

function specialSentence({ specialCategories }: JsonObject): Sentence {
  if (specialCategories === true) return 'special';
  return specialCategories === false ? 'noSpecial' : 'specialOpen';
}

/** Only what is agreed; the rule pack's time limits apply beside it. */
function timeLimits(clause: JsonObject, language: Language): string {
  const { timeLimits: limits } = clause;
  const agreed = Object.keys(clauseFields).filter(
    (path) =>
      path.startsWith('timeLimits.') && isObject(limits) && limits[path.slice('timeLimits.'.length)] !== undefined,
  );
  if (agreed.length === 0) return sentences.noLimits[language];
  return agreed
    .map((path) => `${clauseFields[path]?.[language] ?? path}: ${fieldInWords(clause, clauseFields, path, language)}.`)
    .join(' ');
}

const note = ({ note: given }: JsonObject, language: Language): readonly string[] =>
  isObject(given) ? [filled(sentences.note[language], [inLanguage(given, language)])] : [];
