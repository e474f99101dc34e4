import { agenciesIn, isMissing } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import { agreedTimeLimit, clausesByRole, dueAs } from '../agreed-time-limit.js';
import { lastDecisions } from '../decisions-before.js';
import { issuerSide } from '../issuer-side.js';
import { factsOf, textsOf, type Fact, type Matter } from '../matter.js';
import { earliest } from '../moments.js';
import { inTime, required, type Judgement, type Rule, type Then, type Verdict } from '../rule.js';
import { isSameDisclosure } from '../same-disclosure.js';
import { recipientOf } from '../side.js';
import { unlessErased } from '../unless-erased.js';

export const con01: Rule = {
  id: 'CON-01',
  version: 3,
  statement: {
    en: 'Handling conditions are told with the disclosure, and the recipient accepts them.',
    de: 'Auflagen werden mit der Übermittlung mitgeteilt, und die empfangende Stelle nimmt sie an.',
  },
  compliant: {
    en: 'Every condition decided or agreed on goes with the disclosure; the recipient accepts each within the time limit.',
    de: 'Jede beschlossene oder vereinbarte Auflage geht mit der Übermittlung; die empfangende Stelle nimmt jede fristgerecht an.',
  },
  sources: ['LED 9(3)'],
  severity: 'high',
  basis: 'policy',
  deadline: { workingDays: 5 },
  applies: true,
  about: 'exchange',
  reads: ['RequestDecided', 'InformationDisclosed', 'DisclosureReceived', 'ConditionsAccepted'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) =>
      [...new Set(agenciesIn(disclosure.terms, 'recipients'))]
        .filter((recipient) => recipient !== disclosure.issuer)
        .flatMap((recipient) => [
          ...telling(disclosure, recipient, matter, then(disclosure)),
          ...accepting(disclosure, recipient, matter, then(disclosure)),
        ]),
    ),
};

/**
 * What was decided for the request goes along, and what the clauses set that cover its items, each item's own. What goes
 * with some role of the person is enough: which one it has is said outside of `terms`.
 */
function telling(disclosure: Fact, recipient: AgencyId, matter: Matter, { registry }: Then): readonly Judgement[] {
  const { id, issuer, occurredAt, terms } = disclosure;
  const decisions = lastDecisions(disclosure, matter);
  const byRole = clausesByRole(disclosure, { from: issuer, to: recipient }, registry).map((some) =>
    some.filter((one) => textsOf(one.terms, 'conditions').length > 0),
  );
  const isUnsaid = isMissing(terms['conditions']);
  const conditions = textsOf(terms, 'conditions');
  const areTold = (some: readonly string[]): boolean => some.every((one) => conditions.includes(one));
  const clauses =
    byRole.find((some) => some.every((one) => areTold(textsOf(one.terms, 'conditions')))) ?? byRole[0] ?? [];
  const owed = [...decisions, ...clauses].flatMap((one) => textsOf(one.terms, 'conditions'));
  if (owed.length === 0 && !isUnsaid) return [];
  const verdict = required(!isUnsaid && areTold(owed), occurredAt);
  const facts = [id, ...decisions.map((one) => one.id)];
  const clause = clauses.find((one) => !areTold(textsOf(one.terms, 'conditions'))) ?? clauses[0];
  const cited = clause?.reference ? { clause: clause.reference } : {};
  const side = issuerSide(disclosure, registry);
  // The directive has conditions told; that they are accepted is asked by the network alone.
  const basis = side.regime === 'LED' ? { basis: 'law' as const } : {};
  return [{ side, entry: id, part: recipient, verdict, facts, deadline: 'at-once', ...cited, ...basis }];
}

/** A condition that is rejected is not accepted; it may be later. */
function accepting(disclosure: Fact, recipient: AgencyId, matter: Matter, then: Then): readonly Judgement[] {
  const { id, issuer, occurredAt, terms } = disclosure;
  const conditions = textsOf(terms, 'conditions');
  if (conditions.length === 0) return [];
  const side = recipientOf(disclosure, recipient, then.registry);
  const agreed = agreedTimeLimit(disclosure, { from: issuer, to: recipient }, 'acceptance', then.registry);
  const { due, cited } = dueAs(agreed, { side, from: occurredAt, inForce: then });
  const answers = factsOf(matter, 'DisclosureReceived', 'ConditionsAccepted').filter(
    (one) => one.issuer === recipient && isSameDisclosure(one, disclosure),
  );
  const verdict = unlessErased(allInTime(conditions, answers, due), matter);
  return [{ side, entry: id, part: recipient, verdict, facts: [id, ...answers.map((one) => one.id)], ...cited }];
}

function allInTime(conditions: readonly string[], answers: readonly Fact[], due: Instant): Verdict {
  const moments = conditions.map((condition) =>
    earliest(
      answers
        .filter(({ terms }) => textsOf(terms, 'conditionsAccepted').includes(condition))
        .map(({ occurredAt }) => occurredAt),
    ),
  );
  if (moments.includes(null)) return inTime(null, due);
  return required(
    moments.every((moment) => moment !== null && moment <= due),
    due,
  );
}
