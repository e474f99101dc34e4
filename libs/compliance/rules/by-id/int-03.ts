import { agenciesIn, agencyIn } from '#catalogue';
import { copiesAgree } from '../copies-agree.js';
import { factsOf, type Fact } from '../matter.js';
import { required, type Judgement, type Rule } from '../rule.js';
import { isSameDisclosure } from '../same-disclosure.js';
import { senderOf } from '../side.js';

/** Judged as soon as both have recorded. Both sides answer for a difference. */
export const int03: Rule = {
  id: 'INT-03',
  version: 2,
  statement: {
    en: 'What the sender recorded as disclosed and what the recipient recorded as received agree.',
    de: 'Was die übermittelnde und was die empfangende Stelle eingetragen haben, stimmt überein.',
  },
  compliant: {
    en: 'Both compare their copies; what was recorded wrongly is corrected, what did not arrive is sent again.',
    de: 'Beide gleichen ab; falsch Eingetragenes wird berichtigt, nicht Angekommenes erneut übermittelt.',
  },
  sources: ['LED 25', 'GDPR 5(1)(f)'],
  severity: 'high',
  basis: 'policy',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed', 'DisclosureReceived'],
  judge: (matter) => {
    const disclosures = factsOf(matter, 'InformationDisclosed');
    return factsOf(matter, 'DisclosureReceived').flatMap((receipt) => {
      const disclosure = disclosures.find((one) => isOf(receipt, one));
      return disclosure === undefined ? [] : compared(disclosure, receipt);
    });
  },
};

function isOf(receipt: Fact, disclosure: Fact): boolean {
  const sender = agencyIn(receipt.terms, 'disclosedBy');
  return (
    isSameDisclosure(receipt, disclosure) &&
    receipt.issuer !== disclosure.issuer &&
    (sender === null || sender === disclosure.issuer) &&
    agenciesIn(disclosure.terms, 'recipients').includes(receipt.issuer)
  );
}

function compared(disclosure: Fact, receipt: Fact): readonly Judgement[] {
  const verdict = required(copiesAgree(disclosure, receipt), receipt.occurredAt);
  return [disclosure, receipt].map((one) => ({
    side: senderOf(one),
    entry: receipt.id,
    part: null,
    verdict,
    facts: [disclosure.id, receipt.id],
  }));
}
