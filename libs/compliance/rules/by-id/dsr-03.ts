import { textIn } from '#catalogue';
import { factsOf, has } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

/** Outcomes by which nothing is refused. A decision that does not say its outcome may be a refusal. */
const refusingNothing: ReadonlySet<string | null> = new Set(['granted', 'nothing-held']);

export const dsr03: Rule = {
  id: 'DSR-03',
  version: 1,
  statement: {
    en: 'The reasons of a refusal are documented and open to the supervisor.',
    de: 'Die Gründe einer Ablehnung sind dokumentiert und für die Aufsicht einsehbar.',
  },
  compliant: {
    en: 'The factual or legal reasons are recorded with the decision, also where the person is not told them.',
    de: 'Die sachlichen oder rechtlichen Gründe sind mit der Entscheidung festgehalten, auch wenn die Person sie nicht erfährt.',
  },
  sources: ['LED 15(4)', 'GDPR 12(4)'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'rights-request',
  reads: ['RightsRequestDecided'],
  judge: (matter) =>
    factsOf(matter, 'RightsRequestDecided')
      .filter(({ terms }) => !refusingNothing.has(textIn(terms, 'outcome')))
      .map((decision) => ({
        side: senderOf(decision),
        entry: decision.id,
        part: null,
        verdict: required(has(decision.terms, 'justification'), decision.occurredAt),
        facts: [decision.id],
      })),
};
