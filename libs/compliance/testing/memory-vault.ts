import type { EntryId } from '#kernel';
import type { Destruction, OpenedBlock, Place, SealedEntry, Vault } from '#vault';

/** What the views need of a vault, without its secrecy: for tests. */
export class MemoryVault implements Pick<Vault, 'open' | 'store' | 'destroy' | 'exchangesOf'> {
  readonly #blocks = new Map<EntryId, OpenedBlock[]>();
  readonly #places = new Map<EntryId, Place[]>();

  async store(entries: readonly SealedEntry[]): Promise<void> {
    for (const { id, exchange, blocks } of entries) {
      this.#blocks.set(id, [...(this.#blocks.get(id) ?? []), ...blocks]);
      const place = { digests: blocks.map(({ digest }) => digest), exchange };
      this.#places.set(id, [...(this.#places.get(id) ?? []), place]);
    }
  }

  async open(ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, readonly OpenedBlock[]>> {
    return new Map(
      ids.flatMap((id) => {
        const blocks = this.#blocks.get(id);
        return blocks ? [[id, [...blocks]]] : [];
      }),
    );
  }

  async exchangesOf(ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, readonly Place[]>> {
    return new Map(
      ids.flatMap((id) => {
        const places = this.#places.get(id);
        return places ? [[id, [...places]]] : [];
      }),
    );
  }

  async destroy(what: Destruction): Promise<{ entries: number; blocks: number }> {
    if ('exchange' in what) throw new RangeError('tests destroy entries');
    const blocks = this.#blocks.get(what.entry) ?? [];
    const erased = blocks.map((one): OpenedBlock =>
      !what.blocks || what.blocks.includes(one.block)
        ? { block: one.block, retention: one.retention, digest: one.digest, erased: true }
        : one,
    );
    this.#blocks.set(what.entry, erased);
    return { entries: 1, blocks: blocks.length };
  }
}
