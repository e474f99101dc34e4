import { agenciesIn, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import { decisionsBefore } from '../decisions-before.js';
import { issuerSide } from '../issuer-side.js';
import { factsOf, partsOf, type Fact, type Matter } from '../matter.js';
import { required, type Judgement, type Rule, type Then } from '../rule.js';
import { recipientOf } from '../side.js';
import { isDutyToReport } from '../social-data.js';
import { unlessErased } from '../unless-erased.js';

const allowed: readonly (string | null)[] = ['identity', 'address', 'employer'];

/** Applies only under a pack of bodies that are bound by social secrecy. */
export const soc01: Rule = {
  id: 'SOC-01',
  version: 2,
  statement: {
    en: 'Social data go to intelligence services and the Federal Criminal Police Office only as identity, address and employer, by decision of the head of the office.',
    de: 'Sozialdaten gehen an Nachrichtendienste und Bundeskriminalamt nur als Identität, Anschrift und Arbeitgeber; die Behördenleitung oder ihre Stellvertretung entscheidet.',
  },
  compliant: {
    en: 'Leave out everything else; the head of the office or the deputy decides, and that is recorded. The duty to report planned crimes stays.',
    de: 'Alles andere bleibt weg; Leitung oder Stellvertretung entscheidet, und das ist festgehalten. Die Anzeigepflicht bei geplanten Straftaten bleibt.',
  },
  sources: ['SGB X § 72'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: false,
  about: 'exchange',
  reads: ['RequestDecided', 'InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed')
      .filter((disclosure) => !isDutyToReport(disclosure.terms) && goesToServices(disclosure, then(disclosure)))
      .flatMap((disclosure) => judged(disclosure, matter, then(disclosure))),
};

/** What is passed on is judged item by item; who decided, of the whole. */
function judged(disclosure: Fact, matter: Matter, { registry }: Then): readonly Judgement[] {
  const { id, occurredAt, terms } = disclosure;
  const about = { side: issuerSide(disclosure, registry), entry: id };
  const decisions = decisionsBefore(disclosure, matter).filter((one) => one.terms['decidedByHead'] === true);
  const isDecided = terms['decidedByHead'] === true || decisions.length > 0;
  return [
    {
      ...about,
      part: null,
      verdict: unlessErased(required(isDecided, occurredAt), matter),
      facts: [id, ...decisions.map((one) => one.id)],
    },
    ...partsOf(terms, 'items').map((item, place) => ({
      ...about,
      part: `/items/${place}`,
      verdict: required(allowed.includes(textIn(item, 'dataCategory') ?? ''), occurredAt),
      facts: [id],
    })),
  ];
}

const goesToServices = (disclosure: Fact, { registry }: Then): boolean =>
  agenciesIn(disclosure.terms, 'recipients').some((recipient) => isService(disclosure, recipient, registry));

/** Intelligence services, and the police of the federation. */
function isService(disclosure: Fact, recipient: AgencyId, registry: Then['registry']): boolean {
  const { regime, pack } = recipientOf(disclosure, recipient, registry);
  const kind = registry.kindOf(recipient);
  return regime === 'NATSEC' || kind === 'domestic-intelligence' || (kind === 'police' && pack === 'DE-BDSG3');
}
