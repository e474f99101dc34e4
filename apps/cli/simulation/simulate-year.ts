import { millisecondsOf, type Instant } from '#kernel';
import { beginnings, calendarYear, yearBefore, type Span } from './calendar.js';
import { kindWeights } from './calibration.js';
import { Caseload } from './caseload.js';
import type { Intent } from './intent.js';
import { panel } from './panel.js';
import { plannedSpecials, type Planned } from './planned-specials.js';
import { somebody } from './person.js';
import { Random } from './random.js';
import { intendedInRegistry } from './registry-entries.js';
import { Script, type SimulatedEntry } from './script.js';
import { referral, request, unasked, type Story } from './stories.js';

interface Scope {
  /** the same seed and the same scope give the same entries, ids included */
  readonly seed: string | number;
  /** how many exchanges beside the special stories that every year tells; each has about 10 entries */
  readonly exchanges: number;
}

/**
 * What to simulate: a calendar year as far as it has passed at `until`, or, without a year, the twelve months before
 * `until`. Nothing occurs at `until` or later: what is unfinished then stays so, and what would begin just before the
 * end may not begin at all.
 */
export type Simulation =
  | (Scope & { readonly year: number; readonly until?: Instant })
  | (Scope & { readonly year?: undefined; readonly until: Instant });

const stories: Readonly<Record<keyof typeof kindWeights, Story>> = { referral, panel, request, unasked };

/**
 * A year of a network of nine agencies, as the entries they record. Exchanges come in the order in which they begin,
 * each whole before the next: whoever records them keeps the order within each. Memory does not grow with their number.
 */
export function* simulateYear(simulation: Simulation): Iterable<SimulatedEntry> {
  for (const { entries } of toldIn(simulation)) yield* entries;
}

/**
 * What is wrong on purpose in such a year and in what was agreed on before it: the check notes that a ledger raises when
 * all of it is recorded, and no others. It holds for a year that ends when it is recorded: what was left unfinished
 * longer ago is overdue since.
 */
export function* expectedNotes(simulation: Simulation): Iterable<Intent> {
  yield* intendedInRegistry();
  for (const { intents } of toldIn(simulation)) yield* intents;
}

interface Told {
  readonly entries: readonly SimulatedEntry[];
  readonly intents: readonly Intent[];
}

function* toldIn(simulation: Simulation): Iterable<Told> {
  const { seed, exchanges } = simulation;
  const span = spanOf(simulation);
  const until = millisecondsOf(span.until);
  const random = new Random(`${seed} ${exchanges} ${span.from} ${span.until}`);
  const caseload = new Caseload(random);
  const specials = plannedSpecials(`${seed} ${exchanges} ${span.from} ${span.until}`, span);
  for (const begins of beginnings(span, exchanges, random)) {
    while ((specials[0]?.begins ?? Infinity) <= begins) yield* toldNext(specials, span.until);
    const kind = random.weighted(kindWeights);
    const script = new Script(random, personFor(kind, caseload, random), begins, until);
    stories[kind](script, caseload);
    yield endedAt(span.until, script);
  }
  while (specials.length > 0) yield* toldNext(specials, span.until);
}

function* toldNext(specials: Planned[], until: Instant): Iterable<Told> {
  const next = specials.shift();
  if (next) yield endedAt(until, next.tell());
}

/** What would happen later has not happened; nor is anything wrong with it. */
function endedAt(until: Instant, script: Script): Told {
  const entries = script.entries.filter(({ body }) => body.occurredAt < until);
  const told = new Set(entries.map(({ body }) => body.id));
  return { entries, intents: script.intents.filter(({ entry }) => told.has(entry)) };
}

function personFor(kind: keyof typeof stories, caseload: Caseload, random: Random) {
  if (kind === 'referral') return somebody(random);
  return kind === 'panel' ? caseload.discuss(random) : caseload.continue(random);
}

const spanOf = ({ year, until }: Simulation): Span =>
  year === undefined ? yearBefore(until) : calendarYear(year, until);
