import { millisecondsOf } from '#kernel';
import { everyBreach } from './breaches/every-breach.js';
import { day, inOfficeHours, type Span } from './calendar.js';
import { somebody } from './person.js';
import { Random } from './random.js';
import { everyRareStory } from './rare/every-rare-story.js';
import { Script } from './script.js';
import type { Special } from './special.js';

/** A special story that is not told yet. */
export interface Planned {
  /** milliseconds since 1970 */
  readonly begins: number;
  tell(): Script;
}

/** In a shorter time not all of them come to their end. */
const shortest = 300 * day;
/** So long a story may last. */
const longest = 290 * day;

/** The special stories of a span, earliest first: all begin so early that they end within it. */
export function plannedSpecials(seed: string, { from, until }: Span): Planned[] {
  const [start, end] = [millisecondsOf(from), millisecondsOf(until)];
  if (end - start < shortest) return [];
  const specials: readonly Special[] = [...everyRareStory, ...everyBreach];
  const room = end - start - longest;
  return specials.map(({ name, tell }, place) => {
    const random = new Random(`${seed} ${name}`);
    const begins = Math.floor(start + (room * (place + random.next())) / specials.length);
    return {
      begins,
      tell: () => {
        const script = new Script(random, somebody(random), inOfficeHours(begins, random), end, true);
        tell(script);
        return script;
      },
    };
  });
}
