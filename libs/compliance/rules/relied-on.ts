import { agenciesIn, dayIn, textIn } from '#catalogue';
import type { JsonObject } from '#statement';
import { issuerSide } from './issuer-side.js';
import { factsOf, textsOf, type Fact, type Matter } from './matter.js';
import type { Then } from './rule.js';
import { withLinked, type Known } from './with-linked.js';

/** What a person allowed, and took back: the consent or the release from secrecy that a disclosure names. */
export interface ReliedOn {
  /** null where it is not recorded, or erased */
  readonly given: Fact | null;
  readonly withdrawals: readonly Fact[];
  /** the exchange, with what is recorded of the consent */
  readonly known: Known;
}

/** Null where a disclosure names none. */
export function reliedOn({ terms }: Fact, matter: Matter): ReliedOn | null {
  const id = textIn(terms, 'consentRef');
  if (id === null) return null;
  const known = withLinked(matter, id);
  return {
    given: factsOf(known, 'ConsentRecorded', 'SecrecyReleaseRecorded').find((one) => one.id === id) ?? null,
    withdrawals: factsOf(known, 'ConsentWithdrawn').filter((one) => textIn(one.terms, 'consent') === id),
    known,
  };
}

/**
 * Whether what was given reaches an item of a disclosure: what it is, for what, to whom, and on that day. A release from
 * secrecy lets only the body speak that it names. Whether it was withdrawn is another question.
 */
export function reaches(given: Fact, item: JsonObject, disclosure: Fact, then: Then): boolean {
  const { terms } = given;
  const lastDay = dayIn(terms, 'validUntil');
  const mayReceive = agenciesIn(terms, 'mayReceive');
  return (
    given.occurredAt <= disclosure.occurredAt &&
    (lastDay === null || disclosure.occurredAt <= then.endOfDay(issuerSide(disclosure, then.registry), lastDay)) &&
    textsOf(terms, 'dataCategories').includes(textIn(item, 'dataCategory') ?? '') &&
    textsOf(terms, 'purposes').includes(textIn(disclosure.terms, 'purpose') ?? '') &&
    agenciesIn(disclosure.terms, 'recipients').every((recipient) => mayReceive.includes(recipient)) &&
    (given.type !== 'SecrecyReleaseRecorded' || terms['released'] === disclosure.issuer)
  );
}
