import { textIn } from '#catalogue';
import { factsOf, type Fact, type Matter } from './matter.js';

type Answering = Pick<Fact, 'issuer' | 'occurredAt' | 'terms'>;
type Recorded = Pick<Matter, 'entries'>;

/** What its sender decided before a disclosure, about the request that it answers. */
export function decisionsBefore({ issuer, occurredAt, terms }: Answering, matter: Recorded): readonly Fact[] {
  if (terms['spontaneous'] === true) return [];
  const request = textIn(terms, 'request');
  return factsOf(matter, 'RequestDecided').filter((one) => {
    const about = textIn(one.terms, 'request');
    const isIts = request === null || about === null || about === request;
    return isIts && one.issuer === issuer && one.occurredAt <= occurredAt;
  });
}

/** The last of them; several where they were made at once. */
export function lastDecisions(disclosure: Answering, matter: Recorded): readonly Fact[] {
  const decisions = decisionsBefore(disclosure, matter);
  return decisions.filter(({ occurredAt }) => occurredAt === decisions.at(-1)?.occurredAt);
}
