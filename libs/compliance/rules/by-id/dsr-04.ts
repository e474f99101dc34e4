import { agenciesIn, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import { isService } from '../is-service.js';
import { factsOf, textsOf, type Fact, type Matter } from '../matter.js';
import { required, type Judgement, type Rule, type Then } from '../rule.js';
import { senderOf } from '../side.js';
import { unlessErased } from '../unless-erased.js';
import { withLinked, type Known } from '../with-linked.js';

const types = ['RightsRequestDecided', 'DataSubjectInformed'];

/** German law; applies under a pack that says so. Answers to a request, and notices that name recipients. */
export const dsr04: Rule = {
  id: 'DSR-04',
  version: 1,
  statement: {
    en: 'An intelligence service that received data is named to the person only with its consent.',
    de: 'Ein Nachrichtendienst, der Daten erhalten hat, wird der Person nur mit seiner Zustimmung genannt.',
  },
  compliant: {
    en: 'The service is asked first; without its consent it is left out of the answer.',
    de: 'Der Dienst wird vorher gefragt; ohne seine Zustimmung bleibt er in der Auskunft ungenannt.',
  },
  sources: ['BDSG § 56(3)†, § 57(5)†', 'SGB X § 83(5)'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: false,
  about: ['rights-request', 'deferral', 'exchange'],
  reads: [...types, 'OriginatorConsentAsked', 'OriginatorConsentAnswered', 'InformationDisclosed'],
  judge: (matter, then) => factsOf(matter, ...types).flatMap((answer) => judged(answer, matter, then(answer))),
};

function judged(answer: Fact, matter: Matter, { registry }: Then): readonly Judgement[] {
  const { id, occurredAt, terms } = answer;
  const asked = textsOf(terms, 'originatorConsents');
  const covers = textsOf(terms, 'covers');
  const known = withLinked(matter, ...asked, ...covers);
  const services = agenciesIn(terms, 'recipientsNamed').filter((one) => isService(one, registry));
  return [...new Set(services)].map((service) => {
    const toService = covers.filter((one) => wentTo(service, one, known));
    const consents = asked.flatMap((one) => consentOf(service, one, { known, until: occurredAt }));
    const agreed = new Set(consents.flatMap((one) => one.covers));
    const isAgreed = consents.length > 0 && toService.every((one) => agreed.has(one));
    return {
      side: senderOf(answer),
      entry: id,
      part: service,
      verdict: unlessErased(required(isAgreed, occurredAt), known),
      facts: [id, ...consents.flatMap((one) => one.facts)],
    };
  });
}

const wentTo = (service: AgencyId, disclosureId: string, known: Known): boolean =>
  factsOf(known, 'InformationDisclosed').some(
    ({ terms }) => textIn(terms, 'disclosureId') === disclosureId && agenciesIn(terms, 'recipients').includes(service),
  );

/** What a service last said when it was asked, where that was yes: to what it names, else to all it was asked about. */
function consentOf(
  service: AgencyId,
  askedIn: string,
  { known, until }: { readonly known: Known; readonly until: Fact['occurredAt'] },
) {
  const asked = factsOf(known, 'OriginatorConsentAsked').find(({ id }) => id === askedIn);
  const said = factsOf(known, 'OriginatorConsentAnswered')
    .filter((one) => textIn(one.terms, 'originatorConsent') === askedIn)
    .findLast((one) => one.issuer === service && one.occurredAt <= until);
  if (said?.terms['consents'] !== true) return [];
  const covers = 'covers' in said.terms ? textsOf(said.terms, 'covers') : textsOf(asked?.terms ?? {}, 'covers');
  return [{ covers, facts: [...(asked ? [asked.id] : []), said.id] }];
}
