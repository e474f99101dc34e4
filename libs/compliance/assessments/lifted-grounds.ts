import type { JsonObject } from '#statement';
import type { Said } from './quick-entry.js';
import { unfit } from './template.js';

/** What a ground says of the item it is named for: that it is bound by secrecy, or special. */
const telling: Readonly<Record<string, JsonObject>> = {
  gateway: { secrecyClass: { missing: 'not-given' } },
  specialGround: { specialCategory: true },
};

/**
 * A worker names a ground beside the item that needs it; the entry has one for all.
 *
 * @param above JSON pointer to what was said
 * @throws DomainError `invalid-body` where items rest on different grounds: then they are different disclosures
 */
export function liftedGrounds(said: Said, above: string): Said {
  let { given } = said;
  const items = said.items.map((item, place) => {
    let rest = item;
    for (const [name, told] of Object.entries(telling)) {
      const { [name]: ground, ...others } = rest;
      if (ground === undefined) continue;
      if (given[name] !== undefined && given[name] !== ground) {
        throw unfit(`${above}/items/${place}/${name}`, 'one disclosure rests on one ground: make two of it');
      }
      given = { ...given, [name]: ground };
      rest = { ...told, ...others };
    }
    return rest;
  });
  return { given, items };
}
