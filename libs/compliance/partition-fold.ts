import { savedPosition, type LeafIndex, type Offset } from '#kernel';
import type { ReceivedLeaf } from '#messaging';
import type { Vault } from '#vault';
import { EntryOpener } from './entry-opener.js';
import { sortOut, type Sorted } from './leaf-chain.js';
import { nothingGiven, type ProjectedEntry, type Projection } from './projection.js';
import { putAside } from './quarantine.js';
import { lockPositions, savePosition, type PartitionPosition } from './saved-positions.js';
import type { Views, ViewsTransaction } from './views.js';

/** Leaves of one partition. */
export interface PartitionBatch {
  readonly partition: number;
  /** in order of index */
  readonly leaves: readonly ReceivedLeaf[];
  /** where to read on once they are done with; null: where it is known already */
  readonly nextOffset: Offset | null;
}

/** What became of a batch for one projection. */
export interface Folded extends Sorted {
  readonly name: string;
  /** fresh leaves that were left for the next time */
  readonly rest: number;
}

/** The tables are not those this code folds into: another version built them, or another number of partitions. */
export class ForeignViews extends Error {
  override readonly name = 'ForeignViews';
}

type Place = Folded & { readonly projection: Projection; readonly at: PartitionPosition };

/**
 * Moves rows and saved positions of one partition, always together. Where a partition stands is read in the same
 * transaction and kept from moving: somebody who was stopped and goes on long after finds that others went on.
 */
export class PartitionFold {
  readonly #opener: EntryOpener;

  /** @param partitions how many there are */
  constructor(
    private readonly views: Views,
    vault: Pick<Vault, 'open' | 'exchangesOf'>,
    private readonly partitions: number,
  ) {
    // Nothing may be remembered beyond a transaction: an erasure may come right after it.
    this.#opener = new EntryOpener(vault);
  }

  /**
   * Folds what is new in a batch into all of these projections or none.
   *
   * @param most fresh leaves to fold, from the first on
   * @throws ForeignViews, LeafContradiction; whatever opening and folding throw
   */
  async fold(
    projections: readonly Projection[],
    batch: PartitionBatch,
    most = batch.leaves.length,
  ): Promise<readonly Folded[]> {
    return this.#transaction(async (transaction) => {
      const places = await this.#places(transaction, projections, batch, most);
      const entries = await this.#opened(places);
      for (const { projection, fresh } of places) {
        const own = fresh.flatMap(({ index }) => entries.get(index) ?? []);
        if (own.length > 0) await projection.apply(transaction, [own], nothingGiven);
      }
      for (const place of places) await savePosition(transaction, after(place, batch, 'folded'));
      return places;
    });
  }

  /**
   * Puts the first fresh leaf of a batch aside.
   *
   * @param failure its name
   * @returns null where there is none: somebody else was faster
   */
  async putAside(projection: Projection, batch: PartitionBatch, failure: string): Promise<Folded | null> {
    return this.#transaction(async (transaction) => {
      const [place] = await this.#places(transaction, [projection], batch, 1);
      const [leaf] = place?.fresh ?? [];
      if (place === undefined || leaf === undefined) return null;
      await putAside(transaction, { name: projection.name, index: leaf.index, failure }, batch.partition);
      await savePosition(transaction, after(place, batch, 'quarantined'));
      return place;
    });
  }

  #transaction<Result>(work: (transaction: ViewsTransaction) => Promise<Result>): Promise<Result> {
    return this.views.database.transaction().execute(async (transaction) => {
      await this.views.lock(transaction, 'folding');
      return work(transaction);
    });
  }

  async #places(
    transaction: ViewsTransaction,
    projections: readonly Projection[],
    { partition, leaves }: PartitionBatch,
    most: number,
  ): Promise<readonly Place[]> {
    const names = projections.map(({ name }) => name);
    const rows = await lockPositions(transaction, names, partition);
    return projections.map((projection) => {
      const { name, version } = projection;
      const at = rows.find((row) => row.name === name);
      if (at?.version !== version || at.partitions !== this.partitions) {
        throw new ForeignViews(`the views of ${name} are not of version ${version} in ${this.partitions} partitions`);
      }
      const sorted = sortOut(leaves, at.position);
      const fresh = sorted.fresh.slice(0, most);
      return { ...sorted, name, fresh, rest: sorted.fresh.length - fresh.length, projection, at };
    });
  }

  async #opened(places: readonly Place[]): Promise<ReadonlyMap<LeafIndex, ProjectedEntry>> {
    const fresh = new Map(places.flatMap((place) => place.fresh.map((leaf) => [leaf.index, leaf])));
    const entries = await this.#opener.open([...fresh.values()]);
    return new Map(entries.map((entry) => [entry.index, entry]));
  }
}

/** Where to read on moves only when nothing of the batch is needed again. */
function after(
  { at, fresh, rest, awaited }: Place,
  { nextOffset }: PartitionBatch,
  count: 'folded' | 'quarantined',
): PartitionPosition {
  const last = fresh.at(-1);
  return {
    ...at,
    position: last === undefined ? at.position : savedPosition(last.index + 1),
    [count]: at[count] + fresh.length,
    nextOffset: rest === 0 && awaited === null ? (nextOffset ?? at.nextOffset) : at.nextOffset,
  };
}
