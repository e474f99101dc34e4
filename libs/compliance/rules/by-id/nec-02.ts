import { factsOf, has } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

export const nec02: Rule = {
  id: 'NEC-02',
  version: 1,
  statement: {
    en: 'Every disclosure says why it is necessary and that something less intrusive was considered.',
    de: 'Zu jeder Übermittlung ist festgehalten, warum sie erforderlich ist und dass mildere Mittel erwogen wurden.',
  },
  compliant: {
    en: 'Say why less would not do, and whether anonymous, pseudonymous or fewer data were considered.',
    de: 'Festhalten, warum weniger nicht genügt und ob anonyme, pseudonyme oder weniger Angaben erwogen wurden.',
  },
  sources: ['GDPR 5(1)(c)', 'SGB VIII § 64(2a)', 'Caldicott Principles'],
  severity: 'medium',
  basis: 'policy',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter) =>
    factsOf(matter, 'InformationDisclosed').map((disclosure) => ({
      side: senderOf(disclosure),
      entry: disclosure.id,
      part: null,
      verdict: required(has(disclosure.terms, 'necessity', 'alternatives'), disclosure.occurredAt),
      facts: [disclosure.id],
    })),
};
