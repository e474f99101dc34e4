import { textIn } from '#catalogue';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has, partsOf, type Fact, type Matter } from '../matter.js';
import { reliedOn } from '../relied-on.js';
import { required, type Judgement, type Rule, type Verdict } from '../rule.js';
import { isSpecial } from '../sensitive-data.js';
import type { Side } from '../side.js';
import { unlessErased } from '../unless-erased.js';

/** What an agency leaves law enforcement with falls under the regulation: LED 9(1). */
const grounds: Readonly<Record<string, readonly string[]>> = {
  GDPR: ['GDPR-'],
  LED: ['LED-', 'GDPR-'],
  NATSEC: ['NATSEC-'],
};

export const spc01: Rule = {
  id: 'SPC-01',
  version: 1,
  statement: {
    en: 'Special categories of data are passed on only on a ground of their own; in law enforcement only where strictly necessary.',
    de: 'Besondere Kategorien personenbezogener Daten werden nur mit eigenem Erlaubnisgrund übermittelt, bei Polizei und Justiz nur, wenn unbedingt erforderlich.',
  },
  compliant: {
    en: 'The ground is named before the transmission, with the reason for strict necessity (LED 10); explicit consent names such data.',
    de: 'Der Erlaubnisgrund wird vorher genannt, nach JI-RL 10 auch, warum die Übermittlung unbedingt erforderlich ist; eine Einwilligung nennt solche Daten ausdrücklich.',
  },
  sources: ['GDPR 9', 'LED 10'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed', 'ConsentRecorded', 'SecrecyReleaseRecorded'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure): readonly Judgement[] => {
      const items = partsOf(disclosure.terms, 'items');
      if (!items.some(isSpecial)) return [];
      const side = issuerSide(disclosure, then(disclosure).registry);
      const verdict = verdictOn(disclosure, side.regime, matter);
      return items.flatMap((item, place) =>
        isSpecial(item)
          ? [{ side, entry: disclosure.id, part: `/items/${place}`, verdict, facts: [disclosure.id] }]
          : [],
      );
    }),
};

function verdictOn(disclosure: Fact, regime: Side['regime'], matter: Matter): Verdict {
  const { terms, occurredAt } = disclosure;
  const ground = textIn(terms, 'specialGround');
  const fitting = grounds[regime ?? ''] ?? [''];
  const isGiven =
    ground !== null &&
    fitting.some((prefix) => ground.startsWith(prefix)) &&
    (regime !== 'LED' || has(terms, 'strictNecessity'));
  if (!isGiven || ground !== 'GDPR-A9-2-a') return required(isGiven, occurredAt);
  const relied = reliedOn(disclosure, matter);
  if (relied === null) return { is: 'kept' };
  const { given, known } = relied;
  const verdict = required(given?.terms['explicitForSpecialCategories'] === true, occurredAt);
  return given === null ? unlessErased(verdict, known) : verdict;
}
