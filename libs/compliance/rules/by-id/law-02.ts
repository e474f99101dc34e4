import { agenciesIn, basisOf } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { isCited } from '../is-cited.js';
import { factsOf } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

const types = ['InformationRequested', 'InformationDisclosed', 'DisclosureReceived'];

/** Each side answers for its own entry: who asks and who receives cite it, and who discloses looked for it first. */
export const law02: Rule = {
  id: 'LAW-02',
  version: 2,
  statement: {
    en: "The recipient's power to collect is cited, beside the sender's to transmit: the double door.",
    de: 'Die Erhebungsbefugnis der empfangenden Stelle ist neben der Übermittlungsbefugnis genannt (Doppeltür).',
  },
  compliant: {
    en: 'The provision that allows the recipient to collect is named: act, section and paragraph.',
    de: 'Die Vorschrift, die der empfangenden Stelle die Erhebung erlaubt, wird genannt: Gesetz, Paragraf und Absatz.',
  },
  sources: ['BVerfG 1 BvR 1873/13'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: types,
  judge: (matter) =>
    factsOf(matter, ...types).map((fact) => ({
      side: senderOf(fact),
      entry: fact.id,
      part: null,
      verdict: required(basesIn(fact.terms).every(isCited), fact.occurredAt),
      facts: [fact.id],
    })),
};

/** That of each recipient, where an entry names some. */
function basesIn(terms: JsonObject): readonly (JsonValue | undefined)[] {
  const recipients = agenciesIn(terms, 'recipients');
  if (recipients.length === 0) return [terms['legalBasisCollect']];
  return recipients.map((recipient) => basisOf(terms, 'collect', recipient));
}
