import { dayIn, textIn } from '#catalogue';
import type { Instant } from '#kernel';
import { firstDone, type Done } from '../done.js';
import { issuerSide } from '../issuer-side.js';
import { factsOf, type Fact, type Matter } from '../matter.js';
import { instantIn } from '../moments.js';
import { inTime, type Judgement, type Rule, type Then } from '../rule.js';
import type { Side } from '../side.js';
import { unlessErased } from '../unless-erased.js';

/** The authority's date counts, and the rule's deadline only where it set none. */
export const ovs01: Rule = {
  id: 'OVS-01',
  version: 1,
  statement: {
    en: 'A request of the supervisory authority is answered by the date it set.',
    de: 'Eine Anforderung der Aufsichtsbehörde wird bis zu dem von ihr gesetzten Tag beantwortet.',
  },
  compliant: {
    en: 'The answer is given by then, or more time is agreed before that day is over.',
    de: 'Die Antwort ergeht bis dahin, oder vor Ablauf des Tages ist eine längere Frist vereinbart.',
  },
  sources: ['GDPR 31', 'GDPR 58', 'LED 25(3)', 'LED 26'],
  severity: 'urgent',
  basis: 'law',
  deadline: { months: 1 },
  applies: true,
  about: 'regulator-request',
  reads: ['RegulatorRequestReceived', 'RegulatorRequestAnswered'],
  judge: (matter, then) =>
    factsOf(matter, 'RegulatorRequestReceived').map((request) => judged(request, matter, then(request))),
};

function judged(request: Fact, matter: Matter, then: Then): Judgement {
  const side = issuerSide(request, then.registry);
  const replies = repliesTo(request, matter);
  const extensions = replies.filter(({ by }) => isExtension(by));
  const first = setDate(request, side, then);
  const due = extensions.reduce((until, one) => extended(until, one, side, then), first);
  const answer = firstDone(replies.filter(({ by }) => !isExtension(by) && textIn(by.terms, 'outcome') !== null));
  return {
    side,
    entry: request.id,
    part: null,
    verdict: unlessErased(inTime(answer?.at ?? null, due), matter),
    ...((due !== first || dayIn(request.terms, 'answerDue') !== null) && { deadline: null }),
    facts: [request.id, ...extensions.map(({ by }) => by.id), ...(answer ? [answer.by.id] : [])],
  };
}

/** By when they were given; what does not say when it was, was not given. */
const repliesTo = (request: Fact, matter: Matter): readonly Done[] =>
  factsOf(matter, 'RegulatorRequestAnswered')
    .filter(({ issuer }) => issuer === request.issuer)
    .map((by) => ({ at: instantIn(by.terms, 'answeredAt'), by }))
    .flatMap(({ at, by }) => (at === null ? [] : [{ at, by }]))
    .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));

/** More time was agreed; or a part was answered, and a day is set for the rest. */
const isExtension = ({ terms }: Fact): boolean =>
  terms['outcome'] === 'extended' || (terms['outcome'] === 'in-part' && dayIn(terms, 'newAnswerDue') !== null);

function setDate({ occurredAt, terms }: Fact, side: Side, then: Then): Instant {
  const day = dayIn(terms, 'answerDue');
  return day === null ? then.end(side, instantIn(terms, 'receivedAt') ?? occurredAt) : then.endOfDay(side, day);
}

function extended(due: Instant, { at, by }: Done, side: Side, then: Then): Instant {
  const day = dayIn(by.terms, 'newAnswerDue');
  if (day === null || at > due) return due;
  const until = then.endOfDay(side, day);
  return until > due ? until : due;
}
