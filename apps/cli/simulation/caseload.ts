import { somebody, type Person } from './person.js';
import type { Random } from './random.js';

const mostOpen = 60;
const mostAdopted = 120;

/**
 * Who is known: persons referred and not yet discussed, and persons adopted as a case. Both are bounded, as an
 * office's attention is; the longest known make way.
 */
export class Caseload {
  readonly #referred: Person[];
  readonly #adopted: Person[];

  /** Some cases go on from the year before. */
  constructor(random: Random) {
    this.#referred = Array.from({ length: 6 }, () => somebody(random));
    this.#adopted = Array.from({ length: 12 }, () => somebody(random));
  }

  refer(person: Person): void {
    this.#referred.push(person);
    if (this.#referred.length > mostOpen) this.#referred.shift();
  }

  /** Takes one of those referred for discussion. */
  discuss(random: Random): Person {
    const [person] = this.#referred.splice(random.whole(0, this.#referred.length - 1), 1);
    return person ?? somebody(random);
  }

  adopt(person: Person): void {
    this.#adopted.push(person);
    if (this.#adopted.length > mostAdopted) this.#adopted.shift();
  }

  /** One of the adopted cases. */
  continue(random: Random): Person {
    return random.pick(this.#adopted);
  }
}
