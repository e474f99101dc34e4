import { textIn } from '#catalogue';
import { DomainError, type Fault } from '#kernel';
import type { JsonObject } from '#statement';
import { factsOf, textsOf, type Matter } from '../rules/matter.js';

/** What is recorded of what a draft refers to, by the ids it names: own entries, and what the agency may know of others. */
export type Linked = ReadonlyMap<string, Matter>;

/** Which entries a field of a draft may name. Disclosures are named by who received them, too. */
const expected: Readonly<Record<string, { readonly types: readonly string[]; readonly what: string }>> = {
  consentRef: {
    types: ['ConsentRecorded', 'SecrecyReleaseRecorded'],
    what: 'the entry id of a consent or of a release from secrecy',
  },
  request: { types: ['InformationRequested'], what: 'the entry id of a request to your agency' },
  permissionRef: { types: ['OnwardSharingPermitted'], what: 'the entry id of a permission for onward sharing' },
  conferenceRef: { types: ['ConferenceConvened'], what: 'the entry id of the convening of a conference' },
  derivedFrom: {
    types: ['InformationDisclosed', 'DisclosureReceived', 'ConditionsAccepted'],
    what: 'disclosure ids of what your agency received',
  },
};

/** Ids of requests, consents, permissions, conferences and disclosures that a draft names. */
export const referencesOf = (said: JsonObject): readonly string[] => [
  ...new Set(Object.keys(expected).flatMap((name) => namesIn(said, name).map(([id]) => id))),
];

/**
 * Nothing is told of entries of others, and an id that nobody used is answered as theirs are.
 *
 * @throws DomainError `invalid-body` with pointers to what names nothing that the agency knows
 */
export function requireKnown(said: JsonObject, linked: Linked): void {
  const faults = Object.entries(expected).flatMap(([name, { types, what }]) =>
    namesIn(said, name).flatMap(([id, pointer]): readonly Fault[] => {
      const matter = linked.get(id);
      const isKnown = matter !== undefined && factsOf(matter, ...types).length > 0;
      return isKnown ? [] : [{ pointer, detail: `expected ${what}` }];
    }),
  );
  if (faults.length > 0) throw new DomainError('invalid-body', 'this is nothing that can be assessed', faults);
}

function namesIn(said: JsonObject, name: string): readonly (readonly [id: string, pointer: string])[] {
  const one = textIn(said, name);
  return one !== null ? [[one, `/${name}`]] : textsOf(said, name).map((id, place) => [id, `/${name}/${place}`]);
}
