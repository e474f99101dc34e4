import { textIn } from '#catalogue';
import { factsOf, has, type Fact } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

const types = [
  'RequestDecided',
  'DecisionRecorded',
  'DecisionReversed',
  'ConferenceDecisionRecorded',
  'OnwardSharingPermitted',
  'OnwardSharingRefused',
];

/** By these nothing is granted or refused. */
const otherwise: readonly (string | null)[] = ['redirect', 'defer', 'not-held'];

export const dec01: Rule = {
  id: 'DEC-01',
  version: 1,
  statement: {
    en: 'Every grant, partial grant and refusal has a reason.',
    de: 'Jede Bewilligung, teilweise Bewilligung und Ablehnung ist begründet.',
  },
  compliant: {
    en: 'The reason is recorded with the decision, or in a correction of it.',
    de: 'Die Begründung wird mit der Entscheidung festgehalten oder in einer Berichtigung nachgetragen.',
  },
  sources: ['GDPR 5(2)', 'ICO data sharing code, decision form'],
  severity: 'urgent',
  basis: 'policy',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: types,
  judge: (matter) =>
    factsOf(matter, ...types)
      .filter(grantsOrRefuses)
      .map((decision) => ({
        side: senderOf(decision),
        entry: decision.id,
        part: null,
        verdict: required(has(decision.terms, 'justification'), decision.occurredAt),
        facts: [decision.id],
      })),
};

/** A decision that does not say how it was decided may have granted or refused. */
const grantsOrRefuses = ({ type, terms }: Fact): boolean =>
  type !== 'RequestDecided' || !otherwise.includes(textIn(terms, 'decision'));
