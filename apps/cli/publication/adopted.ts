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
 * What is published, made one's own: an agreement with the bodies here, as version 1 that takes the place of nothing.
 * What only the publisher's network can have settled is left open: days, its impact assessment, its register, the office
 * one turns to there and where it is published. Packs and practices stay as they are.
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
  return {
    ...(madeOwn(content, parties) as JsonObject),
    dpia: { missing: 'follows' },
    ...(name !== undefined && { agreement: name }),
    version: 1,
    validFrom: { missing: 'follows' },
    reviewDue: { missing: 'follows' },
  };
}

/** What an agreement or a clause of it says of one network only. */
const theirOwn = new Set([
  'validUntil',
  'supersedes',
  'adoptedOn',
  'changes',
  'contactPoint',
  'essencePublishedAt',
  'activities',
]);

/** The only places where an agreement names bodies. */
const ofBodies = new Set(['parties', 'from', 'to', 'standing', 'agency']);

function madeOwn(value: JsonValue, parties: ReadonlyMap<string, string>, key?: string): JsonValue {
  if (typeof value === 'string') return key !== undefined && ofBodies.has(key) ? (parties.get(value) ?? value) : value;
  if (Array.isArray(value)) return value.map((one: JsonValue) => madeOwn(one, parties, key));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !theirOwn.has(name));
  return Object.fromEntries(kept.map(([name, one]) => [name, madeOwn(one, parties, name)]));
}
