import { entryTypes, fieldsOf } from '#catalogue';
import { factsOf, has } from '../matter.js';
import { inTime, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

/** What agencies record, also outside of exchanges, where the entry has a place for the reason. */
const types = [...entryTypes.values()]
  .filter(({ recordedBy, data }) => recordedBy === 'agency' && fieldsOf(data).has('lateReason'))
  .map(({ name }) => name);

export const log03: Rule = {
  id: 'LOG-03',
  version: 2,
  statement: {
    en: 'What happened is recorded at once; what is recorded later says why.',
    de: 'Was geschieht, wird sofort eingetragen; ein späterer Eintrag nennt den Grund.',
  },
  compliant: {
    en: 'The entry is made within the time limit or, after a call or a night shift, gives the reason for the delay.',
    de: 'Der Eintrag erfolgt innerhalb der Frist oder nennt, etwa nach einem Telefonat, den Grund der Verspätung.',
  },
  sources: ['LED 25(1)'],
  severity: 'medium',
  basis: 'policy',
  deadline: { hours: 24 },
  applies: true,
  about: 'exchange',
  reads: types,
  judge: (matter, then) =>
    factsOf(matter, ...types).map((fact) => {
      const side = senderOf(fact);
      const due = then(fact).end(side, fact.occurredAt);
      return {
        side,
        entry: fact.id,
        part: null,
        verdict: has(fact.terms, 'lateReason') ? { is: 'kept' } : inTime(fact.recordedAt, due),
        facts: [fact.id],
      };
    }),
};
