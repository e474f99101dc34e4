import { agenciesIn, agencyIn, textIn } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import { issuerSide } from '../issuer-side.js';
import { factsOf, has, type Fact, type Matter } from '../matter.js';
import { earliest } from '../moments.js';
import { inTime, type Judgement, type Rule, type Then } from '../rule.js';
import { isSameDisclosure } from '../same-disclosure.js';
import { recipientOf } from '../side.js';
import { unlessErased } from '../unless-erased.js';

/**
 * The law says "without delay"; three working days are how the network reads it, for telling and for confirming. So what
 * is not done by then breaks what the network agreed on, and is for the officer to judge by the law.
 */
export const qua02: Rule = {
  id: 'QUA-02',
  version: 2,
  statement: {
    en: 'Everybody who received what was incorrect or unlawfully passed on is told, and confirms what was done about it.',
    de: 'Wer Unrichtiges oder unrechtmäßig Übermitteltes erhalten hat, wird unterrichtet und bestätigt, was veranlasst wurde.',
  },
  compliant: {
    en: 'Tell each recipient within the time limit; each one confirms the action or says why it was not taken.',
    de: 'Jede Empfangsstelle wird fristgerecht unterrichtet; jede bestätigt die Maßnahme oder nennt den Grund, warum sie unterblieb.',
  },
  sources: ['LED 7(3)', 'LED 16(6)', 'GDPR 19', 'BVerfSchG § 26†'],
  severity: 'high',
  basis: 'policy',
  deadline: { workingDays: 3 },
  applies: true,
  about: 'exchange',
  reads: [
    'InformationDisclosed',
    'DisclosureReceived',
    'DisclosureInvalidated',
    'RecipientNotified',
    'RecipientActionConfirmed',
  ],
  judge: (matter, then) =>
    factsOf(matter, 'DisclosureInvalidated')
      .filter(({ terms }) => terms['cause'] !== 'superseded')
      .flatMap((invalidation) =>
        holdersOf(invalidation, matter).flatMap((holder) => judged(invalidation, holder, matter, then(invalidation))),
      ),
};

/** Who tells answers for telling; who was told answers for what it does then. */
function judged(invalidation: Fact, holder: AgencyId, matter: Matter, then: Then): readonly Judgement[] {
  const { id, occurredAt } = invalidation;
  const notices = factsOf(matter, 'RecipientNotified').filter(
    (one) => agencyIn(one.terms, 'notified') === holder && tellsOf(one, invalidation),
  );
  const answers = factsOf(matter, 'RecipientActionConfirmed').filter(
    (one) => one.issuer === holder && follows(one, invalidation),
  );
  const reached = notices.filter(({ terms }) => terms['reached'] === true);
  const facts = [id, ...notices.map((one) => one.id), ...answers.map((one) => one.id)];
  const sender = issuerSide(invalidation, then.registry);
  const isExcused = (one: Fact): boolean => sender.regime === 'GDPR' && isImpossible(one);
  // Whoever confirms an action was told of it, whether that was recorded or not.
  const told = first([...reached, ...notices.filter(isExcused), ...answers]);
  const telling = unlessErased(inTime(told, then.end(sender, occurredAt)), matter);
  const knows = first(reached);
  if (knows === null) return [{ side: sender, entry: id, part: holder, verdict: telling, facts }];
  const receiver = recipientOf(invalidation, holder, then.registry);
  const confirmed = first(answers.filter(isConfirmed));
  const confirming = unlessErased(inTime(confirmed, then.end(receiver, knows)), matter);
  return [
    { side: sender, entry: id, part: holder, verdict: telling, facts },
    { side: receiver, entry: id, part: holder, verdict: confirming, facts },
  ];
}

/** Who holds it: whom the invalidation names, whom it was sent to, and who received it. */
function holdersOf(invalidation: Fact, matter: Matter): readonly AgencyId[] {
  const isOf = (one: Fact): boolean => isSameDisclosure(one, invalidation);
  const holders = new Set([
    ...agenciesIn(invalidation.terms, 'recipients'),
    ...factsOf(matter, 'InformationDisclosed')
      .filter(isOf)
      .flatMap((one) => agenciesIn(one.terms, 'recipients')),
    ...factsOf(matter, 'DisclosureReceived')
      .filter(isOf)
      .map((one) => one.issuer),
  ]);
  return [...holders].filter((holder) => holder !== invalidation.issuer);
}

/** A notice that names an invalidation tells of that one, any other of what was invalidated before it. */
function tellsOf(notice: Fact, invalidation: Fact): boolean {
  if (notice.terms['notifiedAs'] === 'originator') return false;
  const named = textIn(notice.terms, 'invalidation');
  return named === null ? follows(notice, invalidation) : named === invalidation.id;
}

const follows = (one: Fact, invalidation: Fact): boolean =>
  textIn(one.terms, 'causedBy') === invalidation.id ||
  (isSameDisclosure(one, invalidation) && one.occurredAt >= invalidation.occurredAt);

/** GDPR 19: impossible, or an effort out of proportion; the directive knows no such exception. */
const isImpossible = ({ terms }: Fact): boolean => terms['reached'] === false && has(terms, 'notReachedBecause');

const isConfirmed = ({ terms }: Fact): boolean =>
  terms['done'] === true || (terms['done'] === false && has(terms, 'notDoneBecause'));

const first = (facts: readonly Fact[]): Instant | null => earliest(facts.map(({ occurredAt }) => occurredAt));
