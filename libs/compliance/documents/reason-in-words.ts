import type { Labels } from '#catalogue';
import { listed } from '../agreements/sentence.js';
import type { ItemAdvice, Reason } from '../assessments/assessment.js';
import { everyRule } from '../rules/every-rule.js';
import type { Rule } from '../rules/rule.js';
import { lackingInWords } from './lacking-in-words.js';
import { isCitable, type Words } from './words.js';

const rules: ReadonlyMap<string, Rule> = new Map(everyRule.map((rule) => [rule.id, rule]));

const sentences = {
  byClause: { en: 'This follows from {}.', de: 'Das ergibt sich aus: {}.' },
  byRule: { en: 'Check rule {}.', de: 'Prüfregel {}.' },
  lacks: { en: 'Missing: {}.', de: 'Es fehlt: {}.' },
  needed: { en: 'Needed: {}.', de: 'Erforderlich: {}.' },
  consent: {
    en: 'A consent of the person concerned or a release from secrecy would do.',
    de: 'Eine Einwilligung der betroffenen Person oder eine Schweigepflichtentbindung würde genügen.',
  },
  law: { en: 'Law and sources: {}.', de: 'Rechtsgrundlagen und Quellen: {}.' },
  nothing: {
    en: 'Nothing stands in its way under the agreement and the rules.',
    de: 'Vereinbarung und Regeln stehen nicht entgegen.',
  },
  whole: {
    en: 'This follows from what is said of the whole.',
    de: 'Das ergibt sich aus den Angaben zum Ganzen.',
  },
  unsaid: { en: 'No ground is given.', de: 'Ein Grund ist nicht angegeben.' },
  noWay: {
    en: 'Nothing is apparent that would make it lawful.',
    de: 'Es ist nicht ersichtlich, wodurch die Übermittlung rechtmäßig würde.',
  },
} as const satisfies Readonly<Record<string, Labels>>;

/** Everything one rule or one clause says of something, with all that is lacking for it. */
interface Ground {
  readonly first: Reason;
  readonly lacks: readonly string[];
  readonly byConsent: boolean;
}

/** An assessment gives a reason for each thing that is lacking; people read each rule once. */
function groundsOf(reasons: readonly Reason[]): readonly Ground[] {
  const grounds = Map.groupBy(reasons, ({ rule, clause, sources }) => JSON.stringify([rule, clause, sources]));
  return [...grounds.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const lacks = all.flatMap((one) => (one.lacks === null ? [] : [one.lacks]));
    return [{ first, lacks, byConsent: all.some((one) => one.byConsent) }];
  });
}

/** What is said of an item in a note for the file: every ground with what it lacks, and the rule to look it up by. */
export function itemInWords({ advice, reasons }: ItemAdvice, words: Words): string {
  if (reasons.length === 0) return words.say(sentences[advice === 'yes' ? 'nothing' : 'whole']);
  return forTheFile(reasons, words).join(' ');
}

/** Each ground for the file: what it says, the law, the clause, what is missing, and the rule. */
export const forTheFile = (reasons: readonly Reason[], words: Words): readonly string[] =>
  groundsOf(reasons).map((ground) =>
    [
      ...stated(ground, words),
      ...lacking(ground, sentences.lacks, words),
      ...(ground.byConsent ? [words.say(sentences.consent)] : []),
      ...(ground.first.rule === null ? [] : [words.say(sentences.byRule, ground.first.rule)]),
    ].join(' '),
  );

/** Each ground as everybody may read it, and what would make it lawful. */
export const forOthers = (reasons: readonly Reason[], words: Words): readonly string[] =>
  groundsOf(reasons).map((ground) => [...stated(ground, words), ...remedies(ground, words)].join(' '));

/** The grounds as everybody may read them: what the law asks for, where it stands, and the clause. */
export function groundsInWords(reasons: readonly Reason[], words: Words): string {
  const all = groundsOf(reasons).flatMap((ground) => {
    const said = stated(ground, words);
    return said.length > 0 ? said : lacking(ground, sentences.lacks, words);
  });
  return all.length === 0 ? words.say(reasons.length === 0 ? sentences.whole : sentences.unsaid) : all.join(' ');
}

/** What would make it lawful: what is missing, a consent where it would do, and what each rule calls right. */
export function remediesInWords(reasons: readonly Reason[], words: Words): string {
  const all = groundsOf(reasons).flatMap((ground) => remedies(ground, words));
  return all.length === 0 ? words.say(reasons.length === 0 ? sentences.whole : sentences.noWay) : all.join(' ');
}

const remedies = (ground: Ground, words: Words): readonly string[] => [
  ...lacking(ground, sentences.needed, words),
  ...(ground.byConsent ? [words.say(sentences.consent)] : []),
  ...compliantWith(ground, words),
];

function compliantWith({ first: { rule } }: Ground, words: Words): readonly string[] {
  const compliant = rules.get(rule ?? '')?.compliant;
  return compliant === undefined ? [] : [compliant[words.language]];
}

function stated({ first: { rule, clause, sources } }: Ground, words: Words): readonly string[] {
  const statement = rules.get(rule ?? '')?.statement[words.language];
  const law = sources.filter(isCitable);
  return [
    ...(statement === undefined ? [] : [statement]),
    ...(law.length === 0 ? [] : [words.say(sentences.law, law.join('; '))]),
    ...(clause === null ? [] : [words.say(sentences.byClause, words.clause(clause))]),
  ];
}

const lacking = ({ lacks }: Ground, sentence: Labels, words: Words): readonly string[] =>
  lacks.length === 0
    ? []
    : [
        words.say(
          sentence,
          listed(
            lacks.map((name) => lackingInWords(name, words.language)),
            words.language,
          ),
        ),
      ];
