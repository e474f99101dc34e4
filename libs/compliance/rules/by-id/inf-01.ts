import { textIn } from '#catalogue';
import type { Instant } from '#kernel';
import { issuerSide } from '../issuer-side.js';
import { factsOf, textsOf, type Fact, type Matter } from '../matter.js';
import { receiptOf } from '../receipt-of.js';
import { inTime, type Judgement, type Rule, type Then } from '../rule.js';
import { isSameDisclosure } from '../same-disclosure.js';
import { unlessErased } from '../unless-erased.js';
import { withLinked, type Known } from '../with-linked.js';

/** The act of either side by which a duty to inform begins. */
const types = ['InformationDisclosed', 'DisclosureReceived'];
const notices = ['DataSubjectInformed', 'NotificationDeferred'];

export const inf01: Rule = {
  id: 'INF-01',
  version: 4,
  statement: {
    en: 'The person is informed of the disclosure and of its receipt, or it is recorded why not.',
    de: 'Die betroffene Person ist über Übermittlung und Empfang benachrichtigt, oder es ist festgehalten, warum nicht.',
  },
  compliant: {
    en: 'Inform the person in time, and before the data are passed on; or record in time on which ground the notice is deferred or omitted.',
    de: 'Die Person fristgerecht benachrichtigen, und bevor die Daten weitergegeben werden; oder fristgerecht festhalten, aus welchem Grund sie später oder nicht benachrichtigt wird.',
  },
  sources: ['GDPR 13', 'GDPR 14(3), (5)', 'LED 13'],
  severity: 'high',
  basis: 'law',
  deadline: { months: 1 },
  applies: true,
  about: 'exchange',
  reads: [...types, ...notices],
  judge: (matter, then) => {
    const atHand: AtHand = {
      matter,
      notices: factsOf(withLinked(matter, ...matter.linked.keys()), ...notices),
      mayHoldNotices: mayHoldNotices(matter),
    };
    return factsOf(matter, ...types)
      .filter((fact) => !isRepeated(fact, matter, then))
      .map((fact) => judged(fact, atHand, then(fact)));
  },
};

/** Put together once for all disclosures of a matter. */
interface AtHand {
  readonly matter: Matter;
  readonly notices: readonly Fact[];
  readonly mayHoldNotices: Known;
}

/** Each side owes it for what it recorded itself: the sender for the disclosure, the recipient for the receipt. */
function judged(fact: Fact, { matter, notices: given, mayHoldNotices: holding }: AtHand, then: Then): Judgement {
  const side = issuerSide(fact, then.registry);
  const disclosureId = textIn(fact.terms, 'disclosureId');
  const due = earlier(then.end(side, fact.occurredAt), passedOn(fact, disclosureId, matter));
  const notice = given.find(
    ({ issuer, terms }) =>
      issuer === fact.issuer && disclosureId !== null && textsOf(terms, 'covers').includes(disclosureId),
  );
  return {
    side,
    entry: fact.id,
    part: null,
    verdict: unlessErased(inTime(notice?.occurredAt ?? null, due), holding),
    facts: [fact.id, ...(notice ? [notice.id] : [])],
  };
}

/** Whoever records a receipt again, in another exchange and under the same law, owes the notice for the first one. */
function isRepeated(fact: Fact, matter: Matter, then: (entry: Fact) => Then): boolean {
  const disclosureId = textIn(fact.terms, 'disclosureId');
  const other = fact.type === 'DisclosureReceived' && matter.linked.get(receiptOf(disclosureId ?? '', fact.issuer));
  const regimeOf = (one: Fact): string | null => issuerSide(one, then(one).registry).regime;
  return factsOf(other || { entries: [] }, fact.type).some(
    (one) =>
      one.issuer === fact.issuer &&
      one.index < fact.index &&
      isSameDisclosure(one, fact) &&
      regimeOf(one) === regimeOf(fact),
  );
}

/** GDPR 14(3)(c): at the latest when the data are disclosed for the first time. */
function passedOn({ type, issuer }: Fact, disclosureId: string | null, matter: Matter): Instant | null {
  if (type !== 'DisclosureReceived' || disclosureId === null) return null;
  const onward = factsOf(
    withLinked(matter, disclosureId, receiptOf(disclosureId, issuer)),
    'InformationDisclosed',
  ).find((one) => one.issuer === issuer && textsOf(one.terms, 'derivedFrom').includes(disclosureId));
  return onward?.occurredAt ?? null;
}

const earlier = (end: Instant, other: Instant | null): Instant => (other !== null && other < end ? other : end);

/** Consents and other exchanges hold none: what is erased there decides nothing. */
const mayHoldNotices = (matter: Matter): Known =>
  withLinked(matter, ...[...matter.linked].flatMap(([name, { kind }]) => (kind === 'deferral' ? [name] : [])));
