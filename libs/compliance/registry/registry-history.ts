import type { AgencyId, EntryId, Instant, TreeSize } from '#kernel';
import type { JsonObject } from '#statement';
import { everyPack } from '../rules/packs/every-pack.js';
import { packOrder } from '../rules/packs/pack.js';
import { Settings } from '../rules/settings.js';
import { publishedPack } from './published-pack.js';
import { RegistrySnapshot } from './registry-snapshot.js';

/** An entry of the registry log: it holds no persons, so its data stands in the leaf. */
export interface RegistryEntry {
  readonly id: EntryId;
  readonly issuer: AgencyId;
  readonly recordedAt: Instant;
  readonly type: string;
  readonly data: JsonObject;
}

/** What was in force at one size of the registry log. */
export interface RegistryThen {
  readonly registry: RegistrySnapshot;
  readonly settings: Settings;
}

/** The registry has few entries and most questions are about its latest sizes. */
const mostRemembered = 16;

/** The registry log from its beginning, so that every entry is judged by what was in force when it was recorded. */
export class RegistryHistory {
  readonly #entries: RegistryEntry[] = [];
  readonly #remembered = new Map<number, RegistryThen>();

  /** How many entries it knows. */
  get size(): number {
    return this.#entries.length;
  }

  /** Appends entries in the order of the log. */
  add(entries: readonly RegistryEntry[]): void {
    this.#entries.push(...entries);
  }

  /** @throws RangeError when the log is not known that far */
  at(size: TreeSize): RegistryThen {
    if (size > this.#entries.length) throw new RangeError(`the registry is known to ${this.#entries.length} entries`);
    const known = this.#remembered.get(size);
    if (known !== undefined) return known;
    const entries = this.#entries.slice(0, size);
    const then = { registry: new RegistrySnapshot(entries), settings: new Settings(packsIn(entries)) };
    this.#remembered.set(size, then);
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= mostRemembered) break;
      this.#remembered.delete(oldest);
    }
    return then;
  }
}

/** The packs that come with the ledger, each as it was published last, where it was. */
function packsIn(entries: readonly RegistryEntry[]) {
  const packs = new Map(everyPack.map((pack) => [pack.code, pack]));
  for (const { type, data } of entries) {
    const published = type === 'RulePackPublished' ? publishedPack(data) : null;
    if (published !== null && published.version >= (packs.get(published.code)?.version ?? 0))
      packs.set(published.code, published);
  }
  const rank = (code: string): number => (packOrder as readonly string[]).indexOf(code);
  return [...packs.values()].toSorted((one, other) => rank(one.code) - rank(other.code));
}
