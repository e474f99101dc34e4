import { textIn } from '#catalogue';
import { assessmentsOf, judgedSpan, told } from '../breach.js';
import { dutySpans, type DutySaid } from '../duty-spans.js';
import { factsOf, has, type Fact } from '../matter.js';
import type { Rule } from '../rule.js';

/** The law says "without undue delay"; three working days are how the network reads it. */
export const bre03: Rule = {
  id: 'BRE-03',
  version: 1,
  statement: {
    en: 'Persons for whom a breach is a high risk are told of it, or the ground for not telling them is recorded.',
    de: 'Personen, für die eine Verletzung ein hohes Risiko bedeutet, werden benachrichtigt, oder der Grund dagegen ist festgehalten.',
  },
  compliant: {
    en: 'Tell them, one by one or in public, or record on which ground they are told later or not at all.',
    de: 'Einzeln oder öffentlich benachrichtigen oder festhalten, aus welchem Grund dies später oder gar nicht geschieht.',
  },
  sources: ['GDPR 34', 'LED 31'],
  severity: 'high',
  basis: 'law',
  deadline: { workingDays: 3 },
  applies: true,
  about: 'breach',
  reads: ['BreachDetected', 'BreachAssessed', 'BreachNotified'],
  judge: (matter, then) =>
    factsOf(matter, 'BreachDetected').flatMap((breach) => {
      const notice = told(matter, breach, 'subject');
      return dutySpans(assessmentsOf(matter, breach).flatMap(saidOf)).map((span) =>
        judgedSpan(span, notice, { matter, breach, part: null, inForce: then(span.from.by) }),
      );
    }),
};

function saidOf(assessment: Fact): readonly DutySaid[] {
  const risk = textIn(assessment.terms, 'riskLevel');
  const isExempt = has(assessment.terms, 'exemption');
  if (risk === null && !isExempt) return [];
  return [{ at: assessment.occurredAt, by: assessment, isOwed: risk === 'high' && !isExempt }];
}
