import { agenciesIn } from '#catalogue';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has } from '../matter.js';
import { required, type Rule } from '../rule.js';
import { recipientOf } from '../side.js';

export const law04: Rule = {
  id: 'LAW-04',
  version: 2,
  statement: {
    en: 'Data leave law enforcement, or pass to or from an intelligence service, only where a provision allows it.',
    de: 'Daten verlassen den Bereich der JI-Richtlinie oder gehen an einen Nachrichtendienst oder von ihm aus nur aufgrund einer Vorschrift.',
  },
  compliant: {
    en: 'The provision that allows the change of regime is named before the transmission.',
    de: 'Die Vorschrift, die den Wechsel des Rechtsregimes erlaubt, wird vor der Übermittlung genannt.',
  },
  sources: ['LED 9(1)', 'BVerfG 1 BvR 2354/13', 'BVerfG 1 BvR 2133/22'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) => {
      const { registry } = then(disclosure);
      const side = issuerSide(disclosure, registry);
      return agenciesIn(disclosure.terms, 'recipients')
        .filter((recipient) => needsProvision(side.regime, recipientOf(disclosure, recipient, registry).regime))
        .map((recipient) => ({
          side,
          entry: disclosure.id,
          part: recipient,
          verdict: required(has(disclosure.terms, 'regimeChangeProvision'), disclosure.occurredAt),
          facts: [disclosure.id],
        }));
    }),
};

/** Where neither the entry nor the registry knows a regime, no change of it can be shown. */
export function needsProvision(from: string | null, to: string | null): boolean {
  if (from === null || to === null || from === to) return false;
  return from === 'NATSEC' || to === 'NATSEC' || (from === 'LED' && to === 'GDPR');
}
