import { vocabulary } from '#catalogue';

/** On which side of a disclosure the agency stands that looks at it. */
export const disclosureDirection = vocabulary('disclosure-direction', 1, {
  given: { en: 'passed on by us', de: 'von uns übermittelt' },
  received: { en: 'received by us', de: 'an uns übermittelt' },
});
