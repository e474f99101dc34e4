import type { Caller } from '#access';
import { agenciesIn, headFor, standingAt, textIn } from '#catalogue';
import { unfit, type Earlier, type QuickEntry } from '#compliance/assessments';
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
import { readEntry, type ReadableEntry } from '../entries/entry-reader.js';
import { isAskedOf } from '../entries/is-asked-of.js';
import type { Ledger } from '../ledger.js';

/** What a quick entry was judged by when it was sent first. */
export interface SentBefore {
  readonly at: Instant;
  readonly registry: TreeSize;
  /** type of the first entry that it became */
  readonly type: string | null;
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
  return isInstant(at) ? { at, registry: treeSize(entry.leaf.registry), type: textIn(terms, 'type') } : null;
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
  // Sent again it becomes what it became first, whatever was decided since.
  const isDecisionOwed = before === null ? owesDecision(exchange, ledger, caller) : before.type === 'RequestDecided';
  return { id, exchange, issuer: entry.leaf.statement.iss, terms, isDecisionOwed };
}

/** As the agency sees the exchange: what its inbox says, also of what was escalated to it. */
function owesDecision(exchange: string, { register, clock }: Ledger, { agency }: Caller): boolean {
  const times = register.timesOf(exchange as ExchangeId);
  const head = times === undefined ? null : headFor(standingAt(times, clock.now()), agency);
  return head?.waitingFor.some((turn) => turn.agency === agency && turn.owes === 'decision') === true;
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
