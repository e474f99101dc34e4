import type { BlockName } from '#statement';
import type { SealedEntry, Vault } from '../vault.js';

const byDigest = (a: { digest: string }, b: { digest: string }): number => (a.digest < b.digest ? -1 : 1);

/** Expects exactly the blocks of these sealed entries under their id, those named in `erased` as tombstones. */
export async function expectKept(
  vault: Vault,
  entries: readonly SealedEntry[],
  erased: readonly BlockName[] = [],
): Promise<void> {
  for (const id of new Set(entries.map((each) => each.id))) {
    const kept = entries
      .filter((each) => each.id === id)
      .flatMap(({ blocks }) => blocks)
      .map(({ encoded, ...label }) =>
        erased.includes(label.block) ? { ...label, erased: true } : { ...label, encoded },
      );
    const blocks = (await vault.open([id])).get(id) ?? [];
    expect([...blocks].sort(byDigest)).toEqual(kept.sort(byDigest));
  }
}
