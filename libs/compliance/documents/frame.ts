import { basisOf, type Labels } from '#catalogue';
import type { Advice, Assessment, ItemAdvice } from '../assessments/assessment.js';
import { choices, list, type Line, lines, paragraph, type Part } from './document.js';
import type { Words } from './words.js';

const labels = {
  from: { en: 'From', de: 'Von' },
  to: { en: 'To', de: 'An' },
  contributes: { en: 'Who contributes', de: 'Beitragende Stelle' },
  hear: { en: 'Who hears it', de: 'Anwesende Stellen' },
  purpose: { en: 'Purpose', de: 'Zweck' },
  transmit: { en: 'Power to transmit', de: 'Übermittlungsbefugnis' },
  collect: { en: 'Power to collect', de: 'Erhebungsbefugnis' },
  collectOf: { en: 'Power to collect ({})', de: 'Erhebungsbefugnis ({})' },
  agreement: { en: 'Agreement', de: 'Vereinbarung' },
  outside: { en: 'outside of every agreement in force', de: 'außerhalb jeder geltenden Vereinbarung' },
  retention: { en: 'May be kept', de: 'Speicherdauer bei der empfangenden Stelle' },
  conditions: { en: 'These handling conditions apply:', de: 'Es gelten folgende Auflagen:' },
  noConditions: { en: 'No handling conditions apply.', de: 'Auflagen bestehen nicht.' },
} as const satisfies Readonly<Record<string, Labels>>;

/** Who to whom, what for, on which powers and under which clause: what every paper begins with. */
export function frame(assessment: Assessment, words: Words): Part {
  const { agency, counterparts, purpose, template, legalBasisTransmit } = assessment;
  const isRoom = assessment.kind === 'conference';
  return lines(
    [words.say(isRoom ? labels.contributes : labels.from), words.agency(agency)],
    [words.say(isRoom ? labels.hear : labels.to), counterparts.length === 0 ? null : words.agencies(counterparts)],
    [words.say(labels.purpose), words.code('purpose', purpose)],
    ...(assessment.kind === 'request'
      ? []
      : [[words.say(labels.transmit), words.basis(legalBasisTransmit)] satisfies Line]),
    ...collecting(assessment, words),
    [words.say(labels.agreement), template === null ? words.say(labels.outside) : words.clause(template)],
  );
}

/** One power for all, or that of each recipient where they differ. */
function collecting({ counterparts, legalBasisCollect, collectBases }: Assessment, words: Words): readonly Line[] {
  if (collectBases === undefined) return [[words.say(labels.collect), words.basis(legalBasisCollect)]];
  return counterparts.map((agency) => [
    words.say(labels.collectOf, words.agency(agency)),
    words.basis(basisOf({ legalBasisCollect, collectBases }, 'collect', agency) ?? null),
  ]);
}

/** The conditions that go with everything passed on, and how long it may be kept. */
export const handling = ({ conditions, retentionTold }: Assessment, words: Words): readonly Part[] => [
  ...(conditions.length === 0
    ? [paragraph(words.say(labels.noConditions))]
    : [
        paragraph(words.say(labels.conditions)),
        list([...new Set(conditions)].map((condition) => words.code('condition', condition))),
      ]),
  lines([words.say(labels.retention), retentionTold]),
];

/** Items about which one of these was advised, in their order. */
export const itemsWith = ({ items }: Assessment, ...advice: readonly Advice[]): readonly ItemAdvice[] =>
  items.filter((item) => advice.includes(item.advice));

/** What an item is called outside of the house: without its number, as a gap would tell that something is left out. */
export const itemName = ({ dataCategory }: ItemAdvice, words: Words): string =>
  words.code('data-category', dataCategory);

/** What may pass as it is, named; and what may only pass with something more, each with a box to tick. */
export function itemsToName(assessment: Assessment, words: Words, sure: Labels, perhaps: Labels): readonly Part[] {
  const names = (...advice: readonly Advice[]): readonly string[] =>
    itemsWith(assessment, ...advice).map((item) => itemName(item, words));
  const [passing, depending] = [names('yes'), names('only-with')];
  return [
    ...(passing.length === 0 ? [] : [paragraph(words.say(sure)), list(passing)]),
    ...(depending.length === 0 ? [] : [paragraph(words.say(perhaps)), choices(depending)]),
  ];
}
