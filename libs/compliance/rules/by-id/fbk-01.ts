import { agenciesIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import { agreedTimeLimit, dueAs } from '../agreed-time-limit.js';
import { factsOf, has, type Fact, type Matter } from '../matter.js';
import { inTime, type Judgement, type Rule, type Then } from '../rule.js';
import { isSameDisclosure } from '../same-disclosure.js';
import { recipientOf } from '../side.js';
import { unlessErased } from '../unless-erased.js';

export const fbk01: Rule = {
  id: 'FBK-01',
  version: 1,
  statement: {
    en: 'Who received information tells what became of it.',
    de: 'Wer Informationen erhalten hat, meldet zurück, was daraus geworden ist.',
  },
  compliant: {
    en: 'Give feedback: used, not used, wrong, or more is needed. One of the four is enough.',
    de: 'Rückmelden: verwendet, nicht verwendet, unrichtig oder mehr nötig. Eine der vier Angaben genügt.',
  },
  sources: ['DGAP issue paper 2021, recommendations 1, 4 and 6'],
  severity: 'low',
  basis: 'policy',
  deadline: { days: 30 },
  applies: true,
  about: 'exchange',
  reads: ['InformationDisclosed', 'FeedbackGiven', 'DisclosureInvalidated'],
  judge: (matter, then) =>
    factsOf(matter, 'InformationDisclosed').flatMap((disclosure) =>
      [...new Set(agenciesIn(disclosure.terms, 'recipients'))].map((recipient) =>
        judged(disclosure, recipient, matter, then(disclosure)),
      ),
    ),
};

function judged(disclosure: Fact, recipient: AgencyId, matter: Matter, then: Then): Judgement {
  const side = recipientOf(disclosure, recipient, then.registry);
  const agreed = agreedTimeLimit(disclosure, { from: disclosure.issuer, to: recipient }, 'feedback', then.registry);
  const { due, cited } = dueAs(agreed, { side, from: disclosure.occurredAt, inForce: then });
  const done = factsOf(matter, 'FeedbackGiven', 'DisclosureInvalidated').find(
    (one) => isSameDisclosure(one, disclosure) && settles(one, disclosure, recipient),
  );
  return {
    side,
    entry: disclosure.id,
    part: recipient,
    verdict: unlessErased(inTime(done?.occurredAt ?? null, due), matter),
    facts: [disclosure.id, ...(done ? [done.id] : [])],
    ...cited,
  };
}

/** Nobody need say what became of what its sender took back. */
const settles = ({ type, issuer, terms }: Fact, disclosure: Fact, recipient: AgencyId): boolean =>
  type === 'FeedbackGiven' ? issuer === recipient && has(terms, 'feedback') : issuer === disclosure.issuer;
