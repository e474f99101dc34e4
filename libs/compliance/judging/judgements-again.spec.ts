import fc from 'fast-check';
import { leafIndex } from '#kernel';
import type { EventStore, StoredRecord } from '#event-store';
import { EntryOpener } from '../entry-opener.js';
import { ProjectionFold } from '../projection-fold.js';
import { RegistryFollower } from '../registry/registry-follower.js';
import { createSavedPositions } from '../saved-positions.js';
import { tableDigest } from '../table-digest.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import { rebuiltElsewhere } from '../testing/projected.js';
import { interleaved, randomExchanges } from '../testing/random-log.js';
import { clinic, exchangeOf, police, RecordedLog } from '../testing/recorded-log.js';
import { referring } from '../testing/referring.js';
import { sameHoweverFolded } from '../testing/same-however-folded.js';
import { disclosed, disclosureOf, story } from '../testing/stories.js';
import type { Views } from '../views.js';
import { judgements } from './judgements.js';

const seed = 20261122;
const projections = [judgements];

const randomLog = fc
  .tuple(randomExchanges, referring, fc.array(fc.nat(100), { maxLength: 40 }))
  .map(([exchanges, more, order]) => interleaved([...exchanges, more], order));

/** What comes of folding a log into fresh views in stretches of parts, each as long as it is said, again and again. */
async function foldedIn(lengths: readonly (readonly number[])[], log: RecordedLog, views: Views) {
  const opener = new EntryOpener(log.vault);
  const fold = new ProjectionFold(judgements, views, opener, new RegistryFollower(log.store));
  await createSavedPositions(views.database);
  const [from, end] = [await fold.position(), await log.size()];
  const records = await log.store.read('entries', leafIndex(from), end);
  for (let at = 0, turn = 0, position = from; at < records.length; turn += 1) {
    const parts: (readonly StoredRecord[])[] = [];
    for (const length of lengths[turn % lengths.length] ?? []) {
      parts.push(records.slice(at, at + length));
      at += length;
    }
    position = await fold.fold(parts, position);
  }
  expect(await fold.position()).toBe(end);
  const digests: string[] = [];
  for (const table of judgements.tables) digests.push(await tableDigest(views.database, table));
  await views.database.destroy();
  return { [judgements.name]: digests.join('.') };
}

onEveryDatabase(
  ({ projected, runs }, database) => {
    describe('the same rows come', () => {
      it('from replaying twice as from replaying once', async () => {
        const log = new RecordedLog();
        await log.record(...story);
        const records = await log.store.read('entries', leafIndex(0), 10);
        const over = Promise.withResolvers<void>();
        const twice: Pick<EventStore, 'subscribe'> = {
          async *subscribe() {
            yield records.slice(0, 3);
            yield records.slice(0, 2);
            yield records.slice(1);
            yield records;
            await over.promise;
          },
        };
        await using world = await projected({ log, projections, store: twice });
        await world.caughtUp();
        expect(await world.digests()).toEqual(await rebuiltElsewhere(log, projections));
        over.resolve();
      });

      it('from batches of any size, from a rebuild, and after erasures', async () => {
        await fc.assert(sameHoweverFolded(randomLog, projected), { seed, numRuns: Math.min(runs, 20) });
      });

      it('from stretches of any length, cut into parts of any length', async () => {
        const length = fc.integer({ min: 1, max: 9 });
        const lengths = fc.array(fc.array(length, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
        await fc.assert(
          fc.asyncProperty(randomLog, lengths, fc.array(fc.nat(40), { maxLength: 6 }), async (told, cuts, erased) => {
            const log = new RecordedLog();
            const ids = await log.record(...told);
            for (const entry of ids.filter((_, place) => erased.includes(place))) {
              await log.vault.destroy({ entry, blocks: ['terms'] });
            }
            expect(await foldedIn(cuts, log, await database.openEmpty())).toEqual(
              await rebuiltElsewhere(log, projections),
            );
          }),
          { seed, numRuns: Math.min(runs, 20) },
        );
      });

      it('from judging very many matters together as from judging few at a time', async () => {
        const log = new RecordedLog();
        const many = Array.from({ length: 600 }, (_, place) => exchangeOf(`one of many ${place}`));
        await log.record(
          ...many.map((one, place) => {
            const before = many[place - 1];
            return disclosed(clinic, [police], one, before && { derivedFrom: [disclosureOf(before)] });
          }),
        );
        const inFew = await foldedIn([[50, 50]], log, await database.openEmpty());
        expect(await foldedIn([[300, 300]], log, await database.openEmpty())).toEqual(inFew);
      });
    });
  },
  async (database) => ({ views: await database.openEmpty() }),
);
