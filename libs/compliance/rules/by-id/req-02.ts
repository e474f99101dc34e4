import { agenciesIn, dayIn, textIn } from '#catalogue';
import type { Instant } from '#kernel';
import { agreedTimeLimit, dueAs, type Due } from '../agreed-time-limit.js';
import type { Fact, Matter } from '../matter.js';
import { addressedRequests, entriesAbout, type AddressedRequest } from '../request-replies.js';
import { inTime, type Judgement, type Rule, type Then } from '../rule.js';
import { recipientOf, type Side } from '../side.js';
import { unlessErased } from '../unless-erased.js';

/** With an answer the request is decided, too. */
const decisions = ['RequestDecided', 'OnwardSharingPermitted', 'OnwardSharingRefused', 'InformationDisclosed'];

/** Who asked needs no decision any more. Where the other side says so, it still should have decided. */
const endings = ['RequestWithdrawn', 'RequestLapsed'];

/** Fields of `AgreedTimeLimits`. */
const limits: ReadonlyMap<string, string> = new Map([
  ['urgent', 'decideUrgent'],
  ['imminent-danger', 'decideImminent'],
]);

export const req02: Rule = {
  id: 'REQ-02',
  version: 1,
  statement: {
    en: 'A request is decided within the time that its urgency leaves.',
    de: 'Über ein Ersuchen wird in der Zeit entschieden, die seine Dringlichkeit lässt.',
  },
  compliant: {
    en: 'Decide in time, or defer the decision in time to a day that is named.',
    de: 'Fristgerecht entscheiden oder die Entscheidung fristgerecht auf einen genannten Tag zurückstellen.',
  },
  sources: ['policy'],
  severity: 'medium',
  basis: 'policy',
  deadline: { workingDays: 10 },
  deadlines: { urgent: { workingDays: 1 }, 'imminent-danger': { hours: 1 } },
  applies: true,
  about: 'exchange',
  reads: ['InformationRequested', 'RequestEscalated', ...decisions, ...endings],
  judge: (matter, then) => addressedRequests(matter).map((one) => judged(one, matter, then(one.request))),
};

function judged({ request, addressee }: AddressedRequest, matter: Matter, then: Then): Judgement {
  const side = recipientOf(request, addressee, then.registry);
  const { due: first, cited } = firstDue(request, side, then);
  const escalations = entriesAbout(request, matter, 'RequestEscalated');
  const deciders = [addressee, ...escalations.flatMap(({ terms }) => agenciesIn(terms, 'escalatedTo'))];
  const said = entriesAbout(request, matter, ...decisions, ...endings).filter(({ issuer, type }) =>
    endings.includes(type) ? issuer === request.issuer : deciders.includes(issuer),
  );
  const decision = said.find((one) => !isDeferral(one) && isDecision(one));
  const deferrals = said.filter(isDeferral).filter(({ occurredAt }) => !decision || occurredAt <= decision.occurredAt);
  const due = deferred(first, deferrals, side, then);
  return {
    side,
    entry: request.id,
    part: null,
    verdict: unlessErased(inTime(decision?.occurredAt ?? null, due), matter),
    facts: [request, ...deferrals, ...(decision ? [decision] : [])].map(({ id }) => id),
    ...cited,
    ...(due !== first && { deadline: null }),
  };
}

function firstDue(request: Fact, side: Side, then: Then): Due {
  const urgency = textIn(request.terms, 'urgency') ?? 'normal';
  const flow = { from: side.agency, to: request.issuer };
  const agreed = agreedTimeLimit(request, flow, limits.get(urgency) ?? 'decideNormal', then.registry);
  const { deadline, deadlines = {} } = then.settings(side);
  const own = new Map(Object.entries(deadlines)).get(urgency) ?? deadline;
  return dueAs(agreed, { side, from: request.occurredAt, inForce: then, own });
}

const isDeferral = ({ type, terms }: Fact): boolean => type === 'RequestDecided' && terms['decision'] === 'defer';

/** What does not say how it was decided is no decision; what nobody asked for is none of this request. */
const isDecision = ({ type, terms }: Fact): boolean =>
  type === 'RequestDecided' ? textIn(terms, 'decision') !== null : terms['spontaneous'] !== true;

/** A deferral counts where it is made in time and names a day. */
const deferred = (due: Instant, deferrals: readonly Fact[], side: Side, then: Then): Instant =>
  deferrals.reduce((end, { occurredAt, terms }) => {
    const day = dayIn(terms, 'decisionDue');
    if (day === null || occurredAt > end) return end;
    const later = then.endOfDay(side, day);
    return later > end ? later : end;
  }, due);
