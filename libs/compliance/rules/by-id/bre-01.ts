import { textIn } from '#catalogue';
import { assessmentsOf, awareness, judgedSpan, told } from '../breach.js';
import { dutySpans, type DutySaid } from '../duty-spans.js';
import { factsOf, has, type Fact } from '../matter.js';
import type { Rule } from '../rule.js';

/** Where the risk is found unlikely and is found to exist later, the 72 hours run again from then. */
export const bre01: Rule = {
  id: 'BRE-01',
  version: 1,
  statement: {
    en: 'A breach is notified to the supervisory authority, or it is reasoned why a risk is unlikely.',
    de: 'Eine Datenschutzverletzung wird der Aufsichtsbehörde gemeldet, oder es ist begründet, warum kein Risiko zu erwarten ist.',
  },
  compliant: {
    en: 'Notify within 72 hours of becoming aware, in part where more follows; a later notification gives its reasons.',
    de: 'Meldung binnen 72 Stunden nach Bekanntwerden, notfalls schrittweise; eine spätere Meldung nennt die Gründe.',
  },
  sources: ['GDPR 33(1)', 'LED 30(1)', 'BDSG § 65†'],
  severity: 'urgent',
  basis: 'law',
  deadline: { hours: 72 },
  applies: true,
  about: 'breach',
  reads: ['BreachDetected', 'BreachAssessed', 'BreachNotified'],
  judge: (matter, then) =>
    factsOf(matter, 'BreachDetected').flatMap((breach) => {
      const notice = told(matter, breach, 'authority');
      const said = [{ ...awareness(breach), isOwed: true }, ...assessmentsOf(matter, breach).flatMap(saidOf)];
      return dutySpans(said).map((span) =>
        judgedSpan(span, notice, { matter, breach, part: null, inForce: then(span.from.by) }),
      );
    }),
};

/** "Unlikely" without a reason frees from nothing and says nothing. */
function saidOf(assessment: Fact): readonly DutySaid[] {
  const risk = textIn(assessment.terms, 'riskLevel');
  if (risk === null || (risk === 'unlikely' && !has(assessment.terms, 'justification'))) return [];
  return [{ at: assessment.occurredAt, by: assessment, isOwed: risk !== 'unlikely' }];
}
