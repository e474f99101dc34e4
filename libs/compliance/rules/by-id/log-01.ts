import { factsOf, has } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

const types = ['InformationDisclosed', 'InformationConsulted'];

export const log01: Rule = {
  id: 'LOG-01',
  version: 1,
  statement: {
    en: 'Every disclosure and every consultation has a justification, a date and a time.',
    de: 'Jede Übermittlung und jede Abfrage hat eine Begründung, ein Datum und eine Uhrzeit.',
  },
  compliant: {
    en: 'The justification is recorded with the entry, or in a correction of it.',
    de: 'Die Begründung wird mit dem Eintrag festgehalten oder in einer Berichtigung nachgetragen.',
  },
  sources: ['LED 25(1)', 'BDSG § 76(2)'],
  severity: 'urgent',
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
      verdict: required(has(fact.terms, 'justification'), fact.occurredAt),
      facts: [fact.id],
    })),
};
