import { agenciesIn } from '#catalogue';
import { agreedTimeLimit, dueAs } from '../agreed-time-limit.js';
import { factsOf } from '../matter.js';
import { inTime, type Rule } from '../rule.js';
import { isSameDisclosure } from '../same-disclosure.js';
import { recipientOf } from '../side.js';

export const log04: Rule = {
  id: 'LOG-04',
  version: 1,
  statement: {
    en: "Every disclosure has the recipient's entry of its receipt.",
    de: 'Zu jeder Übermittlung gibt es den Eintrag der empfangenden Stelle über den Eingang.',
  },
  compliant: {
    en: 'The recipient records the receipt, naming the disclosure.',
    de: 'Die empfangende Stelle trägt den Eingang ein und nennt die Übermittlung.',
  },
  sources: ['GDPR 5(2)'],
  severity: 'medium',
  basis: 'policy',
  deadline: { workingDays: 5 },
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed', 'DisclosureReceived'],
  judge: (matter, then) => {
    const receipts = factsOf(matter, 'DisclosureReceived');
    return factsOf(matter, 'InformationDisclosed').flatMap((disclosure) =>
      agenciesIn(disclosure.terms, 'recipients').map((recipient) => {
        const inForce = then(disclosure);
        const side = recipientOf(disclosure, recipient, inForce.registry);
        const flow = { from: disclosure.issuer, to: recipient };
        const agreed = agreedTimeLimit(disclosure, flow, 'receipt', inForce.registry);
        const { due, cited } = dueAs(agreed, { side, from: disclosure.occurredAt, inForce });
        const receipt = receipts.find((one) => one.issuer === recipient && isSameDisclosure(one, disclosure));
        return {
          side,
          entry: disclosure.id,
          part: recipient,
          verdict: inTime(receipt?.occurredAt ?? null, due),
          facts: [disclosure.id, ...(receipt ? [receipt.id] : [])],
          ...cited,
        };
      }),
    );
  },
};
