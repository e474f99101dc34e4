import { agenciesIn, textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import { isCited } from '../is-cited.js';
import { factsOf, partsOf } from '../matter.js';
import { isPublicBody } from '../public-body.js';
import { required, type Rule } from '../rule.js';
import { isCriminal } from '../sensitive-data.js';
import { senderOf } from '../side.js';

/** Consent, a contract, vital or legitimate interests are no law that authorises it. */
const withoutLaw: readonly string[] = ['GDPR-A6-1-a', 'GDPR-A6-1-b', 'GDPR-A6-1-d', 'GDPR-A6-1-f'];

export const law05: Rule = {
  id: 'LAW-05',
  version: 1,
  statement: {
    en: 'Data on criminal offences go to a body that is no authority only where a law authorises it.',
    de: 'Daten über Straftaten gehen an nichtbehördliche Stellen nur, wenn ein Gesetz es zulässt.',
  },
  compliant: {
    en: 'The law that authorises it is cited, or data on offences, charges, convictions and detention are left out.',
    de: 'Das Gesetz, das es zulässt, ist genannt, oder Daten über Straftaten, Anklagen, Verurteilungen und Haft bleiben weg.',
  },
  sources: ['GDPR 10'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed')
      .filter(({ terms }) => partsOf(terms, 'items').some(isCriminal))
      .flatMap((disclosure) => {
        const { registry } = then(disclosure);
        return agenciesIn(disclosure.terms, 'recipients')
          .filter((recipient) => !isPublicBody(registry.kindOf(recipient)))
          .map((recipient) => ({
            side: senderOf(disclosure),
            entry: disclosure.id,
            part: recipient,
            verdict: required(restsOnLaw(disclosure.terms), disclosure.occurredAt),
            facts: [disclosure.id],
          }));
      }),
};

function restsOnLaw({ legalBasisTransmit: basis }: JsonObject): boolean {
  return isCited(basis) && !withoutLaw.includes(textIn(basis, 'code') ?? '');
}
