import { agenciesIn, agencyIn, textIn } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { issuerSide } from '../issuer-side.js';
import { erasedOf, factsOf, partsOf, textsOf, type Fact, type Matter } from '../matter.js';
import { earliest, instantIn } from '../moments.js';
import { reliedOn, type ReliedOn } from '../relied-on.js';
import { inTime, required, type Judgement, type Rule, type Then, type Verdict } from '../rule.js';
import { isSameDisclosure } from '../same-disclosure.js';
import type { Side } from '../side.js';
import { unlessErased } from '../unless-erased.js';

/** Whose duty it is, among what, by which law. */
interface At {
  readonly side: Side;
  readonly matter: Matter;
  readonly inForce: Then;
}

const causes: readonly (string | null)[] = ['consent-withdrawn', 'secrecy-release-withdrawn'];

/** The law says "at once"; one working day is how the network reads it. */
export const sec03: Rule = {
  id: 'SEC-03',
  version: 2,
  statement: {
    en: 'Once consent is withdrawn, nothing more is passed on by it, and who received on it is told.',
    de: 'Nach dem Widerruf einer Einwilligung wird nichts mehr darauf gestützt übermittelt; wer vorher etwas erhalten hat, wird unterrichtet.',
  },
  compliant: {
    en: 'Leave out what the consent no longer covers or name another ground; tell earlier recipients of the withdrawal at once.',
    de: 'Weglassen, was die Einwilligung nicht mehr umfasst, oder einen anderen Grund nennen; frühere Empfänger sofort vom Widerruf unterrichten.',
  },
  sources: ['GDPR 7(3)'],
  severity: 'urgent',
  basis: 'law',
  deadline: { workingDays: 1 },
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed', 'ConsentWithdrawn', 'RecipientNotified'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) => {
      const relied = reliedOn(disclosure, matter);
      if (relied === null) return [];
      const side = issuerSide(disclosure, then(disclosure).registry);
      return [
        ...newlyPassedOn(disclosure, relied, side),
        ...told(disclosure, relied, { side, matter, inForce: then(disclosure) }),
      ];
    }),
};

/** Each item as it stood when it was passed on. A disclosure that does not list them is judged as a whole. */
function newlyPassedOn(disclosure: Fact, { withdrawals, known }: ReliedOn, side: Side): readonly Judgement[] {
  const { id, occurredAt, terms } = disclosure;
  const before = withdrawals.filter(
    (one) => from(one) <= occurredAt && barsRecipient(one, agenciesIn(terms, 'recipients')),
  );
  // What was erased may have been a withdrawal.
  const unbarred: Verdict = { is: erasedOf(known).length > 0 ? 'not-decidable' : 'kept' };
  const items = partsOf(terms, 'items');
  const parts = items.map((item, place): readonly [JsonObject, string] => [item, `/items/${place}`]);
  return (items.length > 0 ? parts : [[{}, null] as const]).map(([item, part]) => {
    const barring = before.filter((one) => barsItem(one, item));
    const facts = [id, ...barring.map((one) => one.id)];
    const verdict = barring.length > 0 ? required(false, occurredAt) : unbarred;
    return { side, entry: id, part, verdict, facts, deadline: 'at-once' };
  });
}

/** Who received before a withdrawal is told of it, of each one where there are several. */
function told(disclosure: Fact, relied: ReliedOn, { side, matter, inForce }: At): readonly Judgement[] {
  const { id, issuer, occurredAt, terms } = disclosure;
  const items = partsOf(terms, 'items');
  const after = relied.withdrawals.filter(
    (one) => from(one) > occurredAt && (items.length === 0 || items.some((item) => barsItem(one, item))),
  );
  return [...new Set(agenciesIn(terms, 'recipients'))]
    .filter((recipient) => recipient !== issuer)
    .flatMap((recipient) => {
      const owed = after.filter((one) => barsRecipient(one, [recipient]));
      if (owed.length === 0) return [];
      const notices = factsOf(matter, 'RecipientNotified').filter((one) => tells(one, recipient, disclosure));
      const verdicts = owed.map((one) => {
        const due = inForce.end(side, from(one) > one.occurredAt ? from(one) : one.occurredAt);
        return unlessErased(inTime(toldAt(one, recipient, notices), due), relied.known);
      });
      const facts = [id, ...owed.map((one) => one.id), ...notices.map((one) => one.id)];
      return [{ side, entry: id, part: recipient, verdict: worst(verdicts), facts }];
    });
}

const tells = (notice: Fact, recipient: AgencyId, disclosure: Fact): boolean =>
  agencyIn(notice.terms, 'notified') === recipient &&
  notice.terms['reached'] === true &&
  causes.includes(textIn(notice.terms, 'cause')) &&
  (isSameDisclosure(notice, disclosure) || notice.terms['consentRef'] === disclosure.terms['consentRef']);

/** As the withdrawal says, or by a notice since. */
function toldAt(withdrawal: Fact, recipient: AgencyId, notices: readonly Fact[]): Instant | null {
  const lines = partsOf(withdrawal.terms, 'recipientsTold').filter((line) => agencyIn(line, 'agency') === recipient);
  const since = earliest([from(withdrawal), withdrawal.occurredAt]) ?? withdrawal.occurredAt;
  return earliest([
    ...lines.map((line) => instantIn(line, 'toldAt')),
    ...notices.map(({ occurredAt }) => occurredAt).filter((moment) => moment >= since),
  ]);
}

/** From when nothing new may rest on it. */
const from = ({ terms, occurredAt }: Fact): Instant => instantIn(terms, 'effectiveFrom') ?? occurredAt;

/** A withdrawal that names no category is one of all. */
function barsItem({ terms }: Fact, item: JsonObject): boolean {
  const categories = textsOf(terms, 'dataCategories');
  const category = textIn(item, 'dataCategory');
  return categories.length === 0 || category === null || categories.includes(category);
}

/** A withdrawal that names no recipient is one for all. */
function barsRecipient({ terms }: Fact, recipients: readonly AgencyId[]): boolean {
  const barred = agenciesIn(terms, 'mayNotReceive');
  return barred.length === 0 || recipients.length === 0 || recipients.some((one) => barred.includes(one));
}

function worst(verdicts: readonly Verdict[]): Verdict {
  const broken = verdicts
    .filter((verdict) => verdict.is === 'broken')
    .toSorted((one, other) => (one.since < other.since ? -1 : Number(one.since > other.since)));
  if (broken[0] !== undefined) return broken[0];
  if (verdicts.some(({ is }) => is === 'not-decidable')) return { is: 'not-decidable' };
  const due = earliest(verdicts.map((verdict) => (verdict.is === 'pending' ? verdict.due : null)));
  return due === null ? { is: 'kept' } : { is: 'pending', due };
}
