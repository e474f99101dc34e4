import { issuerSide } from '../issuer-side.js';
import { factsOf, has } from '../matter.js';
import { required, type Rule } from '../rule.js';

export const chd01: Rule = {
  id: 'CHD-01',
  version: 1,
  statement: {
    en: 'Every disclosure names the age band; for a minor, an intelligence service names the threshold that it found met.',
    de: 'Jede Übermittlung nennt die Altersgruppe; Nachrichtendienste nennen bei Minderjährigen die Schwelle, die sie als erreicht ansehen.',
  },
  compliant: {
    en: 'Give the age band and, for a minor, the threshold of the law of the services; else nothing is passed on.',
    de: 'Die Altersgruppe angeben, bei Minderjährigen auch die Schwelle nach dem Recht der Nachrichtendienste; sonst unterbleibt die Übermittlung.',
  },
  sources: ['GDPR recital 38', 'BVerfSchG § 24'],
  severity: 'urgent',
  basis: 'policy',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').map((disclosure) => {
      const { id, occurredAt, terms } = disclosure;
      const side = issuerSide(disclosure, then(disclosure).registry);
      const isMet = side.regime !== 'NATSEC' || !has(terms, 'minor') || has(terms, 'threshold');
      const verdict = required(has(terms, 'ageBand') && isMet, occurredAt);
      return { side, entry: id, part: null, verdict, facts: [id] };
    }),
};
