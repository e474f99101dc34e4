import {
  agenciesIn,
  basisForAll,
  basisIn,
  bodiesOf,
  type Labels,
  type Language,
  linesOf,
  type Power,
  said,
  statedIn,
} from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { clauseFields, fieldInWords } from './agreement-fields.js';
import { filled } from './sentence.js';

const powers = ['transmit', 'collect'] as const;

const ofAll: Readonly<Record<Power, Labels>> = {
  transmit: {
    en: 'Who passes on relies on: {}; provision: {}.',
    de: 'Wer weitergibt, stützt sich auf: {}; Vorschrift: {}.',
  },
  collect: {
    en: 'Who receives relies on: {}; provision: {}.',
    de: 'Wer empfängt, stützt sich auf: {}; Vorschrift: {}.',
  },
};

const ofOthers: Readonly<Record<Power, Labels>> = {
  transmit: {
    en: 'Who else passes on relies on: {}; provision: {}.',
    de: 'Wer sonst weitergibt, stützt sich auf: {}; Vorschrift: {}.',
  },
  collect: {
    en: 'Who else receives relies on: {}; provision: {}.',
    de: 'Wer sonst empfängt, stützt sich auf: {}; Vorschrift: {}.',
  },
};

const ofOne: Readonly<Record<Power, Labels>> = {
  transmit: {
    en: '{} passes on by virtue of: {}; provision: {}.',
    de: '{} stützt sich beim Weitergeben auf: {}; Vorschrift: {}.',
  },
  collect: {
    en: '{} receives by virtue of: {}; provision: {}.',
    de: '{} stützt sich beim Empfangen auf: {}; Vorschrift: {}.',
  },
};

const ofRegime = {
  all: {
    en: 'The change of the data protection regime is allowed by: {}.',
    de: 'Den Wechsel des Datenschutzregimes erlaubt: {}.',
  },
  others: {
    en: 'Who else passes on may change the data protection regime by virtue of: {}.',
    de: 'Wer sonst weitergibt, stützt sich beim Wechsel des Datenschutzregimes auf: {}.',
  },
  one: {
    en: '{} may change the data protection regime by virtue of: {}.',
    de: '{} stützt sich beim Wechsel des Datenschutzregimes auf: {}.',
  },
} as const satisfies Readonly<Record<string, Labels>>;

const notNamed: Labels = { en: 'A body ({})', de: 'Eine Stelle ({})' };

/**
 * On what each side relies: in paragraphs, who passes on before who receives; a paragraph for each body that has a basis
 * of its own, and what goes for all others after these.
 */
export function basesInProse(clause: JsonObject, language: Language): readonly string[] {
  const sending = [...basisForOthers(clause, 'transmit', language), ...regimeForOthers(clause, language)];
  const receiving = basisForOthers(clause, 'collect', language);
  const isOwn = linesIn(clause, 'transmit').length > 0;
  return [
    isOwn ? [] : sending,
    ...ownBases(clause, language).map((paragraph) => [paragraph]),
    isOwn ? [...sending, ...receiving] : receiving,
  ].map((sentences) => sentences.join(' '));
}

/** On what those rely who have no basis of their own: none where everybody has one. */
function basisForOthers(clause: JsonObject, power: Power, language: Language): readonly string[] {
  const basis = basisForAll(clause, power);
  const lines = linesIn(clause, power);
  if (lines.length > 0 && (basis === undefined || areAllIn(clause, power, lines))) return [];
  return [filled((lines.length > 0 ? ofOthers : ofAll)[power][language], wordsFor(basis, power, language))];
}

function regimeForOthers(clause: JsonObject, language: Language): readonly string[] {
  const own = linesIn(clause, 'transmit').filter((line) => line['regimeChangeProvision'] !== undefined);
  if (clause['regimeChangeProvision'] === undefined || areAllIn(clause, 'transmit', own)) return [];
  const sentence = ofRegime[own.length > 0 ? 'others' : 'all'][language];
  return [filled(sentence, [fieldInWords(clause, clauseFields, 'regimeChangeProvision', language)])];
}

/** On what each relies that has a basis of its own: a paragraph for each body. */
function ownBases(clause: JsonObject, language: Language): readonly string[] {
  const lines = powers.flatMap((power) => linesIn(clause, power).map((line) => ({ power, line })));
  const byBody = Map.groupBy(lines, ({ line }) => bodyIn(line, language));
  return [...byBody].map(([body, own]) => own.flatMap((one) => ownBasis(body, one, language)).join(' '));
}

function ownBasis(
  body: string,
  { power, line }: { readonly power: Power; readonly line: JsonObject },
  language: Language,
): readonly string[] {
  const { regimeChangeProvision: provision } = line;
  const basis = filled(ofOne[power][language], [body, ...wordsFor(basisIn(line), power, language)]);
  return provision === undefined ? [basis] : [basis, filled(ofRegime.one[language], [body, said(provision, language)])];
}

/** Whether these lines are of everybody who needs the power. */
function areAllIn(clause: JsonObject, power: Power, lines: readonly JsonObject[]): boolean {
  const bodies = bodiesOf(lines);
  const parties = agenciesIn(clause, statedIn[power].parties);
  return parties.length > 0 && parties.every((one) => bodies.includes(one));
}

/** Whose basis it is; a body that is not named yet has one all the same. */
const bodyIn = ({ agency }: JsonObject, language: Language): string =>
  typeof agency === 'string' ? agency : filled(notNamed[language], [said(agency, language)]);

const linesIn = (clause: JsonObject, power: Power): readonly JsonObject[] => linesOf(clause[statedIn[power].own]);

/** Ground and provision. */
const wordsFor = (basis: JsonValue | undefined, power: Power, language: Language): readonly string[] =>
  ['code', 'provision'].map((name) => {
    const { forAll } = statedIn[power];
    return fieldInWords(basis === undefined ? {} : { [forAll]: basis }, clauseFields, `${forAll}.${name}`, language);
  });
