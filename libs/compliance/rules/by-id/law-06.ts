import { isObject, textIn } from '#catalogue';
import { factsOf, type Fact } from '../matter.js';
import { isPublicBody } from '../public-body.js';
import { required, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

/** Where an entry says on what its own agency relies. */
const ownBasis: Readonly<Record<string, string>> = {
  InformationRequested: 'legalBasisCollect',
  RequestDecided: 'legalBasisTransmit',
  InformationDisclosed: 'legalBasisTransmit',
  DisclosureReceived: 'legalBasisCollect',
  InformationConsulted: 'legalBasis',
  ProcessingOperationLogged: 'legalBasis',
};
const types = Object.keys(ownBasis);

export const law06: Rule = {
  id: 'LAW-06',
  version: 1,
  statement: {
    en: 'A public body does not rely on legitimate interests for its tasks.',
    de: 'Eine öffentliche Stelle stützt sich bei ihren Aufgaben nicht auf berechtigte Interessen.',
  },
  compliant: {
    en: 'The provision that gives the body its task or its power is cited instead.',
    de: 'Stattdessen wird die Vorschrift genannt, aus der sich Aufgabe oder Befugnis ergibt.',
  },
  sources: ['GDPR 6(1) last subparagraph'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: types,
  judge: (matter, then) =>
    factsOf(matter, ...types)
      .filter((fact) => isPublicBody(then(fact).registry.kindOf(fact.issuer)))
      .flatMap((fact) => {
        const code = basisOf(fact);
        if (code === null) return [];
        const verdict = required(code !== 'GDPR-A6-1-f', fact.occurredAt);
        return [{ side: senderOf(fact), entry: fact.id, part: null, verdict, facts: [fact.id] }];
      }),
};

function basisOf({ type, terms }: Fact): string | null {
  const basis = terms[ownBasis[type] ?? ''];
  return isObject(basis) ? textIn(basis, 'code') : null;
}
