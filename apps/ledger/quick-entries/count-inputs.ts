import { isObject } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';

/** What one quick entry asked of a person. */
export interface CountedInputs {
  readonly kind: 'request' | 'answer' | 'spontaneous' | 'conference' | 'receipt' | 'feedback';
  readonly inputs: number;
  /** how many it may be */
  readonly most: number;
}

/** Made by the sender's system, never typed. */
const ofSystem = ['id'];
/** One act each, however many are ticked: what is asked or told, whose case it is, who was there. */
const picked = ['items', 'case', 'room', 'counterparts', 'heardBy'];
const mostInputs = 4;
const mostInputsOfContribution = 3;

/**
 * Counts the inputs of a quick entry from its request body: each field is one, what is ticked or picked from a list is
 * one, and each thing said of a single item is one more. A case is picked from the agency's own list, which knows whom
 * it is about; so is the ground of a refusal, which knows its provision. The limits are those of domain §4: request 4, answer 4 and one for each special item, conference 3 a
 * contribution.
 */
export function countInputs(body: JsonObject): CountedInputs {
  const contributions = listIn(body, 'contributions');
  if (contributions.length > 0) {
    const { contributions: _, ...head } = body;
    const inputs = fieldsOf(head) + contributions.reduce((sum, line) => sum + fieldsOf(line), 0);
    return { kind: 'conference', inputs, most: Math.max(mostInputs, mostInputsOfContribution * contributions.length) };
  }
  const inputs = fieldsOf(body);
  if (body['disclosure'] !== undefined)
    return { kind: body['feedback'] === undefined ? 'receipt' : 'feedback', inputs, most: mostInputs };
  if (body['request'] === undefined) {
    return { kind: body['kind'] === 'spontaneous' ? 'spontaneous' : 'request', inputs, most: mostInputs };
  }
  return { kind: 'answer', inputs, most: mostInputs + listIn(body, 'items').filter(isSpecial).length };
}

const said = { items: ['identity'], reason: 'It was planned together.' };
const sayings: Readonly<Record<string, JsonValue>> = { case: 'case-1', ...said };

/**
 * The least that a person can give where a template needs these fields: what is counted of agreements that nobody works
 * by yet. Of a conference, a sheet of one line and one of two.
 */
export const leastBodies = (template: string, needs: readonly string[]): readonly JsonObject[] => {
  const body = Object.fromEntries(
    needs.map((name) => [name, name === 'template' ? template : (sayings[name] ?? name)]),
  );
  if (!needs.includes('contributions')) return [body];
  return [[said], [said, said]].map((contributions) => ({ ...body, contributions }));
};

const fieldsOf = (line: JsonObject): number =>
  Object.entries(line)
    .filter(([name]) => !ofSystem.includes(name))
    .reduce((sum, [name, value]) => sum + (name === 'items' || !picked.includes(name) ? inputsOf(value) : 1), 0);

/** One, and for a list of items one more for whatever is said of a single one beside what it is. */
function inputsOf(value: JsonValue): number {
  if (!Array.isArray(value)) return 1;
  return (value as readonly JsonValue[])
    .filter(isObject)
    .reduce((sum, item) => sum + Object.keys(item).filter((name) => name !== 'dataCategory').length, 1);
}

/** An item that a ground of its own is named for: to pass it on, or to refuse it. */
const isSpecial = (item: JsonObject): boolean =>
  ['gateway', 'specialGround', 'refused'].some((name) => item[name] !== undefined);

const listIn = (body: JsonObject, name: string): readonly JsonObject[] => {
  const list = body[name];
  return Array.isArray(list) ? (list as readonly JsonValue[]).filter(isObject) : [];
};
