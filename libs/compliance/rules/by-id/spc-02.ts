import { issuerSide } from '../issuer-side.js';
import { factsOf, has, partsOf } from '../matter.js';
import { mayBeAboutOthers } from '../may-be-about-others.js';
import { required, type Rule } from '../rule.js';

export const spc02: Rule = {
  id: 'SPC-02',
  version: 1,
  statement: {
    en: 'Where an item is also about somebody else, a child above all, it is flagged and its need is explained.',
    de: 'Betrifft eine Angabe auch Dritte, vor allem Kinder, ist das gekennzeichnet und begründet.',
  },
  compliant: {
    en: 'Flag the item and say why it cannot be understood without the other person, or leave it out.',
    de: 'Die Angabe kennzeichnen und begründen, warum sie ohne die andere Person nicht verständlich ist, oder sie weglassen.',
  },
  sources: ['LED 6', 'GDPR recital 38'],
  severity: 'high',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) =>
      partsOf(disclosure.terms, 'items').flatMap((item, place) =>
        mayBeAboutOthers(item)
          ? [
              {
                side: issuerSide(disclosure, then(disclosure).registry),
                entry: disclosure.id,
                part: `/items/${place}`,
                verdict: required(
                  item['thirdPerson'] === true && has(item, 'thirdPersonReason'),
                  disclosure.occurredAt,
                ),
                facts: [disclosure.id],
              },
            ]
          : [],
      ),
    ),
};
