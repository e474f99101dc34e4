import { DomainError, type EntryId, type Instant, type LeafIndex, type LogName } from '#kernel';
import type { EventStore } from '#event-store';
import type { Vault } from '#vault';
import { located, type PreparedEntry } from './entry.js';
import { requireOwnEntry, requireOwnNote, requireRestricted } from './own-entry.js';
import type { Receipts } from './receipts.js';
import { compareRepeat } from './repeats.js';
import type { Register } from './register.js';
import { SeenMeanwhile, type Sequencer } from './sequencer.js';

/** The answer to a sender: the entry is kept, and here is the promise. */
export interface Recorded {
  readonly id: EntryId;
  readonly log: LogName;
  readonly index: LeafIndex;
  readonly recordedAt: Instant;
  readonly leafHash: Buffer;
  /** the signed note of design §3.6 */
  readonly receipt: string;
  /** null for a new entry; else how far the repetition could be compared with the first */
  readonly repeated: 'whole' | 'partly' | null;
}

export interface RecorderParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly register: Register;
  readonly receipts: Receipts;
  readonly sequencers: Readonly<Record<LogName, Sequencer>>;
}

/** The write side's front: from prepared entries to receipts. */
export class Recorder {
  constructor(private readonly parts: RecorderParts) {}

  /**
   * Records the entries of one submission together, all for one log. Entries recorded before with the same content
   * are answered with their first receipt.
   *
   * @throws DomainError see {@link Sequencer.submit}, {@link compareRepeat}, {@link requireOwnEntry},
   *   {@link requireOwnNote} and {@link requireRestricted}
   */
  async record(entries: readonly PreparedEntry[]): Promise<readonly Recorded[]> {
    const log = oneLog(entries);
    const answers = new Map<EntryId, Recorded>();
    for (;;) {
      const fresh: PreparedEntry[] = [];
      for (const entry of entries) {
        const known = answers.has(entry.id) || (await this.#repeat(entry, answers));
        if (known) continue;
        if (entry.type.shownWith !== undefined) await this.#required(entry, requireOwnEntry);
        if (entry.type.assesses !== undefined) await this.#required(entry, requireOwnNote);
        await this.#required(entry, (one, kept) => requireRestricted(one, kept, entries));
        fresh.push(entry);
      }
      if (fresh.length > 0 && !(await this.#sequence(log, fresh, answers))) continue;
      return entries.map(({ id }) => answers.get(id) as Recorded);
    }
  }

  async #repeat(entry: PreparedEntry, answers: Map<EntryId, Recorded>): Promise<boolean> {
    const place = this.parts.register.placeOf(entry.id);
    if (place === undefined) return false;
    const { recordedAt, leafHash, compared } = await compareRepeat(entry, place, this.parts).catch((error: unknown) => {
      throw located(error, entry);
    });
    answers.set(entry.id, await this.#answer(entry.id, { ...place, recordedAt, leafHash, repeated: compared }));
    return true;
  }

  async #required(entry: PreparedEntry, require: typeof requireOwnEntry): Promise<void> {
    await require(entry, this.parts).catch((error: unknown) => {
      throw located(error, entry);
    });
  }

  async #sequence(log: LogName, fresh: readonly PreparedEntry[], answers: Map<EntryId, Recorded>): Promise<boolean> {
    try {
      const sequenced = await this.parts.sequencers[log].submit(fresh);
      const recorded = sequenced.map(({ entry, place, recordedAt, leafHash }) =>
        this.#answer(entry.id, { ...place, recordedAt, leafHash, repeated: null }),
      );
      for (const answer of await Promise.all(recorded)) answers.set(answer.id, answer);
      return true;
    } catch (error) {
      if (error instanceof SeenMeanwhile) return false;
      throw error;
    }
  }

  async #answer(id: EntryId, recorded: Omit<Recorded, 'id' | 'receipt'>): Promise<Recorded> {
    const { log, index, recordedAt, leafHash } = recorded;
    return {
      id,
      ...recorded,
      receipt: await this.parts.receipts.sign({ log, entryId: id, index, leafHash, recordedAt }),
    };
  }
}

function oneLog(entries: readonly PreparedEntry[]): LogName {
  const [first] = entries;
  if (first === undefined) throw new DomainError('invalid-entry', 'a submission has at least one entry');
  const { log } = first.type;
  const other = entries.find(({ type }) => type.log !== log);
  if (other === undefined) return log;
  const fault = { pointer: '/type', detail: 'of another log' };
  throw located(new DomainError('invalid-entry', 'a batch is for one log', [fault]), other);
}
