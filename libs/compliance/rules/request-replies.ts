import { agencyIn, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import { factsOf, type Fact, type Matter } from './matter.js';

/** A request with the body that it was put to. */
export interface AddressedRequest {
  readonly request: Fact;
  readonly addressee: AgencyId;
}

/** These answer a request only where they name it; mostly they follow a question asked in passing. */
const answersOnlyNamed: readonly string[] = ['OnwardSharingPermitted', 'OnwardSharingRefused'];

/** Requests of which it is said whom they were put to: of another one nobody is known to owe anything. */
export const addressedRequests = (matter: Matter): readonly AddressedRequest[] =>
  factsOf(matter, 'InformationRequested').flatMap((request) => {
    const addressee = agencyIn(request.terms, 'addressee');
    return addressee === null ? [] : [{ request, addressee }];
  });

/** Entries about a request: those that name it and, of those that name none, the ones that came after it. */
export const entriesAbout = (request: Fact, matter: Matter, ...types: readonly string[]): readonly Fact[] =>
  factsOf(matter, ...types).filter(({ type, terms, occurredAt }) => {
    const named = textIn(terms, 'request');
    if (named !== null) return named === request.id;
    return occurredAt >= request.occurredAt && !answersOnlyNamed.includes(type);
  });
