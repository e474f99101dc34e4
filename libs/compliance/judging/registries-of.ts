import { treeSize, type EntryId, type TreeSize } from '#kernel';
import type { Given } from '../projection.js';
import type { RegistryThen } from '../registry/registry-history.js';
import type { LoadedMatter } from './judged-matters.js';

/** The registry as it was when an entry of a matter was recorded. @throws RangeError for an entry of another matter */
export type RegistryWith = (matter: Pick<LoadedMatter, 'registries'>, entry: EntryId) => RegistryThen;

/** The registry as it was at each size that entries of these matters were judged against. */
export async function registriesOf(matters: readonly LoadedMatter[], given: Given): Promise<RegistryWith> {
  const known = new Map<TreeSize, RegistryThen>();
  for (const sizes of new Set(matters.map(({ registries }) => registries))) {
    for (const size of new Set(sizes.values())) {
      if (!known.has(size)) known.set(size, await given.registryAt(size));
    }
  }
  return ({ registries }, entry) => {
    const then = known.get(registries.get(entry) ?? treeSize(0));
    if (then === undefined) throw new RangeError('an entry of another matter was asked for');
    return then;
  };
}
