import { factsOf, has, type Fact } from '../matter.js';
import { required, type Judgement, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

/** Work on one case does not find so many records at once. No law says how many; the number is this product's. */
const mostRecords = 100;

export const acc01: Rule = {
  id: 'ACC-01',
  version: 1,
  statement: {
    en: 'A consultation belongs to a case and does not find masses of records.',
    de: 'Eine Abfrage gehört zu einem Fall und ist keine Massenabfrage.',
  },
  compliant: {
    en: `Name the case, and ask so that at most ${mostRecords} records are found; review what was different.`,
    de: `Den Fall nennen und so abfragen, dass höchstens ${mostRecords} Datensätze gefunden werden; Abweichungen werden geprüft.`,
  },
  sources: ['LED 29', 'GDPR 32', 'ICO guidance on logging'],
  severity: 'medium',
  basis: 'policy',
  // Unusual is what it is at once; this is how soon somebody reviews it.
  deadline: { workingDays: 5 },
  applies: true,
  about: 'exchange',
  reads: ['InformationConsulted'],
  judge: (matter) => factsOf(matter, 'InformationConsulted').flatMap(judged),
};

function judged(consultation: Fact): readonly Judgement[] {
  const { id, occurredAt, terms } = consultation;
  const matches = terms['matches'];
  const judgement = (part: string, isSo: boolean): Judgement => ({
    side: senderOf(consultation),
    entry: id,
    part,
    verdict: required(isSo, occurredAt),
    facts: [id],
  });
  return [
    judgement('/case', has(terms, 'case')),
    ...(typeof matches === 'number' ? [judgement('/matches', matches <= mostRecords)] : []),
  ];
}
