import { issuerSide } from '../issuer-side.js';
import { factsOf } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { isDutyToReport } from '../social-data.js';

/** Applies only under a pack of bodies that are bound by social secrecy; of these it binds youth welfare. */
export const soc02: Rule = {
  id: 'SOC-02',
  version: 1,
  statement: {
    en: 'Youth welfare passes on social data only where that does not endanger the success of its help.',
    de: 'Die Jugendhilfe übermittelt Sozialdaten nur, soweit dadurch der Erfolg ihrer Hilfe nicht in Frage gestellt wird.',
  },
  compliant: {
    en: 'Weigh before the transmission whether the help is endangered, and record that it is not; else refuse.',
    de: 'Vor der Übermittlung abwägen, ob die Hilfe gefährdet wird, und festhalten, dass sie es nicht ist; sonst ablehnen.',
  },
  sources: ['SGB VIII § 64(2)'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: false,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed')
      .filter((fact) => then(fact).registry.kindOf(fact.issuer) === 'youth-welfare' && !isDutyToReport(fact.terms))
      .map((disclosure) => ({
        side: issuerSide(disclosure, then(disclosure).registry),
        entry: disclosure.id,
        part: null,
        verdict: required(disclosure.terms['helpNotEndangered'] === true, disclosure.occurredAt),
        facts: [disclosure.id],
      })),
};
