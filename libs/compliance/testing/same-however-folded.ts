import fc from 'fast-check';
import type { EntryId } from '#kernel';
import { judgements } from '../judging/judgements.js';
import { rebuiltElsewhere, type Projected } from './projected.js';
import type { Told } from './recorded-log.js';

const projections = [judgements];

/** That the judgements have the same rows from batches of any size, from a rebuild, and after erasures. */
export const sameHoweverFolded = (
  logs: fc.Arbitrary<readonly Told[]>,
  projected: (setting: { readonly projections: typeof projections }) => Promise<Projected>,
) =>
  fc.asyncProperty(
    logs,
    fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 20 }),
    fc.array(fc.nat(40), { maxLength: 6 }),
    async (log, sizes, erased) => {
      await using world = await projected({ projections });
      const ids: EntryId[] = [];
      for (let at = 0, turn = 0; at < log.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        ids.push(...(await world.tell(...log.slice(at, at + size))));
        at += size;
      }
      expect(world.projector.states()).toMatchObject([{ status: 'running', position: log.length }]);
      expect(await rebuiltElsewhere(world.log, projections)).toEqual(await world.digests());

      const gone = ids.filter((_, place) => erased.includes(place));
      for (const entry of gone) await world.log.vault.destroy({ entry, blocks: ['terms'] });
      await world.projector.erase(gone);
      const after = await world.digests();
      expect(await rebuiltElsewhere(world.log, projections)).toEqual(after);

      await world.projector.rebuild(judgements.name);
      await world.caughtUp();
      expect(await world.digests()).toEqual(after);
    },
  );
