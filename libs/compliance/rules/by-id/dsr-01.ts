import { dayIn, textIn } from '#catalogue';
import type { Instant } from '#kernel';
import type { Deadline } from '../deadlines/calendar.js';
import { firstDone, type Done } from '../done.js';
import { factsOf, has, type Fact, type Matter } from '../matter.js';
import { instantIn } from '../moments.js';
import { isRefusal, ownFacts } from '../rights-request.js';
import { inTime, type Judgement, type Rule, type Then } from '../rule.js';
import { senderOf, type Side } from '../side.js';
import { unlessErased } from '../unless-erased.js';

/** The month and the two by which it can be extended. */
const longest: Deadline = { months: 3 };

/**
 * An answer is what was done and told; for a refusal, and where nothing is held, it is that the person was told. An
 * extension counts where the person heard of it and of its reason within the first month. It puts off no refusal: GDPR
 * 12(4).
 */
export const dsr01: Rule = {
  id: 'DSR-01',
  version: 2,
  statement: {
    en: 'The request of a person is answered in time.',
    de: 'Der Antrag einer betroffenen Person wird fristgerecht beantwortet.',
  },
  compliant: {
    en: 'The person has the answer within a month, or hears within it why it takes up to two months more; a refusal is told within the month in any case.',
    de: 'Die Antwort ergeht binnen eines Monats, oder die Person erfährt darin, warum es bis zu zwei Monate länger dauert; eine Ablehnung wird stets binnen des Monats mitgeteilt.',
  },
  sources: ['GDPR 12(3), 12(4)', 'LED 12(3)'],
  severity: 'high',
  basis: 'law',
  deadline: { months: 1 },
  applies: true,
  about: 'rights-request',
  reads: ['RightsRequestReceived', 'RightsRequestExtended', 'RightsRequestDecided', 'RightsRequestFulfilled'],
  judge: (matter, then) =>
    factsOf(matter, 'RightsRequestReceived').map((request) => judged(request, matter, then(request))),
};

function judged(request: Fact, matter: Matter, inForce: Then): Judgement {
  const side = senderOf(request);
  const received = instantIn(request.terms, 'receivedAt') ?? request.occurredAt;
  const month = inForce.end(side, received);
  const extensions = ownFacts(matter, request, 'RightsRequestExtended').filter((one) => isTold(one, month));
  const ends = extensions.map((one) => extendedTo(one, { side, received, inForce }));
  const answer = firstDone([
    ...ownFacts(matter, request, 'RightsRequestFulfilled').map((one) => doneAt(one, 'answeredAt')),
    ...ownFacts(matter, request, 'RightsRequestDecided')
      .filter((one) => isRefusal(one) || textIn(one.terms, 'outcome') === 'nothing-held')
      .map((one) => doneAt(one, 'personToldAt')),
  ]);
  const due = answer && isRefusal(answer.by) ? month : ([month, ...ends].sort().at(-1) ?? month);
  return {
    side,
    entry: request.id,
    part: null,
    verdict: unlessErased(inTime(answer?.at ?? null, due), matter),
    ...(due !== month && { deadline: null }),
    facts: [request, ...extensions, ...(answer ? [answer.by] : [])].map(({ id }) => id),
  };
}

function isTold({ terms }: Fact, month: Instant): boolean {
  const told = instantIn(terms, 'personToldAt');
  return told !== null && told <= month && has(terms, 'extensionReason');
}

/** The day the person was told, and never later than the law allows. */
function extendedTo(
  { terms }: Fact,
  { side, received, inForce }: { readonly side: Side; readonly received: Instant; readonly inForce: Then },
): Instant {
  const last = inForce.end(side, received, longest);
  const day = dayIn(terms, 'dueAt');
  const promised = day === null ? last : inForce.endOfDay(side, day);
  return promised < last ? promised : last;
}

function doneAt(fact: Fact, name: string): Done | null {
  const at = instantIn(fact.terms, name);
  return at === null ? null : { at, by: fact };
}
