import { agenciesIn, basisOf } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { isCited } from '../is-cited.js';
import { factsOf } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

const types = ['InformationRequested', 'InformationDisclosed', 'DisclosureReceived'];

/**
 * Each side answers for its own entry: who asks and who receives cite it, and who discloses looked for it first. Where
 * only some of several recipients have no power, each of these is named; where none has, it is one omission.
 */
export const law02: Rule = {
  id: 'LAW-02',
  version: 3,
  statement: {
    en: "The recipient's power to collect is cited, beside the sender's to transmit: the double door.",
    de: 'Die Erhebungsbefugnis der empfangenden Stelle ist neben der Übermittlungsbefugnis genannt (Doppeltür).',
  },
  compliant: {
    en: 'The provision that allows each recipient to collect is named, one for all or its own: act, section and paragraph.',
    de: 'Die Vorschrift, die jeder empfangenden Stelle die Erhebung erlaubt, wird genannt, für alle oder für sie allein: Gesetz, Paragraf und Absatz.',
  },
  sources: ['BVerfG 1 BvR 1873/13'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: types,
  judge: (matter) =>
    factsOf(matter, ...types).flatMap((fact) =>
      partsOf(fact.terms).map(({ part, isSo }) => ({
        side: senderOf(fact),
        entry: fact.id,
        part,
        verdict: required(isSo, fact.occurredAt),
        facts: [fact.id],
      })),
    ),
};

interface Part {
  /** a recipient; null for all of them together */
  readonly part: AgencyId | null;
  readonly isSo: boolean;
}

function partsOf(terms: JsonObject): readonly Part[] {
  const recipients = agenciesIn(terms, 'recipients');
  if (recipients.length === 0) return [{ part: null, isSo: isCited(terms['legalBasisCollect']) }];
  const without = recipients.filter((recipient) => !isCited(basisOf(terms, 'collect', recipient)));
  const isOfSome = without.length > 0 && without.length < recipients.length;
  return isOfSome ? without.map((part) => ({ part, isSo: false })) : [{ part: null, isSo: without.length === 0 }];
}
