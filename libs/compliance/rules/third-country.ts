import { isMissing, isObject, textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import type { Fact } from './matter.js';
import type { Side } from './side.js';

/** European Economic Area. */
const members: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
);

/** Grounds that exist for transfers only: LED 37 to 39. */
const isForTransfers = (code: string | null): boolean => code !== null && /^LED-A3[789]-/.test(code);

/**
 * What a disclosure says of its transfer to a third country, empty where it says nothing more; null where there is none.
 * Switzerland is no third country for law enforcement: recitals 101 to 103 of the directive.
 *
 * @param regime of the sender, who need not say it
 */
export function transferOf({ terms }: Pick<Fact, 'terms'>, regime: Side['regime']): JsonObject | null {
  const said = terms['transfer'];
  if (!isObject(said) || isMissing(said)) {
    return isMissing(said) || isForTransfers(transmissionCode(terms)) ? {} : null;
  }
  const country = textIn(said, 'country') ?? '';
  const isMember = members.has(country) || (country === 'CH' && regime === 'LED');
  return isMember ? null : said;
}

/** The code of the power to transmit. */
export function transmissionCode({ legalBasisTransmit: basis }: JsonObject): string | null {
  return isObject(basis) ? textIn(basis, 'code') : null;
}
