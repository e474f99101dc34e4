import { largestBatch, type EventStore } from '#event-store';
import { leafIndex, type TreeSize } from '#kernel';
import { parseLeaf } from '#statement';
import type { StoredRecord } from '#event-store';
import type { Given } from '../projection.js';
import { RegistryHistory, type RegistryEntry, type RegistryThen } from './registry-history.js';

/** Reads the registry log as far as somebody asks about it. */
export class RegistryFollower implements Given {
  readonly #history = new RegistryHistory();
  #reading: Promise<unknown> = Promise.resolve();

  constructor(private readonly store: Pick<EventStore, 'read'>) {}

  /**
   * @throws RangeError when the registry log is shorter
   * @throws StoreUnavailable
   */
  async registryAt(size: TreeSize): Promise<RegistryThen> {
    const read = this.#reading.then(() => this.#readTo(size));
    this.#reading = read.catch(() => undefined);
    await read;
    return this.#history.at(size);
  }

  async #readTo(size: TreeSize): Promise<void> {
    while (this.#history.size < size) {
      const records = await this.store.read('registry', leafIndex(this.#history.size), largestBatch);
      if (records.length === 0) return;
      this.#history.add(records.map(registryEntry));
    }
  }
}

function registryEntry({ bytes }: StoredRecord): RegistryEntry {
  const leaf = parseLeaf(bytes);
  if (leaf.log !== 'registry') throw new RangeError('a leaf of another log');
  const { jti, iss, type, data } = leaf.statement;
  return { id: jti, issuer: iss, recordedAt: leaf.recordedAt, type, data };
}
