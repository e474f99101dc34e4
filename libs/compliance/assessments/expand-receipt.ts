import { basisOf, textIn, type EntryBody } from '#catalogue';
import { isInstant } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { clausesByRole } from '../rules/agreed-time-limit.js';
import { partsOf, textsOf } from '../rules/matter.js';
import type { Earlier, Expanded, Expanding } from './expanding.js';
import { besideFilledIn } from './filled-in.js';
import { noMoreOpenly } from './no-more-openly.js';
import { templatesOf } from './template.js';

const notGiven = { missing: 'not-given' } as const;

/**
 * What a recipient says of a disclosure: that it arrived, or, by a code of feedback, what became of it. The disclosure
 * says from whom, the clause it went by on which power it is collected and which conditions the parties accepted.
 */
export function expandReceipt({ quick, desk, idOf }: Expanding, disclosure: Earlier): readonly Expanded[] {
  const { issuer, exchange, terms } = disclosure;
  const { agency, registry } = desk;
  const sentAt = isInstant(terms['occurredAt']) ? terms['occurredAt'] : desk.at;
  const byRole = clausesByRole({ terms, occurredAt: sentAt }, { from: issuer, to: agency }, registry);
  const clauses = new Set(byRole.flat());
  const [first] = clauses;
  const template = templatesOf(agency, sentAt, registry).find((one) => one.reference === first?.reference) ?? null;
  const isFeedback = quick.given['feedback'] !== undefined;
  const agreed = [...clauses].flatMap((clause) => textsOf(clause.terms, 'conditions'));
  const more: JsonObject = {
    causedBy: disclosure.id,
    disclosureId: terms['disclosureId'] ?? notGiven,
    disclosedBy: issuer,
    ...(!isFeedback && {
      legalBasisCollect: basisOf(template?.clause ?? {}, 'collect', agency) ?? notGiven,
      matchesManifest: arrivedWhole(terms, quick.given),
      ...accepted(terms, quick.given, agreed),
    }),
  };
  const data = besideFilledIn({ ...noMoreOpenly(terms, { given: quick.given, more }), template, desk });
  const type = isFeedback ? 'FeedbackGiven' : 'DisclosureReceived';
  const body: EntryBody = { id: idOf(), type, exchange, occurredAt: desk.at, data };
  return [{ pointer: '', body }];
}

/** What goes by the portal arrives as it is recorded. Of what went another way, digests tell it, else the recipient. */
function arrivedWhole(sent: JsonObject, received: JsonObject): JsonValue {
  const [one, other] = [textIn(sent, 'manifestDigest'), textIn(received, 'manifestDigest')];
  if (one !== null && other !== null && textsOf(sent, 'recipients').length === 1) return one === other;
  return sent['channel'] === 'portal' ? true : notGiven;
}

/** A party has accepted what the agreement sets. What was set beyond it, only a person accepts. */
function accepted(sent: JsonObject, said: JsonObject, agreed: readonly string[]): JsonObject {
  const refused = partsOf(said, 'conditionsRejected').map((one) => textIn(one, 'condition'));
  const conditions = textsOf(sent, 'conditions').filter((one) => agreed.includes(one) && !refused.includes(one));
  return conditions.length > 0 ? { conditionsAccepted: conditions } : {};
}
