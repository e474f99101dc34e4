import { agenciesIn, textIn } from '#catalogue';
import { erasedOf, factsOf, partsOf, textsOf, type Fact, type Matter } from '../matter.js';
import { isRefusal, ownFacts } from '../rights-request.js';
import { required, type Judgement, type Rule } from '../rule.js';
import { senderOf } from '../side.js';

/** Rights by which a person learns who received data: GDPR 15(1)(c), 19. */
const rights: ReadonlySet<string | null> = new Set(['access', 'recipients-told']);

/** What an answer can say of recipients. */
const naming = ['covers', 'recipientsNamed', 'recipientsOmitted'] as const;

/**
 * Every recipient of what the search found is named, or it is said by a code why not. An answer that speaks neither of
 * disclosures nor of recipients does not show it; one with nothing to name says so by an empty list.
 */
export const dsr02: Rule = {
  id: 'DSR-02',
  version: 1,
  statement: {
    en: 'The answer to a person names the actual recipients.',
    de: 'Die Auskunft nennt die tatsächlichen Empfänger.',
  },
  compliant: {
    en: 'Each body that received something is named, or the reason for leaving it out is recorded.',
    de: 'Jede Stelle, die etwas erhalten hat, ist genannt, oder es ist festgehalten, warum sie fehlt.',
  },
  sources: ['GDPR 15(1)(c)', 'CJEU C-154/21'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'rights-request',
  reads: ['RightsRequestReceived', 'RightsRequestDecided', 'InformationDisclosed'],
  judge: (matter) =>
    factsOf(matter, 'RightsRequestReceived')
      .filter(({ terms }) => rights.has(textIn(terms, 'right')))
      .flatMap((request) =>
        ownFacts(matter, request, 'RightsRequestDecided')
          .filter((decision) => !isRefusal(decision))
          .flatMap((decision) => judged(decision, request, matter)),
      ),
};

function judged(decision: Fact, request: Fact, matter: Matter): readonly Judgement[] {
  const { id, occurredAt, terms } = decision;
  const common = { side: senderOf(decision), entry: id };
  const facts = [id, request.id];
  const isSilent = naming.every((name) => !Array.isArray(terms[name]));
  if (isSilent) {
    const owes = textIn(terms, 'outcome') !== 'nothing-held';
    return owes ? [{ ...common, part: null, verdict: required(false, occurredAt), facts }] : [];
  }
  const answered = new Set([...agenciesIn(terms, 'recipientsNamed'), ...omittedIn(decision)]);
  const found = textsOf(terms, 'covers').map((disclosureId) => foundBy(decision, disclosureId, matter));
  const lost = found.flatMap(({ isErased }, place): Judgement[] =>
    isErased ? [{ ...common, part: `/covers/${place}`, verdict: { is: 'not-decidable' }, facts }] : [],
  );
  const disclosures = found.flatMap((one) => one.disclosures);
  const recipients = [...new Set(disclosures.flatMap((one) => agenciesIn(one.terms, 'recipients')))].sort();
  const named = recipients.map((recipient): Judgement => ({
    ...common,
    part: recipient,
    verdict: required(answered.has(recipient), occurredAt),
    facts: [
      ...facts,
      ...disclosures.filter((one) => agenciesIn(one.terms, 'recipients').includes(recipient)).map((one) => one.id),
    ],
  }));
  return [...named, ...lost];
}

/** Recipients that are left out for a reason that is said. */
const omittedIn = ({ terms }: Fact): readonly string[] =>
  partsOf(terms, 'recipientsOmitted')
    .filter((omitted) => textIn(omitted, 'omission') !== null)
    .flatMap((omitted) => agenciesIn(omitted, 'recipient'));

/** The agency's own disclosure of that name: what it received from others has no recipients of its own. */
function foundBy({ issuer }: Fact, disclosureId: string, { linked }: Matter) {
  const exchange = linked.get(disclosureId) ?? { entries: [] };
  const disclosures = factsOf(exchange, 'InformationDisclosed').filter(
    (one) => one.issuer === issuer && textIn(one.terms, 'disclosureId') === disclosureId,
  );
  return { disclosures, isErased: disclosures.length === 0 && erasedOf(exchange).length > 0 };
}
