import { isMissing, textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has, partsOf, type Fact, type Matter } from '../matter.js';
import { reaches, reliedOn, type ReliedOn } from '../relied-on.js';
import { required, type Judgement, type Rule, type Then, type Verdict } from '../rule.js';
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
  version: 2,
  statement: {
    en: 'Special categories of data are passed on only on a ground of their own; in law enforcement only where strictly necessary.',
    de: 'Besondere Kategorien personenbezogener Daten werden nur mit eigenem Erlaubnisgrund übermittelt, bei Polizei und Justiz nur, wenn unbedingt erforderlich.',
  },
  compliant: {
    en: 'The ground is named before the transmission, with the reason for strict necessity (LED 10); explicit consent names such data and reaches them.',
    de: 'Der Erlaubnisgrund wird vorher genannt, nach JI-RL 10 auch, warum die Übermittlung unbedingt erforderlich ist; eine Einwilligung nennt solche Daten ausdrücklich und umfasst sie.',
  },
  sources: ['GDPR 9', 'LED 10'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed', 'ConsentRecorded', 'SecrecyReleaseRecorded'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) => judged(disclosure, matter, then(disclosure))),
};

function judged(disclosure: Fact, matter: Matter, then: Then): readonly Judgement[] {
  const items = partsOf(disclosure.terms, 'items');
  if (!items.some(isSpecial)) return [];
  const side = issuerSide(disclosure, then.registry);
  const ground = groundFor(disclosure, side.regime);
  const isConsent = ground === 'GDPR-A9-2-a';
  const relied = isConsent ? reliedOn(disclosure, matter) : null;
  // Who names no consent may hold one elsewhere; who says that it is missing has none.
  const isGiven = ground !== null && !(isConsent && isMissing(disclosure.terms['consentRef']));
  const facts = [disclosure.id, ...(relied?.given ? [relied.given.id] : [])];
  return items.flatMap((item, place) => {
    if (!isSpecial(item)) return [];
    const verdict =
      relied === null ? required(isGiven, disclosure.occurredAt) : onConsent(relied, item, disclosure, then);
    return [{ side, entry: disclosure.id, part: `/items/${place}`, verdict, facts }];
  });
}

/** The ground that is given, where it is one of the regime; null where there is none. */
function groundFor({ terms }: Fact, regime: Side['regime']): string | null {
  const ground = textIn(terms, 'specialGround');
  const fitting = grounds[regime ?? ''] ?? [''];
  const isGiven =
    ground !== null &&
    fitting.some((prefix) => ground.startsWith(prefix)) &&
    (regime !== 'LED' || has(terms, 'strictNecessity'));
  return isGiven ? ground : null;
}

function onConsent({ given, known }: ReliedOn, item: JsonObject, disclosure: Fact, then: Then): Verdict {
  if (given === null) return unlessErased(required(false, disclosure.occurredAt), known);
  const isExplicit = given.terms['explicitForSpecialCategories'] === true;
  return required(isExplicit && reaches(given, item, disclosure, then), disclosure.occurredAt);
}
