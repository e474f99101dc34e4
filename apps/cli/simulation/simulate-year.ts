import type { Instant } from '#kernel';
import { beginnings, calendarYear, yearBefore, type Span } from './calendar.js';
import { kindWeights } from './calibration.js';
import { Caseload } from './caseload.js';
import { somebody } from './person.js';
import { Random } from './random.js';
import { Script, type SimulatedEntry } from './script.js';
import { panel, referral, request, unasked, type Story } from './stories.js';

interface Scope {
  /** the same seed and the same scope give the same entries, ids included */
  readonly seed: string | number;
  /** how many exchanges; each has about 7 entries */
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
  const { seed, exchanges } = simulation;
  const span = spanOf(simulation);
  const random = new Random(`${seed} ${exchanges} ${span.from} ${span.until}`);
  const caseload = new Caseload(random);
  for (const begins of beginnings(span, exchanges, random)) {
    const kind = random.weighted(kindWeights);
    const script = new Script(random, personFor(kind, caseload, random), begins);
    stories[kind](script, caseload);
    yield* script.entries.filter(({ body }) => body.occurredAt < span.until);
  }
}

function personFor(kind: keyof typeof stories, caseload: Caseload, random: Random) {
  if (kind === 'referral') return somebody(random);
  return kind === 'panel' ? caseload.discuss(random) : caseload.continue(random);
}

const spanOf = ({ year, until }: Simulation): Span =>
  year === undefined ? yearBefore(until) : calendarYear(year, until);
