import { agenciesIn, agencyIn, dayIn, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { issuerSide } from '../issuer-side.js';
import { erasedOf, factsOf, has, partsOf, textsOf, type Fact, type Matter } from '../matter.js';
import { required, type Judgement, type Rule, type Then, type Verdict } from '../rule.js';
import { unlessErased } from '../unless-erased.js';
import { withLinked, type Known } from '../with-linked.js';

const restricting = ['no-onward', 'originator-consent'];

/** A disclosure that is passed on, as either side recorded it. */
interface PassedOn {
  readonly name: string;
  /** empty where only its receipt is recorded */
  readonly disclosures: readonly Fact[];
  readonly originators: readonly AgencyId[];
  /** as told, and as accepted by who passes on */
  readonly conditions: readonly string[];
}

export const con02: Rule = {
  id: 'CON-02',
  version: 1,
  statement: {
    en: 'What was received under the condition not to share it goes on only with the permission of the body it came from.',
    de: 'Was mit der Auflage erhalten wurde, es nicht weiterzugeben, wird nur mit Erlaubnis der Ursprungsstelle weitergegeben.',
  },
  compliant: {
    en: 'Ask the originator first; its permission names the recipients and the purpose, and is in force on that day.',
    de: 'Zuerst die Ursprungsstelle fragen; ihre Erlaubnis nennt Empfänger und Zweck und gilt an diesem Tag.',
  },
  sources: ['LED 9(3)', 'LED 35(1)(e)', 'third-party rule'],
  severity: 'urgent',
  basis: 'law',
  deadline: null,
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed', 'DisclosureReceived', 'ConditionsAccepted', 'OnwardSharingPermitted'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((onward) =>
      [...new Set(textsOf(onward.terms, 'derivedFrom'))]
        .filter((name) => name !== textIn(onward.terms, 'disclosureId'))
        .flatMap((name) => judged(onward, name, matter, then(onward))),
    ),
};

function judged(onward: Fact, name: string, matter: Matter, then: Then): readonly Judgement[] {
  const known = withLinked(matter, name, textIn(onward.terms, 'permissionRef'));
  const about = { side: issuerSide(onward, then.registry), entry: onward.id, part: name };
  const passedOn = passedOnBy(onward, name, known);
  if (passedOn === null) {
    if (erasedOf(known).length === 0) return [];
    return [{ ...about, verdict: { is: 'not-decidable' }, facts: [onward.id] }];
  }
  const { disclosures, originators, conditions } = passedOn;
  const facts = [onward.id, ...disclosures.map(({ id }) => id)];
  const recipients = agenciesIn(onward.terms, 'recipients').filter((one) => !originators.includes(one));
  const isReturned = recipients.length === 0 && has(onward.terms, 'recipients');
  if (isReturned || !conditions.some((one) => restricting.includes(one))) {
    const verdict: Verdict = isReturned ? { is: 'kept' } : unrestricted(passedOn, known);
    return [{ ...about, verdict, facts }];
  }
  const permissions = factsOf(known, 'OnwardSharingPermitted').filter((one) =>
    permits(one, onward, passedOn, recipients, then),
  );
  const verdict = unlessErased(required(permissions.length > 0, onward.occurredAt), known);
  return [{ ...about, verdict, facts: [...facts, ...permissions.map(({ id }) => id)] }];
}

/** Null where neither side of it is recorded. */
function passedOnBy(onward: Fact, name: string, known: Known): PassedOn | null {
  const isOf = ({ terms }: Fact): boolean => textIn(terms, 'disclosureId') === name;
  const disclosures = factsOf(known, 'InformationDisclosed').filter(isOf);
  const own = factsOf(known, 'DisclosureReceived', 'ConditionsAccepted').filter(
    (one) => one.issuer === onward.issuer && isOf(one),
  );
  if (disclosures.length === 0 && own.length === 0) return null;
  const said = own.map(({ terms }) => agencyIn(terms, 'disclosedBy')).filter((one) => one !== null);
  return {
    name,
    disclosures,
    originators: disclosures.length > 0 ? disclosures.map(({ issuer }) => issuer) : said,
    conditions: [
      ...disclosures.flatMap(({ terms }) => textsOf(terms, 'conditions')),
      ...own.flatMap(({ terms }) => textsOf(terms, 'conditionsAccepted')),
    ],
  };
}

/** Where only the receipt is known, what was erased may have told a condition. */
const unrestricted = ({ disclosures }: PassedOn, known: Known): Verdict => ({
  is: disclosures.length === 0 && erasedOf(known).length > 0 ? 'not-decidable' : 'kept',
});

function permits(
  { issuer, occurredAt, terms }: Fact,
  onward: Fact,
  { name, disclosures, originators }: PassedOn,
  recipients: readonly AgencyId[],
  then: Then,
): boolean {
  const onwardTo = agenciesIn(terms, 'onwardTo');
  const purpose = textIn(terms, 'purpose');
  const lastDay = dayIn(terms, 'validUntil');
  return (
    textIn(terms, 'disclosureId') === name &&
    originators.includes(issuer) &&
    agencyIn(terms, 'askedBy') === onward.issuer &&
    occurredAt <= onward.occurredAt &&
    (lastDay === null || onward.occurredAt <= then.endOfDay(issuerSide(onward, then.registry), lastDay)) &&
    recipients.length > 0 &&
    recipients.every((one) => onwardTo.includes(one)) &&
    purpose !== null &&
    purpose === textIn(onward.terms, 'purpose') &&
    partsOf(onward.terms, 'items').every((item) => isPermitted(item, terms, disclosures))
  );
}

/** Of what was received, only the items at the permitted places go on. What comes from elsewhere needs no permission. */
function isPermitted({ dataCategory }: JsonObject, permission: JsonObject, disclosures: readonly Fact[]): boolean {
  const places: JsonValue = permission['items'] ?? null;
  if (!Array.isArray(places)) return true;
  const same = disclosures
    .flatMap(({ terms }) => partsOf(terms, 'items').map((item, place) => ({ item, place })))
    .filter(({ item }) => item['dataCategory'] === dataCategory);
  return same.length === 0 || same.some(({ place }) => places.includes(place));
}
