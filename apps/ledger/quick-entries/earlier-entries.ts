import type { Caller } from '#access';
import { agenciesIn, headFor, standingAt, textIn, type ExchangeHead } from '#catalogue';
import { conditionsDecided, conditionsOf, unfit, type Earlier, type QuickEntry } from '#compliance/assessments';
import {
  DomainError,
  isInstant,
  isUuid,
  treeSize,
  type EntryId,
  type ExchangeId,
  type Instant,
  type TreeSize,
} from '#kernel';
import type { JsonObject } from '#statement';
import { linkedIn } from '../assessments/linked-entries.js';
import { readEntry, type ReadableEntry } from '../entries/entry-reader.js';
import { isAskedOf } from '../entries/is-asked-of.js';
import type { Ledger } from '../ledger.js';

/** What a quick entry was judged by when it was sent first. */
export interface SentBefore {
  readonly at: Instant;
  readonly registry: TreeSize;
  /** type of the first entry that it became */
  readonly type: string | null;
  /** handling conditions of that entry: all that it went with, also of what was decided before */
  readonly conditions: readonly string[];
}

/**
 * Whether the caller's agency sent a quick entry before: then it becomes the same entries again, of the same moment.
 *
 * @returns null where it is new, or of others: whoever records it finds that out
 */
export async function sentBefore(ledger: Ledger, id: string, caller: Caller): Promise<SentBefore | null> {
  const entry = await readable(ledger, id as EntryId, caller);
  if (entry === null || entry.leaf.log !== 'entries' || entry.leaf.statement.iss !== caller.agency) return null;
  const terms = termsOf(entry) ?? {};
  const { occurredAt: at } = terms;
  if (!isInstant(at)) return null;
  const registry = treeSize(entry.leaf.registry);
  return { at, registry, type: textIn(terms, 'type'), conditions: conditionsOf(terms) };
}

/**
 * The request that is answered, the disclosure that was received, or the conference that a sheet tells of. Nothing of it
 * is shown: what it says about the person is not opened.
 *
 * @param before where the same was sent before
 * @throws DomainError `invalid-body` where there is none for the caller, or it is something else
 */
export async function earlierOf(
  quick: QuickEntry,
  ledger: Ledger,
  caller: Caller,
  before: SentBefore | null,
): Promise<Earlier | null> {
  const name = (['request', 'disclosure', 'convening'] as const).find((one) => quick[one] !== null);
  const id = name === undefined ? null : quick[name];
  if (name === undefined || id === null) return null;
  const entry = await readable(ledger, id as EntryId, caller);
  const terms = entry && termsOf(entry);
  const exchange = terms?.['exchange'];
  const isIt = entry?.leaf.log === 'entries' && terms?.['type'] === types[name] && isUuid(exchange);
  const isOwnRequest = name === 'request' && entry?.leaf.statement.iss === caller.agency;
  const isForOthers = name === 'disclosure' && !agenciesIn(terms ?? {}, 'recipients').includes(caller.agency);
  if (!isIt || isOwnRequest || isForOthers) throw unfit(`/${name}`, `expected the entry id of ${expected[name]}`);
  const isAsked = before !== null || isAskedOf({ id, terms }, ledger, caller);
  if (name === 'request' && !isAsked) throw unfit('/request', `expected the entry id of ${expected.request}`);
  const head = headOf(exchange, ledger, caller);
  // Sent again it becomes what it became first, whatever was decided since.
  const isDecisionOwed = before === null ? owesDecision(head, caller) : before.type === 'RequestDecided';
  const isToAsk = name === 'request' && head !== null && head.version > 1;
  const at = quick.occurredAt ?? ledger.clock.now();
  const decided = before?.conditions ?? (isToAsk ? await ownConditions(id, at, ledger, caller) : []);
  return { id, exchange, issuer: entry.leaf.statement.iss, terms, isDecisionOwed, conditionsDecided: decided };
}

/** The exchange as the agency sees it: what its inbox says, also of what was escalated to it. */
function headOf(exchange: string, { register, clock }: Ledger, { agency }: Caller): ExchangeHead | null {
  const times = register.timesOf(exchange as ExchangeId);
  return times === undefined ? null : headFor(standingAt(times, clock.now()), agency);
}

const owesDecision = (head: ExchangeHead | null, { agency }: Caller): boolean =>
  head?.waitingFor.some((turn) => turn.agency === agency && turn.owes === 'decision') === true;

/** Asked of the views, where its exchange holds more than the request: the first answer to it never waits for them. */
async function ownConditions(request: string, at: Instant, ledger: Ledger, caller: Caller): Promise<readonly string[]> {
  const linked = await linkedIn({ said: { request } }, ledger, caller);
  return conditionsDecided({ request, agency: caller.agency, at }, linked);
}

const types = {
  request: 'InformationRequested',
  disclosure: 'InformationDisclosed',
  convening: 'ConferenceConvened',
} as const;

const expected = {
  request: 'a request to your agency',
  disclosure: 'a disclosure to your agency',
  convening: 'the convening of a conference of your agency',
};

async function readable(ledger: Ledger, id: EntryId, caller: Caller): Promise<ReadableEntry | null> {
  try {
    return await readEntry(ledger, id, caller);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return null;
    throw error;
  }
}

const termsOf = ({ disclosures }: ReadableEntry): JsonObject | null => {
  const terms = disclosures.find(({ block }) => block === 'terms')?.value;
  return terms !== undefined && textIn(terms, 'type') !== null ? terms : null;
};
