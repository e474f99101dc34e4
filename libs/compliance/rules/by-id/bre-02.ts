import { isMissing } from '#catalogue';
import { assessmentsOf, awareness, judgedSpan, told } from '../breach.js';
import type { Done } from '../done.js';
import { dutySpans, type DutySaid } from '../duty-spans.js';
import { issuerSide } from '../issuer-side.js';
import { factsOf, textsOf, type Fact, type Matter } from '../matter.js';
import type { Judgement, Rule, Then } from '../rule.js';

/** The law says "without undue delay"; three working days are how the network reads it. */
export const bre02: Rule = {
  id: 'BRE-02',
  version: 2,
  statement: {
    en: 'Bodies whose shared data are affected by a breach, and in law enforcement other Member States, are told without undue delay.',
    de: 'Stellen, deren gemeinsam genutzte Daten von einer Verletzung betroffen sind, und bei Polizei und Justiz auch andere Mitgliedstaaten werden unverzüglich unterrichtet.',
  },
  compliant: {
    en: 'Each partner and each state affected is told, or it turns out in time that it is not affected.',
    de: 'Jede betroffene Partnerstelle und jeder betroffene Staat ist unterrichtet, oder es zeigt sich rechtzeitig, dass sie nicht betroffen sind.',
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
      const known: Known = { matter, breach, moments, inForce: then };
      const lists = affectedBy(breach, then(breach));
      return [...lists.flatMap((one) => named(one, known)), ...lists.flatMap((one) => open(one, known))];
    }),
};

/** Who is affected: a list in a breach or in its assessments, and the one in a notice that says who was told. */
interface Affected {
  readonly list: string;
  readonly toldIn: 'recipients' | 'states';
  /** the body itself, and its country: no others */
  readonly own: string;
  readonly partOf: (name: string) => string;
}

/** Only the directive asks for other states: LED 30(6). */
function affectedBy(breach: Fact, inForce: Then): readonly Affected[] {
  const side = issuerSide(breach, inForce.registry);
  const partners: Affected = {
    list: 'partnersAffected',
    toldIn: 'recipients',
    own: breach.issuer,
    partOf: (name) => name,
  };
  if (side.regime !== 'LED') return [partners];
  const states: Affected = {
    list: 'statesAffected',
    toldIn: 'states',
    own: inForce.country(side),
    partOf: (name) => `/statesAffected/${name}`,
  };
  return [partners, states];
}

interface Known {
  readonly matter: Matter;
  readonly breach: Fact;
  /** when something was said of who is affected */
  readonly moments: readonly Done[];
  readonly inForce: (entry: Fact) => Then;
}

function named(
  { list, toldIn, own, partOf }: Affected,
  { matter, breach, moments, inForce }: Known,
): readonly Judgement[] {
  return [...new Set(moments.flatMap(({ by }) => textsOf(by.terms, list)))]
    .filter((name) => name !== own)
    .sort()
    .flatMap((name) =>
      dutySpans(moments.flatMap((one) => saidOf(one, list, name))).map((span) => {
        const notice = told(matter, breach, 'partner', name, toldIn);
        return judgedSpan(span, notice, { matter, breach, part: partOf(name), inForce: inForce(span.from.by) });
      }),
    );
}

const open = ({ list }: Affected, { matter, breach, moments, inForce }: Known): readonly Judgement[] =>
  dutySpans(moments.flatMap((one) => unsaid(one, list))).map((span) =>
    judgedSpan(span, null, { matter, breach, part: `/${list}`, inForce: inForce(span.from.by) }),
  );

/** A list that has a name or leaves it out. At first, whom it does not name may still turn out to be affected. */
function saidOf({ at, by }: Done, list: string, name: string): readonly DutySaid[] {
  if (!Array.isArray(by.terms[list])) return [];
  const isOwed = textsOf(by.terms, list).includes(name);
  return isOwed || isAssessment(by) ? [{ at, by, isOwed }] : [];
}

/** An assessment that says it does not know who is affected owes it. */
function unsaid({ at, by }: Done, list: string): readonly DutySaid[] {
  const value = by.terms[list];
  if (!isAssessment(by) || !(isMissing(value) || Array.isArray(value))) return [];
  return [{ at, by, isOwed: isMissing(value) }];
}

const isAssessment = ({ type }: Fact): boolean => type === 'BreachAssessed';
