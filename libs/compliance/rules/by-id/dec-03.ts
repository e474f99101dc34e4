import { agencyIn, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import { factsOf, has, type Fact, type Matter } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';
import { withLinked } from '../with-linked.js';

const types = ['RequestDecided', 'DecisionRecorded', 'DecisionReversed'];

export const dec03: Rule = {
  id: 'DEC-03',
  version: 1,
  statement: {
    en: 'Who decides may do so in that function, and is not who asked.',
    de: 'Wer entscheidet, ist in dieser Funktion dazu befugt und hat nicht selbst ersucht.',
  },
  compliant: {
    en: 'Somebody entitled on the other side decides, and the entry says who and in which function.',
    de: 'Auf der anderen Seite entscheidet eine befugte Person; der Eintrag nennt sie und ihre Funktion.',
  },
  sources: ['GDPR 29', 'GDPR 32(4)'],
  severity: 'high',
  basis: 'policy',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationRequested', ...types],
  judge: (matter) =>
    factsOf(matter, ...types).map((decision) => ({
      side: senderOf(decision),
      entry: decision.id,
      part: null,
      verdict: required(isAuthorised(decision) && isIndependent(decision, matter), decision.occurredAt),
      facts: [decision.id],
    })),
};

/** Which function may decide what only the agency knows: it says so, or at least who decided as what. */
const isAuthorised = ({ terms }: Fact): boolean =>
  has(terms, 'decidedBy', 'decidedByFunction') && (terms['deciderAuthorised'] ?? true) === true;

function isIndependent({ issuer, terms }: Fact, matter: Matter): boolean {
  const said = terms['deciderIndependent'];
  if (said !== undefined) return said === true;
  return agencyIn(terms, 'requester') !== issuer && !askedItself(issuer, textIn(terms, 'request'), matter);
}

/** Who recorded a request is known also where what it said is erased. */
function askedItself(agency: AgencyId, request: string | null, matter: Matter): boolean {
  if (request !== null) {
    return withLinked(matter, request).entries.some(({ id, issuer }) => id === request && issuer === agency);
  }
  const requests = factsOf(matter, 'InformationRequested');
  return requests.length > 0 && requests.every(({ issuer }) => issuer === agency);
}
