import { issuerSide } from '../issuer-side.js';
import { factsOf, has, type Fact } from '../matter.js';
import { required, type Rule } from '../rule.js';

const types = ['RightsRequestDecided', 'IdentityResolved'];

/** Answers to a person, and identities of staff that were resolved for such an answer. */
export const dsr05: Rule = {
  id: 'DSR-05',
  version: 1,
  statement: {
    en: 'Who of the staff acted is told to the person only after a balancing of interests.',
    de: 'Welche Beschäftigten gehandelt haben, erfährt die Person nur nach einer Interessenabwägung.',
  },
  compliant: {
    en: 'Names are left out unless the person needs them to exercise rights; the balancing is recorded.',
    de: 'Namen bleiben weg, es sei denn, die Person braucht sie zur Rechtsausübung; die Abwägung ist festgehalten.',
  },
  sources: ['CJEU C-579/21'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: true,
  about: ['rights-request', 'exchange'],
  reads: types,
  judge: (matter, then) =>
    factsOf(matter, ...types)
      .filter(mayNameStaff)
      .map((fact) => ({
        side: issuerSide(fact, then(fact).registry),
        entry: fact.id,
        part: null,
        verdict: required(has(fact.terms, 'balancing'), fact.occurredAt),
        facts: [fact.id],
      })),
};

/** An answer that does not say whether it names staff may do so. */
const mayNameStaff = ({ type, terms }: Fact): boolean =>
  type === 'IdentityResolved'
    ? terms['kind'] === 'staff' && terms['accessPurpose'] === 'rights-request'
    : terms['staffNamed'] !== false;
