import type { EntryId } from '#kernel';
import type { Destruction, OpenedBlock, SealedEntry, Vault } from '#vault';

/** What the views need of a vault, without its secrecy: for tests. */
export class MemoryVault implements Pick<Vault, 'open' | 'store' | 'destroy'> {
  readonly #blocks = new Map<EntryId, OpenedBlock[]>();

  async store(entries: readonly SealedEntry[]): Promise<void> {
    for (const { id, blocks } of entries) this.#blocks.set(id, [...(this.#blocks.get(id) ?? []), ...blocks]);
  }

  async open(ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, readonly OpenedBlock[]>> {
    return new Map(
      ids.flatMap((id) => {
        const blocks = this.#blocks.get(id);
        return blocks ? [[id, [...blocks]]] : [];
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
