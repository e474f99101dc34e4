import { agenciesIn, isMissing } from '#catalogue';
import type { AgencyId } from '#kernel';
import { assessmentsOf, awareness, judgedSpan, told } from '../breach.js';
import type { Done } from '../done.js';
import { dutySpans, type DutySaid } from '../duty-spans.js';
import { factsOf, type Fact } from '../matter.js';
import type { Rule } from '../rule.js';

/** The law says "without undue delay"; three working days are how the network reads it. */
export const bre02: Rule = {
  id: 'BRE-02',
  version: 1,
  statement: {
    en: 'Bodies whose shared data are affected by a breach are told without undue delay.',
    de: 'Stellen, deren gemeinsam genutzte Daten von einer Verletzung betroffen sind, werden unverzüglich unterrichtet.',
  },
  compliant: {
    en: 'Each partner affected is told, or it turns out in time that it is not affected.',
    de: 'Jede betroffene Partnerstelle ist unterrichtet, oder es zeigt sich rechtzeitig, dass sie nicht betroffen ist.',
  },
  sources: ['LED 30(6)', 'GDPR 33(2)'],
  severity: 'high',
  basis: 'law',
  deadline: { workingDays: 3 },
  applies: true,
  about: 'breach',
  reads: ['BreachDetected', 'BreachAssessed', 'BreachNotified'],
  judge: (matter, then) =>
    factsOf(matter, 'BreachDetected').flatMap((breach) => {
      const moments = [
        awareness(breach),
        ...assessmentsOf(matter, breach).map((by): Done => ({ at: by.occurredAt, by })),
      ];
      const partners = new Set(moments.flatMap(({ by }) => agenciesIn(by.terms, 'partnersAffected')));
      const judged = [...partners]
        .filter((partner) => partner !== breach.issuer)
        .sort()
        .flatMap((partner) =>
          dutySpans(moments.flatMap((one) => saidOf(one, partner))).map((span) => {
            const notice = told(matter, breach, 'partner', partner);
            return judgedSpan(span, notice, { matter, breach, part: partner, inForce: then(span.from.by) });
          }),
        );
      const open = dutySpans(moments.flatMap(unsaid)).map((span) =>
        judgedSpan(span, null, { matter, breach, part: '/partnersAffected', inForce: then(span.from.by) }),
      );
      return [...judged, ...open];
    }),
};

/** A list that names a partner or leaves it out. At first, whom it does not name may still turn out to be affected. */
function saidOf({ at, by }: Done, partner: AgencyId): readonly DutySaid[] {
  if (!Array.isArray(by.terms['partnersAffected'])) return [];
  const isOwed = agenciesIn(by.terms, 'partnersAffected').includes(partner);
  return isOwed || isAssessment(by) ? [{ at, by, isOwed }] : [];
}

/** An assessment that does not say who is affected owes it. */
function unsaid({ at, by }: Done): readonly DutySaid[] {
  const list = by.terms['partnersAffected'];
  if (!isAssessment(by) || !(isMissing(list) || Array.isArray(list))) return [];
  return [{ at, by, isOwed: isMissing(list) }];
}

const isAssessment = ({ type }: Fact): boolean => type === 'BreachAssessed';
