import { agenciesIn } from '#catalogue';
import { issuerSide } from '../issuer-side.js';
import { factsOf, textsOf, type Fact } from '../matter.js';
import { required, type Rule, type Then } from '../rule.js';

/** Applies only under a pack of bodies that are bound by social secrecy. */
export const soc03: Rule = {
  id: 'SOC-03',
  version: 1,
  statement: {
    en: 'Who receives social data is told that it is bound by social secrecy from now on.',
    de: 'Stellen, die Sozialdaten empfangen, werden darauf hingewiesen, dass sie nun selbst an das Sozialgeheimnis gebunden sind.',
  },
  compliant: {
    en: 'Tell the condition “bound by social secrecy” with the disclosure.',
    de: 'Die Auflage „an das Sozialgeheimnis gebunden“ mit der Übermittlung mitteilen.',
  },
  sources: ['SGB X § 78'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: false,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed')
      .filter((disclosure) => leavesSocialLaw(disclosure, then(disclosure)))
      .map((disclosure) => ({
        side: issuerSide(disclosure, then(disclosure).registry),
        entry: disclosure.id,
        part: null,
        verdict: required(textsOf(disclosure.terms, 'conditions').includes('social-secrecy'), disclosure.occurredAt),
        facts: [disclosure.id],
      })),
};

/** Bodies of social law are bound anyway. */
const leavesSocialLaw = ({ terms }: Fact, { registry }: Then): boolean =>
  agenciesIn(terms, 'recipients').some((recipient) => registry.packOf(recipient) !== 'DE-SGB');
