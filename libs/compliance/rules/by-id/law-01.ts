import { isCited } from '../is-cited.js';
import { factsOf } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

export const law01: Rule = {
  id: 'LAW-01',
  version: 1,
  statement: {
    en: "The sender's power to transmit is cited: act, section and paragraph.",
    de: 'Die Befugnis der übermittelnden Stelle ist genannt: Gesetz, Paragraf und Absatz.',
  },
  compliant: {
    en: 'The provision that allows this transmission is named before it is made.',
    de: 'Die Vorschrift, die diese Übermittlung erlaubt, wird vorher genannt.',
  },
  sources: ['LED 8', 'GDPR 6', 'BVerfG 1 BvR 2835/17, para. 229'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter) =>
    factsOf(matter, 'InformationDisclosed').map((disclosure) => ({
      side: senderOf(disclosure),
      entry: disclosure.id,
      part: null,
      verdict: required(isCited(disclosure.terms['legalBasisTransmit']), disclosure.occurredAt),
      facts: [disclosure.id],
    })),
};
