import { sql } from 'kysely';
import { completeUpTo, readPositions } from '../saved-positions.js';
import { tableDigest } from '../table-digest.js';
import type { Projection } from '../projection.js';
import type { ViewsDatabase, ViewsTransaction } from '../views.js';
import { GenerationRefused, inGeneration, listGenerations, type Generation } from './generations.js';

/**
 * What two generations hold of one view. `same` and `different`: their rows, at the same place of the log.
 * `other-version`: another version of the projection built one of them, so rows may differ rightly. `other-place`: one
 * is ahead of the other; ask again once both have come as far.
 */
export interface Comparison {
  readonly projection: string;
  readonly verdict: 'same' | 'different' | 'other-version' | 'other-place';
}

/**
 * Compares two generations view by view, at one moment. Needs the role that owns the views: nobody else surely sees
 * every row.
 *
 * @param projections whose tables are known; a view of only one of the two is left out
 * @throws GenerationRefused `unknown`
 */
export async function compareGenerations(
  database: ViewsDatabase,
  numbers: readonly [number, number],
  projections: readonly Projection[],
): Promise<readonly Comparison[]> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      // Whoever would be shown only some of the rows gets an error instead of a verdict on those.
      await sql`SET LOCAL row_security = off`.execute(transaction);
      const generations = await listGenerations(transaction);
      const [one, other] = numbers.map((number) => generations.find((each) => each.number === number));
      if (one === undefined || other === undefined) throw new GenerationRefused('unknown');
      const both = projections.filter(({ name }) =>
        [one, other].every(({ versions }) => Object.hasOwn(versions, name)),
      );
      const comparisons: Comparison[] = [];
      for (const projection of both) {
        comparisons.push({
          projection: projection.name,
          verdict: await verdictOn(transaction, projection, [one, other]),
        });
      }
      return comparisons;
    });
}

async function verdictOn(
  transaction: ViewsTransaction,
  projection: Projection,
  generations: readonly [Generation, Generation],
): Promise<Comparison['verdict']> {
  const [version, otherVersion] = generations.map(({ versions }) => versions[projection.name]);
  if (version !== otherVersion) return 'other-version';
  const places: string[] = [];
  for (const { number } of generations) places.push(await placeOf(transaction, number, projection.name));
  if (places[0] !== places[1]) return 'other-place';
  const digests: string[] = [];
  for (const { number } of generations) digests.push(await digestOf(transaction, number, projection));
  return digests[0] === digests[1] ? 'same' : 'different';
}

/** One text for what has been folded: the size where nothing is missing before it, else the place in each partition. */
async function placeOf(transaction: ViewsTransaction, number: number, name: string): Promise<string> {
  await inGeneration(transaction, number);
  const size = await completeUpTo(transaction, [name]);
  const rows = await readPositions(transaction, [name]);
  const counted = rows.reduce((sum, { folded, quarantined }) => sum + folded + quarantined, 0);
  return counted === size ? String(size) : rows.map(({ position }) => position).join();
}

async function digestOf(transaction: ViewsTransaction, number: number, { tables }: Projection): Promise<string> {
  await inGeneration(transaction, number);
  const digests: string[] = [];
  for (const table of tables) digests.push(await tableDigest(transaction, table));
  return digests.join();
}
