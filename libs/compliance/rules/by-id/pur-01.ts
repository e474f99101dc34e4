import { agenciesIn, isMissing, isObject, textIn } from '#catalogue';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has, partsOf, type Fact } from '../matter.js';
import type { RegistryState } from '../registry-state.js';
import { required, type Judgement, type Rule } from '../rule.js';
import { recipientOf, senderOf } from '../side.js';

/** Grounds on which data may serve another purpose: GDPR 6(4) (consent, law), LED 4(2), 9(1). */
const otherPurpose = new Set(['GDPR-A6-1-a', 'GDPR-A6-1-c', 'LED-A4-2', 'LED-A9-1']);

/** What an item was collected for is optional: an item that says nothing is not judged, one that says "unknown" is. */
export const pur01: Rule = {
  id: 'PUR-01',
  version: 2,
  statement: {
    en: 'Data are passed on for the purpose they were collected for, for a compatible one, or where a law allows it.',
    de: 'Daten werden für den Erhebungszweck, einen damit vereinbaren Zweck oder aufgrund einer Vorschrift übermittelt.',
  },
  compliant: {
    en: 'The new purpose is found compatible, or what allows it is cited: a provision, or consent.',
    de: 'Der neue Zweck ist als vereinbar geprüft, oder es ist genannt, was ihn erlaubt: eine Vorschrift oder die Einwilligung.',
  },
  sources: ['GDPR 5(1)(b)', 'GDPR 6(4)', 'LED 4(2)'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) => judged(disclosure, then(disclosure).registry)),
};

function judged(disclosure: Fact, registry: RegistryState): readonly Judgement[] {
  const { id, occurredAt, terms } = disclosure;
  const purpose = textIn(terms, 'purpose');
  const mayServeAnother = terms['purposeCompatible'] === true || isAllowed(disclosure, registry);
  return partsOf(terms, 'items').flatMap((item, place) => {
    if (!has(item, 'collectedFor') && !isMissing(item['collectedFor'])) return [];
    const isSame = purpose !== null && textIn(item, 'collectedFor') === purpose;
    const verdict = required(isSame || mayServeAnother, occurredAt);
    return [{ side: senderOf(disclosure), entry: id, part: `/items/${place}`, verdict, facts: [id] }];
  });
}

/** A provision that lets data pass into another regime lets them serve another purpose; within one it says nothing. */
function isAllowed(disclosure: Fact, registry: RegistryState): boolean {
  const { terms } = disclosure;
  if (has(terms, 'regimeChangeProvision') && mayChangeRegime(disclosure, registry)) return true;
  const basis = terms['legalBasisTransmit'];
  return isObject(basis) && has(basis, 'provision') && otherPurpose.has(textIn(basis, 'code') ?? '');
}

/** Unless it is known of all of them that they are under the same one. */
function mayChangeRegime(disclosure: Fact, registry: RegistryState): boolean {
  const { regime } = issuerSide(disclosure, registry);
  const recipients = agenciesIn(disclosure.terms, 'recipients');
  const others = recipients.map((one) => recipientOf(disclosure, one, registry).regime);
  return regime === null || others.length === 0 || others.some((one) => one !== regime);
}
