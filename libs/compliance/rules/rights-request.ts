import { textIn } from '#catalogue';
import { factsOf, type Fact, type Matter } from './matter.js';

const refusals: ReadonlySet<string | null> = new Set([
  'refused',
  'neither-confirmed-nor-denied',
  'unfounded-or-excessive',
]);

/** Whether a decision gives the person nothing of what was asked for. */
export const isRefusal = ({ terms }: Pick<Fact, 'terms'>): boolean => refusals.has(textIn(terms, 'outcome'));

/** What the agency that received a request recorded of it. Others may name the request, but do not answer for it. */
export const ownFacts = (matter: Matter, request: Fact, type: string): readonly Fact[] =>
  factsOf(matter, type).filter(({ issuer }) => issuer === request.issuer);
