import { basisOf, bodiesOf, type Labels, type Language, linesOf, type Power, statedIn } from '#catalogue';
import type { AgencyId } from '#kernel';
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

/** On what those rely who have no basis of their own: a sentence for each side, none where everybody has one. */
export const basesForAll = (clause: JsonObject, language: Language): readonly string[] =>
  powers.flatMap((power) => {
    const basis = clause[statedIn[power].forAll];
    const hasOwn = bodiesWithOwn(clause, power).length > 0;
    if (hasOwn && basis === undefined) return [];
    return [filled((hasOwn ? ofOthers : ofAll)[power][language], wordsFor(basis, power, language))];
  });

/** On what each relies that has a basis of its own: a paragraph for each body. */
export function ownBases(clause: JsonObject, language: Language): readonly string[] {
  const bodies = new Set(powers.flatMap((power) => bodiesWithOwn(clause, power)));
  return [...bodies].map((agency) =>
    powers
      .filter((power) => bodiesWithOwn(clause, power).includes(agency))
      .map((power) => {
        const words = wordsFor(basisOf(clause, power, agency), power, language);
        return filled(ofOne[power][language], [agency, ...words]);
      })
      .join(' '),
  );
}

const bodiesWithOwn = (clause: JsonObject, power: Power): readonly AgencyId[] =>
  bodiesOf(linesOf(clause[statedIn[power].own]));

/** Ground and provision. */
const wordsFor = (basis: JsonValue | undefined, power: Power, language: Language): readonly string[] =>
  ['code', 'provision'].map((name) => {
    const { forAll } = statedIn[power];
    return fieldInWords(basis === undefined ? {} : { [forAll]: basis }, clauseFields, `${forAll}.${name}`, language);
  });
