import { setImmediate } from 'node:timers/promises';
import { validateEntry, type ValidEntry } from '#catalogue';
import type { ViewsDatabase } from '#compliance';
import { checkNoteIdOf, judgementsWithoutNote, nextDue, registryWithoutNote, type OwedNote } from '#compliance/judging';
import { DomainError, instantAt, ledgerIssuer, millisecondsOf, type EntryId, type Instant, type Pause } from '#kernel';
import { prepareEntry, storedLeaf } from '#recording';
import type { Ledger } from '../ledger.js';
import { checkNoteOf } from './check-note-of.js';
import { JudgedUntil } from './judged-until.js';

export interface RaiserParts extends Pick<Ledger, 'store' | 'register' | 'registry' | 'clock'> {
  readonly recorder: Pick<Ledger['recorder'], 'record'>;
  readonly sequencers: { readonly entries: Pick<Ledger['sequencers']['entries'], 'waiting'> };
  /** the views with every row, whoever it concerns */
  readonly views: () => Promise<ViewsDatabase>;
  readonly pause: Pause;
  /** milliseconds an entry has been recorded before a note about it is raised: what belongs to it may be on its way */
  readonly settling: number;
  /** hears of each note when it is durable */
  readonly raised: (severity: OwedNote['severity']) => void;
  /** hears once of each note that no entry can say: trying again changes nothing, and nothing else waits for it */
  readonly unfit: (error: DomainError) => void;
}

/** What a look at the judgements came to. */
export interface Look {
  /** notes that are still to be raised; what failed of them is tried again */
  readonly owed: number;
  /** why the first of them was not */
  readonly failure: unknown;
  /** milliseconds until something is due; null where nothing is */
  readonly due: number | null;
}

/** Of an append of 400 entries notes take an eighth, however many are owed: the rest is for those who record. */
const atOnce = 50;
/** More than one append waits: those who record come first. */
const busy = 400;
/** Ids are spread evenly over these beginnings. Each is a short look of its own, however many judgements there are. */
const parts = '0123456789abcdef'.split('');
/** Milliseconds before looking again whether they have had their turn. */
const turn = 20;

/** Raises the check notes that the judgements owe: each is one entry, however often and by however many it is raised. */
export class NoteRaiser {
  readonly #judged: JudgedUntil;
  readonly #unfit = new Set<EntryId>();

  constructor(private readonly parts: RaiserParts) {
    this.#judged = new JudgedUntil(parts);
  }

  /**
   * Raises everything that is owed at present, or was when the judgements knew all of the log; nothing before that.
   *
   * @throws whatever reading views and log does; what recording a note meets is in the answer
   */
  async raiseOwed(signal: AbortSignal): Promise<Look> {
    const { clock, views, store, registry, settling } = this.parts;
    const judgedUntil = await this.#judged.latest();
    const now = judgedUntil ?? clock.now();
    const open = await registryWithoutNote(await views(), registry, await store.size('registry'), now);
    const failures: unknown[] = [...(await this.#raiseEach(open.owed))];
    for (const part of judgedUntil === null ? [] : parts) {
      // Everything below may run without leaving the microtask queue, and others record meanwhile.
      await setImmediate();
      failures.push(...(await this.#raisePart(part, now, signal)));
      // Where nothing can be recorded, hundreds more cannot either.
      if (failures.length >= atOnce || signal.aborted) break;
    }
    const [due = null] = [await nextDue(await views(), now), open.nextDue].filter((one) => one !== null).toSorted();
    const rest = due === null ? null : millisecondsOf(due) + 1 - millisecondsOf(now);
    return {
      owed: failures.length,
      failure: failures[0] ?? null,
      // Something is late only once the moment is over at which it was due.
      due: settling > 0 ? Math.min(rest ?? settling, settling) : rest,
    };
  }

  /** @returns what failed of the notes whose ids begin like this */
  async #raisePart(part: string, now: Instant, signal: AbortSignal): Promise<readonly unknown[]> {
    for (let after = part; ;) {
      const { views, settling } = this.parts;
      const settledBy = settling > 0 ? instantAt(millisecondsOf(now) - settling) : null;
      const owed = await judgementsWithoutNote(await views(), now, atOnce, after, `${part}~`, settledBy);
      if (owed.length === 0) return [];
      await this.#giveWay(signal);
      if (signal.aborted || !(await this.#judged.isStill())) return [];
      const failures = await this.#raiseEach(owed);
      const last = owed.at(-1);
      if (owed.length < atOnce || failures.length > 0 || last === undefined) return failures;
      after = last.id;
    }
  }

  /** @returns what failed */
  async #raiseEach(owed: readonly OwedNote[]): Promise<readonly unknown[]> {
    const results = await Promise.allSettled(owed.map((note) => this.#raise(note)));
    return results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  }

  async #giveWay(signal: AbortSignal): Promise<void> {
    while (this.parts.sequencers.entries.waiting > busy && !signal.aborted) await this.parts.pause(turn, signal);
  }

  async #raise(note: OwedNote): Promise<void> {
    const id = await this.#openId(note);
    if (id === null) return;
    const entry = this.#entryOf({ ...note, id }, note.dueAt ?? (await this.#recordedAt(note.entry)));
    if (entry === null) return;
    try {
      const [recorded] = await this.parts.recorder.record([prepareEntry(entry, ledgerIssuer, 'ledger')]);
      if (recorded?.repeated === null) this.parts.raised(note.severity);
    } catch (error) {
      // It says something else of the same fact: it was raised before what is known of it changed. An agency that took
      // the id meanwhile is met at the next look.
      if (!(error instanceof DomainError) || error.code !== 'id-taken') throw error;
    }
  }

  /** @returns null where it has not the form of one */
  #entryOf(note: OwedNote, occurredAt: Instant): ValidEntry | null {
    try {
      return validateEntry(checkNoteOf(note, occurredAt), this.parts.clock.now());
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (!this.#unfit.has(note.id)) this.parts.unfit(error);
      this.#unfit.add(note.id);
      return null;
    }
  }

  async #recordedAt(id: EntryId): Promise<Instant> {
    const { store, register } = this.parts;
    const place = register.placeOf(id);
    const stored = place && (await storedLeaf(store, place));
    // Another ledger recorded it, and this one has not followed yet: it is found at the next look.
    if (stored === undefined) throw new RangeError('a judgement of an entry that this ledger does not know yet');
    return stored.leaf.recordedAt;
  }

  /**
   * The id under which a note is to be raised; null where it is raised. Whoever foresees an id can take it for an entry
   * of its own, so there is always a next one.
   */
  async #openId(note: OwedNote): Promise<EntryId | null> {
    const { store, register } = this.parts;
    let id = note.id;
    for (let taken = 1; ; taken += 1) {
      const place = register.placeOf(id);
      if (place === undefined) return id;
      const stored = await storedLeaf(store, place);
      if (stored?.leaf.statement.iss === ledgerIssuer) return null;
      id = checkNoteIdOf({ ...note, fact: `${note.fact} ${taken}` });
    }
  }
}
