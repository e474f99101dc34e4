import { isObject } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { WrongUse } from '../wrong-use.js';
import type { Publication } from './publication.js';

export interface Adoption {
  /** bodies here by the names the publisher gave them */
  readonly parties: ReadonlyMap<string, string>;
  /** what the agreement is called here; as there, where absent */
  readonly name?: string;
}

/**
 * What is published, made one's own: an agreement with the bodies here, as version 1 that takes the place of nothing;
 * days on which it was adopted or is in force there mean nothing here. Packs and practices stay as they are.
 *
 * @throws WrongUse for a body the agreement does not have
 */
export function adopted({ kind, content }: Publication, { parties, name }: Adoption): JsonObject {
  if (kind !== 'agreement') {
    if (parties.size > 0 || name !== undefined) throw new WrongUse('only an agreement has parties and a name here');
    return content;
  }
  const theirs = content['parties'];
  const unknown = [...parties.keys()].find((one) => !Array.isArray(theirs) || !theirs.includes(one));
  if (unknown !== undefined) throw new WrongUse(`the agreement has no party ${unknown}`);
  const { validUntil: _until, supersedes: _supersedes, adoptedOn: _adopted, ...terms } = content;
  return {
    ...(renamed(terms, parties) as JsonObject),
    ...(name !== undefined && { agreement: name }),
    version: 1,
    validFrom: { missing: 'follows' },
    reviewDue: { missing: 'follows' },
  };
}

/** The only places where an agreement names bodies. */
const ofBodies = new Set(['parties', 'from', 'to', 'standing', 'agency']);

function renamed(value: JsonValue, parties: ReadonlyMap<string, string>, key?: string): JsonValue {
  if (typeof value === 'string') return key !== undefined && ofBodies.has(key) ? (parties.get(value) ?? value) : value;
  if (Array.isArray(value)) return value.map((one: JsonValue) => renamed(one, parties, key));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, renamed(one, parties, name)]));
}
