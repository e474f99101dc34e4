import { DomainError, leafIndex, treeSize, type LeafIndex, type LogName, type TreeSize } from '#kernel';
import { WrongExpectedRevision, type EventStore, type StreamName } from '#event-store';
import {
  formatTreeHead,
  formatTlogProof,
  Frontier,
  inclusionProof,
  leafHash,
  parseTreeHead,
  signNote,
  type NoteSigner,
  type TreeHead,
} from '#transparency';
import { LogDamaged, requireGapless } from './log-damaged.js';
import type { TreeStore } from './tree-store.js';

/** A tree head that is out in the world: persisted, signed, served. */
export interface Published {
  readonly head: TreeHead;
  /** the checkpoint: a C2SP signed note */
  readonly checkpoint: string;
}

export interface IntegratorParts {
  readonly log: LogName;
  readonly store: EventStore;
  readonly tree: TreeStore;
  /** named like the log's origin */
  readonly signer: NoteSigner;
}

const batchSize = 400;

/**
 * Takes leaves into the tree and publishes checkpoints. Leaf hashes are computed again from the stored bytes, and
 * the root is computed twice, from the tiles and from a running frontier: one flipped bit in front of a signature
 * would make the log unprovable for ever. A head is persisted, fenced by the expected revision, before it is
 * signed: so no two roots of one size are ever signed, whoever crashes and whoever races.
 */
export class Integrator {
  #published: Published | null = null;
  #frontier = Frontier.empty();
  #advancing: Promise<void> = Promise.resolve();
  /** an advance that has not begun: whoever asks before it does is served by it */
  #waiting: Promise<void> | null = null;
  readonly #listeners = new Set<() => void>();

  private constructor(private readonly parts: IntegratorParts) {}

  /**
   * Checks log, tree and signed heads against each other and publishes the current head.
   *
   * @throws LogDamaged
   */
  static async start(parts: IntegratorParts): Promise<Integrator> {
    const integrator = new Integrator(parts);
    const { head } = await integrator.#signed();
    // Leaves that are under no signature yet are read again from the log, whatever the tiles say of them.
    const known = treeSize(Math.min(head?.size ?? 0, parts.tree.size));
    integrator.#rootAt(known);
    integrator.#frontier = Frontier.at(known, parts.tree.nodes);
    await integrator.advance();
    return integrator;
  }

  get published(): Published | null {
    return this.#published;
  }

  get origin(): string {
    return this.parts.signer.name;
  }

  get verifierKey(): string {
    return this.parts.signer.vkey;
  }

  get tree(): TreeStore {
    return this.parts.tree;
  }

  /**
   * Integrates what is stored and publishes a checkpoint when the log grew. One runs at a time, and one waits for it,
   * however many ask: a store that hangs is not asked again and again.
   */
  advance(): Promise<void> {
    this.#waiting ??= this.#advancing = this.#advancing
      .catch(() => {})
      .then(() => {
        this.#waiting = null;
        return this.#advance();
      });
    return this.#waiting;
  }

  /** The current checkpoint; where it is smaller than somebody says, after a look at what other ledgers have signed. */
  async reaching(size: number): Promise<Published | null> {
    const own = this.#published?.head.size ?? 0;
    if (own < size && ((await this.#signed()).head?.size ?? 0) > own) await this.advance();
    return this.#published;
  }

  /** A checkpoint over at least so many leaves, published now where there is none yet. @throws RangeError beyond the log */
  async over(size: number): Promise<Published> {
    if ((this.#published?.head.size ?? 0) < size) await this.advance();
    if (this.#published === null || this.#published.head.size < size) throw new RangeError('the log is not as long');
    return this.#published;
  }

  /** Waits until a checkpoint covers the entry, at most until the signal aborts. @returns null when it did not in time */
  async covering(index: LeafIndex, signal: AbortSignal): Promise<Published | null> {
    for (;;) {
      if (this.#published && this.#published.head.size > index) return this.#published;
      if (signal.aborted) return null;
      await this.#change(signal);
    }
  }

  /** The C2SP tlog-proof of a leaf under the current checkpoint. @throws DomainError `not-integrated` */
  proof(index: LeafIndex): string {
    const published = this.#published;
    if (published === null || published.head.size <= index) {
      throw new DomainError('not-integrated', 'the entry is recorded and will be under a checkpoint within seconds');
    }
    const proof = inclusionProof(index, published.head.size, this.parts.tree.nodes);
    return formatTlogProof({ index, proof, checkpoint: published.checkpoint });
  }

  async #advance(): Promise<void> {
    const { log, store, tree } = this.parts;
    // The head is read before the size: the leaves of a head that another ledger signs meanwhile would seem lost.
    const { count, head: signed } = await this.#signed();
    const size = await store.size(log);
    const integrated = Math.max(tree.size, signed?.size ?? 0);
    if (size < integrated) {
      throw new LogDamaged(`${log} has ${size} leaves, but ${integrated} were integrated before`);
    }
    while (this.#frontier.size < size) await this.#integrate(size);
    if (signed && !this.#rootAt(signed.size).equals(signed.root)) {
      throw new LogDamaged(`${log} has another root at size ${signed.size} than the one that was signed`);
    }
    const head: TreeHead = { origin: this.origin, size, root: this.#rootAt(size) };
    if (!this.#frontier.root().equals(head.root)) throw new LogDamaged(`the tiles of ${log} do not give its root`);
    if (signed?.size === size) return this.#publish(signed);
    try {
      await store.append(this.#heads, count, [Buffer.from(formatTreeHead(head))]);
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return this.#advance();
      throw error;
    }
    this.#publish(head);
  }

  async #integrate(size: TreeSize): Promise<void> {
    const { log, store, tree } = this.parts;
    const from = leafIndex(this.#frontier.size);
    const records = await store.read(log, from, Math.min(batchSize, size - from));
    if (records.length === 0) throw new LogDamaged(`${log} has a gap after leaf ${from}`);
    requireGapless(log, from, records);
    const hashes = records.map(({ bytes }) => leafHash(bytes));
    tree.append(hashes.slice(tree.size - from));
    for (const hash of hashes) this.#frontier.append(hash);
  }

  #publish(head: TreeHead): void {
    if (this.#published?.head.size === head.size) return;
    this.#published = { head, checkpoint: signNote(formatTreeHead(head), [this.parts.signer]) };
    for (const listener of this.#listeners) listener();
  }

  /** The last head that was persisted, and how many there are. */
  async #signed(): Promise<{ count: TreeSize; head: TreeHead | null }> {
    const count = await this.parts.store.size(this.#heads);
    if (count === 0) return { count, head: null };
    const [record] = await this.parts.store.read(this.#heads, leafIndex(count - 1), 1);
    if (record === undefined) throw new LogDamaged('the last tree head cannot be read');
    const head = parseTreeHead(record.bytes.toString());
    if (head.origin !== this.origin)
      throw new LogDamaged(`these tree heads are of ${head.origin}, not of ${this.origin}`);
    return { count, head };
  }

  #rootAt(size: TreeSize): Buffer {
    try {
      return this.parts.tree.root(size);
    } catch (cause) {
      throw new LogDamaged(`the tiles of ${this.parts.log} are not whole`, { cause });
    }
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#listeners.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  get #heads(): StreamName {
    return `${this.parts.log}.checkpoints`;
  }
}
