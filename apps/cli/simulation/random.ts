import { createHash } from 'node:crypto';

/**
 * A seeded source of chance: the same seed gives the same sequence on every machine. xoshiro128** by Blackman and
 * Vigna, started from the SHA-256 of the seed. Not for secrets.
 */
export class Random {
  readonly #state: Uint32Array;

  constructor(seed: string) {
    const digest = createHash('sha256').update(seed).digest();
    this.#state = Uint32Array.from([0, 4, 8, 12], (offset) => digest.readUInt32LE(offset));
  }

  /** @returns a fraction from 0 to below 1 */
  next(): number {
    return this.#word() / 0x1_0000_0000;
  }

  /** @returns a fraction of the way from `least` to `most` */
  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** @returns a whole number from `least` to `most`, both included */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True in this share of all cases, 0 to 1. */
  happens(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.whole(0, choices.length - 1)];
    if (choice === undefined) throw new RangeError('nothing to pick from');
    return choice;
  }

  /** Several different ones, at most as many as there are, in the order of the list. */
  some<T>(count: number, choices: readonly T[]): T[] {
    const wanted = new Set<number>();
    const most = Math.min(count, choices.length);
    while (wanted.size < most) wanted.add(this.whole(0, choices.length - 1));
    return choices.filter((_, place) => wanted.has(place));
  }

  /** Picks a name by its weight; weights need not sum up to 1. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Name[];
    let rest = this.next() * names.reduce((sum, name) => sum + weights[name], 0);
    for (const name of names) if ((rest -= weights[name]) < 0) return name;
    return this.pick(names);
  }

  /** @returns a UUID of version 7 for a moment in milliseconds since 1970 (RFC 9562 §5.7) */
  uuidAt(milliseconds: number): string {
    const bytes = Buffer.alloc(16);
    for (const offset of [4, 8, 12]) bytes.writeUInt32BE(this.#word(), offset);
    bytes.writeUIntBE(milliseconds, 0, 6);
    bytes.writeUInt8(0x70 + this.whole(0, 15), 6);
    bytes.writeUInt8(0x80 + this.whole(0, 63), 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  #word(): number {
    const state = this.#state;
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const word = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    state[0] = a ^ b ^ d;
    state[1] = a ^ b ^ c;
    state[2] = a ^ c ^ (b << 9);
    state[3] = rotated(b ^ d, 11);
    return word;
  }
}

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
