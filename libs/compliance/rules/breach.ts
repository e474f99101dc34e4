import { textIn } from '#catalogue';
import { firstDone, type Done } from './done.js';
import type { DutySpan } from './duty-spans.js';
import { factsOf, textsOf, type Fact, type Matter } from './matter.js';
import { instantIn } from './moments.js';
import { inTime, type Judgement, type Then } from './rule.js';
import { senderOf } from './side.js';
import { unlessErased } from './unless-erased.js';

/** What a body became aware of, and when. Where it does not say when, the day it says it happened counts. */
export const awareness = (breach: Fact): Done => ({
  at: instantIn(breach.terms, 'awareAt') ?? breach.occurredAt,
  by: breach,
});

/** How the body itself judged the breach, by when it did. */
export const assessmentsOf = (matter: Matter, breach: Fact): readonly Fact[] =>
  factsOf(matter, 'BreachAssessed').filter(({ issuer }) => issuer === breach.issuer);

/**
 * When the body first told whom it had to. A notice that does not say when it was given shows no notice.
 *
 * @param target a code of the vocabulary `breach-target`
 * @param whom the one partner or state it is about
 * @param list where a notice names it
 */
export const told = (
  matter: Matter,
  breach: Fact,
  target: string,
  whom?: string,
  list: 'recipients' | 'states' = 'recipients',
): Done | null =>
  firstDone(
    factsOf(matter, 'BreachNotified')
      .filter(({ issuer, terms }) => issuer === breach.issuer && textIn(terms, 'target') === target)
      .filter(({ terms }) => whom === undefined || textsOf(terms, list).includes(whom))
      .map((by) => ({ at: instantIn(by.terms, 'notifiedAt'), by }))
      .flatMap(({ at, by }) => (at === null ? [] : [{ at, by }])),
  );

/** Who had to be told through a time was told in it, or in time it turned out that it is not owed. */
export function judgedSpan(
  { from, ended }: DutySpan,
  notice: Done | null,
  about: { readonly matter: Matter; readonly breach: Fact; readonly part: string | null; readonly inForce: Then },
): Judgement {
  const { matter, breach, part, inForce } = about;
  const side = senderOf(breach);
  const done = firstDone([notice, ended]);
  return {
    side,
    entry: from.by.id,
    part,
    verdict: unlessErased(inTime(done?.at ?? null, inForce.end(side, from.at)), matter),
    facts: [...new Set([breach.id, from.by.id, ...(done ? [done.by.id] : [])])],
  };
}
