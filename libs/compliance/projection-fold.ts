import { setImmediate } from 'node:timers/promises';
import { positionAt, savedPosition, treeSize, type SavedPosition } from '#kernel';
import type { StoredRecord } from '#event-store';
import type { EntryOpener } from './entry-opener.js';
import type { Given, ProjectedEntry, Projection } from './projection.js';
import { movePosition, readPosition, resetPosition } from './saved-positions.js';
import type { Views } from './views.js';

/** The subscription left out leaves. Nothing after them may be folded. */
export class LeafGap extends Error {
  override readonly name = 'LeafGap';
}

/** What the log holds from some leaf on, in the batches of a subscription. */
type Records = AsyncIterable<readonly StoredRecord[]> | Iterable<readonly StoredRecord[]>;

/** What many entries change one after the other is written once for each of these parts of a stretch. */
const gatheredAtOnce = 2_000;

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
   * Folds what is new in a stretch of the log, all of it or nothing: what was folded before is skipped.
   *
   * @returns where the rows stand now
   * @throws LeafGap
   */
  async fold(stretch: Records, from: SavedPosition): Promise<SavedPosition> {
    let to = from;
    const entries = this.#opened(stretch, from, (position) => (to = position));
    await this.views.database.transaction().execute(async (transaction) => {
      await this.views.lock(transaction, 'folding');
      // Nobody else folds from here meanwhile.
      await movePosition(transaction, this.projection.name, from, from);
      await this.projection.apply(transaction, entries, this.given);
      // What a projection does not ask for has nothing for it.
      while ((await entries.next()).done !== true);
      await movePosition(transaction, this.projection.name, from, to);
    });
    return to;
  }

  /** @param passed hears how far the entries go */
  async *#opened(
    stretch: Records,
    from: SavedPosition,
    passed: (to: SavedPosition) => void,
  ): AsyncGenerator<readonly ProjectedEntry[], void, undefined> {
    let next = from;
    let gathered: ProjectedEntry[] = [];
    for await (const batch of stretch) {
      const records = batch.filter(({ index }) => index >= next);
      if (records.some(({ index }, place) => index !== next + place))
        throw new LeafGap(`leaves after ${next} are left out`);
      next = positionAt(treeSize(next + records.length));
      passed(next);
      gathered.push(...(await this.opener.open(records)));
      if (gathered.length >= gatheredAtOnce) {
        yield gathered;
        gathered = [];
      }
      // With a database in this process, all of it may run without leaving the microtask queue: nobody is to starve.
      await setImmediate();
    }
    if (gathered.length > 0) yield gathered;
  }
}
