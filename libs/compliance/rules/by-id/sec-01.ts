import { isMissing } from '#catalogue';
import type { JsonObject } from '#statement';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has, partsOf, type Fact, type Matter } from '../matter.js';
import { reaches, reliedOn, type ReliedOn } from '../relied-on.js';
import { required, type Judgement, type Rule, type Then, type Verdict } from '../rule.js';
import { isAllowedSocialData } from '../social-data.js';
import { unlessErased } from '../unless-erased.js';

export const sec01: Rule = {
  id: 'SEC-01',
  version: 1,
  statement: {
    en: 'What is bound by secrecy is passed on only on a ground for lifting it that reaches this item.',
    de: 'Was der Schweigepflicht unterliegt, wird nur mit einer Offenbarungsbefugnis übermittelt, die diese Angabe umfasst.',
  },
  compliant: {
    en: 'The ground is named; a consent or release covers the item, the purpose, the recipients and the day. Else leave the item out.',
    de: 'Die Offenbarungsbefugnis ist genannt; Einwilligung oder Entbindung umfasst Angabe, Zweck, Empfänger und Tag. Sonst bleibt die Angabe weg.',
  },
  sources: ['StGB § 203, § 34, § 138', 'SGB VIII § 65', 'SGB X § 67d†', 'BE Penal Code 458ter'],
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
  if (!items.some(isBound)) return [];
  const relied = reliedOn(disclosure, matter);
  return items.flatMap((item, place) =>
    isBound(item)
      ? [
          {
            side: issuerSide(disclosure, then.registry),
            entry: disclosure.id,
            part: `/items/${place}`,
            verdict: verdictOn(item, disclosure, relied, then),
            facts: [disclosure.id, ...(relied?.given ? [relied.given.id] : [])],
          },
        ]
      : [],
  );
}

/** Who does not know whether an item is bound cannot treat it as free. */
const isBound = ({ secrecyClass }: JsonObject): boolean =>
  isMissing(secrecyClass) || (typeof secrecyClass === 'string' && secrecyClass !== 'none');

function verdictOn(item: JsonObject, disclosure: Fact, relied: ReliedOn | null, then: Then): Verdict {
  const { terms, occurredAt } = disclosure;
  // Social secrecy is lifted by the power to transmit itself: there is no other ground to name.
  if (item['secrecyClass'] === 'social' && isAllowedSocialData(terms)) return { is: 'kept' };
  if (!has(terms, 'secrecy-lifted') || isMissing(terms['consentRef'])) return required(false, occurredAt);
  if (relied === null) return { is: 'kept' };
  const { given, known } = relied;
  if (given === null) return unlessErased(required(false, occurredAt), known);
  return required(reaches(given, item, disclosure, then), occurredAt);
}
