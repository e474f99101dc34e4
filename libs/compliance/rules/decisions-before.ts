import { textIn } from '#catalogue';
import { factsOf, type Fact, type Matter } from './matter.js';

/** What its sender decided before a disclosure, about the request that it answers. */
export function decisionsBefore({ issuer, occurredAt, terms }: Fact, matter: Matter): readonly Fact[] {
  if (terms['spontaneous'] === true) return [];
  const request = textIn(terms, 'request');
  return factsOf(matter, 'RequestDecided').filter((one) => {
    const about = textIn(one.terms, 'request');
    const isIts = request === null || about === null || about === request;
    return isIts && one.issuer === issuer && one.occurredAt <= occurredAt;
  });
}
