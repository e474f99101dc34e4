import type { AgencyId, EntryId, Instant, TreeSize } from '#kernel';
import type { JsonObject } from '#statement';
import type { Settings } from '../rules/settings.js';
import { PacksThen, type PackVersion } from './packs-then.js';
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
  /** what was in force when the last entry of it was recorded */
  readonly settings: Settings;
  /** What was in force at a moment, by what the registry says of it: a pack that is published may be valid later. */
  settingsAt(moment: Instant): Settings;
  /** every version of a pack that was known, in force or not */
  readonly packs: readonly PackVersion[];
  /** the log so far */
  readonly entries: readonly RegistryEntry[];
}

/** Before anything is recorded, only what comes with the ledger is in force. */
const beginning = '1970-01-01T00:00:00.000Z' as Instant;

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
    const packs = new PacksThen(entries);
    const then: RegistryThen = {
      registry: new RegistrySnapshot(entries),
      settings: packs.at(entries.at(-1)?.recordedAt ?? beginning),
      settingsAt: (moment) => packs.at(moment),
      packs: packs.versions,
      entries,
    };
    this.#remembered.set(size, then);
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= mostRemembered) break;
      this.#remembered.delete(oldest);
    }
    return then;
  }
}
