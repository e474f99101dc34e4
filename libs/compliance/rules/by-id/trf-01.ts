import { agenciesIn } from '#catalogue';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { transferOf } from '../third-country.js';

export const trf01: Rule = {
  id: 'TRF-01',
  version: 2,
  statement: {
    en: 'A transfer to a third country has a tool, an assessment and its documentation.',
    de: 'Eine Übermittlung in ein Drittland hat eine Grundlage, eine Bewertung und ihre Dokumentation.',
  },
  compliant: {
    en: 'The decision, contract or derogation relied on, its assessment, recipient, reasons and data are recorded before.',
    de: 'Angemessenheitsbeschluss, Garantie oder Ausnahme, Bewertung, Empfänger, Gründe und Daten sind vorher festgehalten.',
  },
  sources: ['GDPR 44-49', 'GDPR 49(6)', 'LED 35-39', 'LED 37(3)'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) => {
      const { id, occurredAt, terms } = disclosure;
      const side = issuerSide(disclosure, then(disclosure).registry);
      const transfer = transferOf(disclosure, side.regime);
      if (transfer === null) return [];
      const isDocumented = has(terms, 'justification', 'items') && agenciesIn(terms, 'recipients').length > 0;
      const verdict = required(isDocumented && has(transfer, 'country', 'tool', 'assessment'), occurredAt);
      return [{ side, entry: id, part: null, verdict, facts: [id] }];
    }),
};
