import { positionAt, savedPosition, treeSize, type SavedPosition } from '#kernel';
import type { StoredRecord } from '#event-store';
import type { EntryOpener } from './entry-opener.js';
import type { Given, Projection } from './projection.js';
import { isTransient } from './transience.js';
import { movePosition, readPosition, resetPosition } from './saved-positions.js';
import type { Views } from './views.js';

/** The subscription left out leaves. Nothing after them may be folded. */
export class LeafGap extends Error {
  override readonly name = 'LeafGap';
}

/** Moves one projection's rows and saved position, always together. */
export class ProjectionFold {
  constructor(
    readonly projection: Projection,
    private readonly views: Views,
    private readonly opener: EntryOpener,
    private readonly given: Given,
  ) {}

  /** Where the rows stand. Rows that another version of the projection has built are built anew. */
  async position(): Promise<SavedPosition> {
    const saved = await readPosition(this.views.database, this.projection.name);
    if (saved?.version === this.projection.version) return saved.position;
    await this.reset();
    return savedPosition(0);
  }

  /** Drops all rows and starts from the first leaf. */
  async reset(): Promise<void> {
    await this.views.database.transaction().execute(async (transaction) => {
      for (const table of this.projection.tables) await transaction.schema.dropTable(table).ifExists().execute();
      await this.projection.migrate(transaction);
      await resetPosition(transaction, this.projection);
    });
  }

  /**
   * Folds what is new in a batch: what was folded before is skipped. When the batch as a whole fails, its entries are
   * folded one by one, so that everything before the one that cannot be folded counts.
   *
   * @param moved hears of each commit
   * @throws LeafGap
   */
  async fold(batch: readonly StoredRecord[], from: SavedPosition, moved: (to: SavedPosition) => void): Promise<void> {
    const fresh = batch.filter(({ index }) => index >= from);
    if (fresh.some(({ index }, place) => index !== from + place))
      throw new LeafGap(`leaves after ${from} are left out`);
    if (fresh.length === 0) return;
    try {
      moved(await this.#commit(fresh, from));
    } catch (error) {
      if (fresh.length === 1 || isTransient(error, this.views)) throw error;
      for (const record of fresh) moved(await this.#commit([record], savedPosition(record.index)));
    }
  }

  async #commit(records: readonly StoredRecord[], from: SavedPosition): Promise<SavedPosition> {
    const to = positionAt(treeSize(from + records.length));
    await this.views.database.transaction().execute(async (transaction) => {
      await this.views.lock(transaction, 'folding');
      await movePosition(transaction, this.projection.name, from, to);
      await this.projection.apply(transaction, await this.opener.open(records), this.given);
    });
    return to;
  }
}
