import type { AgencyId, ExchangeVersion, Instant } from '#kernel';

/**
 * Where an exchange stands. `decided`: the decision itself is missing; `opened`: nothing has moved it yet; `withdrawn` and
 * `lapsed`: the request ended before anything was disclosed. A question that is open is no state but somebody's turn.
 */
export type ExchangeState = keyof typeof stages;

/** What an agency owes the other side. */
export const duties = ['decision', 'disclosure', 'clarification', 'receipt', 'feedback', 'confirmation'] as const;
export type Duty = (typeof duties)[number];

/** Whose turn it is: one line of an agency's inbox. */
export interface Turn {
  readonly agency: AgencyId;
  readonly owes: Duty;
  /** `disclosureId` of the disclosure it is about, where there is one. */
  readonly about: string | null;
  /** `occurredAt` of what made it this agency's turn. */
  readonly since: Instant;
}

/** The register's row of an exchange: JSON, folded from block `terms` and the issuers of its entries. */
export interface ExchangeHead {
  readonly parties: readonly AgencyId[];
  readonly requester: AgencyId | null;
  readonly disclosers: readonly AgencyId[];
  readonly recipients: readonly AgencyId[];
  readonly state: ExchangeState;
  /** `occurredAt` of what led to the state. */
  readonly since: Instant;
  readonly version: ExchangeVersion;
  readonly waitingFor: readonly Turn[];
  /** What was recorded as done before anything said it was owed: keys of turns that will not open. */
  readonly doneAhead: readonly string[];
  /** Keys of turns without a disclosure that have opened once: doing these again is not ahead of anything. */
  readonly owedOnce: readonly string[];
  /** To whom a decision was escalated, and on which request where that is said. */
  readonly escalations: readonly string[];
}

/** How far each state is. Several states of one stage replace each other. */
const stages = {
  opened: 0,
  requested: 1,
  acknowledged: 2,
  decided: 3,
  granted: 3,
  'partly-granted': 3,
  refused: 3,
  redirected: 3,
  deferred: 3,
  'not-held': 3,
  'answered-orally': 3,
  withdrawn: 4,
  lapsed: 4,
  disclosed: 5,
  received: 6,
  'feedback-given': 7,
  invalidated: 8,
  corrected: 9,
} as const;

export const exchangeStates = Object.keys(stages) as readonly ExchangeState[];

/** Agencies' clocks differ, and a one-sided exchange never settles all it owes: the head stays small nevertheless. */
const longestMemory = 100;

export const isDecided = ({ state }: ExchangeHead): boolean => stages[state] >= stages.decided;

/**
 * Moves the state, unless the exchange is further already and got there later: what is recorded late changes the record,
 * not where the exchange stands.
 */
export function reach(head: ExchangeHead, state: ExchangeState, at: Instant): ExchangeHead {
  if (stages[state] < stages[head.state] && at <= head.since) return head;
  return { ...head, state, since: at };
}

/** Makes it an agency's turn, unless it is already, what is owed was done before, or nobody asks for it any more. */
export function owe(head: ExchangeHead, turn: Turn): ExchangeHead {
  const key = keyOf(turn);
  const owedOnce = turn.about === null ? [...new Set([...head.owedOnce, key])] : head.owedOnce;
  const { doneAhead, waitingFor } = head;
  if (doneAhead.includes(key)) return { ...head, owedOnce, doneAhead: doneAhead.filter((done) => done !== key) };
  if (waitingFor.some((open) => keyOf(open) === key)) return head;
  if (isUnasked(head, turn)) return { ...head, owedOnce };
  return { ...head, owedOnce, waitingFor: [...waitingFor, turn] };
}

/** Closes an agency's turn: the one about this disclosure, or its oldest when the entry does not say which. */
export function settle(head: ExchangeHead, done: Omit<Turn, 'since'>): ExchangeHead {
  const { doneAhead, owedOnce, waitingFor } = head;
  const at = waitingFor.findIndex(
    ({ agency, owes, about }) =>
      agency === done.agency && owes === done.owes && (about === done.about || about === null || done.about === null),
  );
  if (at >= 0) return { ...head, waitingFor: waitingFor.toSpliced(at, 1) };
  const key = keyOf(done);
  if (doneAhead.includes(key) || owedOnce.includes(key)) return head;
  return { ...head, doneAhead: [...doneAhead, key].slice(-longestMemory) };
}

/** Notes that an agency is to decide what another one was asked. @param request entry id; null where it is not said */
export function escalate(head: ExchangeHead, agency: AgencyId, request: string | null): ExchangeHead {
  const key = escalationOf(agency, request);
  const { escalations } = head;
  return escalations.includes(key) ? head : { ...head, escalations: [...escalations, key].slice(-longestMemory) };
}

/** Whether this request was ever escalated to the agency, by its name or with all that was asked. */
export const wasEscalatedTo = ({ escalations }: ExchangeHead, agency: AgencyId, request: string): boolean =>
  [request, null].some((one) => escalations.includes(escalationOf(agency, one)));

const escalationOf = (agency: AgencyId, request: string | null): string => `${agency} ${request ?? ''}`;

/** Nobody owes this any more. */
export const cancel = (head: ExchangeHead, owes: readonly Duty[], about: string | null): ExchangeHead => ({
  ...head,
  waitingFor: head.waitingFor.filter((open) => open.about !== about || !owes.includes(open.owes)),
});

/** What is owed to a request, for as long as somebody asks. */
const answers: readonly Duty[] = ['decision', 'disclosure', 'clarification'];

/**
 * Nobody asks any more: what was owed to the request is not owed. The state moves unless something was disclosed; what
 * follows from a disclosure does not end with the request.
 */
export function unask(head: ExchangeHead, state: 'withdrawn' | 'lapsed', at: Instant): ExchangeHead {
  const freed = cancel(head, answers, null);
  return stages[head.state] > stages[state] ? freed : reach(freed, state, at);
}

/** True of what was asked before the request ended: recorded late, it does not begin again. */
const isUnasked = ({ state, since }: ExchangeHead, { owes, about, since: asked }: Turn): boolean =>
  (state === 'withdrawn' || state === 'lapsed') && about === null && answers.includes(owes) && asked <= since;

/** Both lists as one, without repetition, in order of first appearance. */
export const union = (known: readonly AgencyId[], more: readonly AgencyId[]): readonly AgencyId[] =>
  more.every((one) => known.includes(one)) ? known : [...new Set([...known, ...more])];

const keyOf = ({ agency, owes, about }: Omit<Turn, 'since'>): string => `${agency} ${owes} ${about ?? ''}`;
