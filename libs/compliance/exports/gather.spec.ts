import type { Instant } from '#kernel';
import { emptyRegistry } from '../rules/testing/story.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import type { Projected } from '../testing/projected.js';
import { clinic, exchangeOf, hoursAfter, police } from '../testing/recorded-log.js';
import { disclosed, received } from '../testing/stories.js';
import type { ExportProfile } from './export-profile.js';
import { gather } from './gather.js';
import { x09 } from './profiles/x09.js';
import { x10 } from './profiles/x10.js';

const [first, second] = [exchangeOf('first'), exchangeOf('second')];
const agreement = 'town@1';
const due = '2026-03-06T22:59:59.999Z' as Instant;
const afterwards = '2026-03-06T23:00:00.000Z' as Instant;
const justified = { present: ['justification'] };

function counted({ reader }: Projected, profile: ExportProfile, now: Instant, wanted = {}, agency = clinic) {
  const scope = { kind: 'agency', agency } as const;
  return gather(reader.database, scope, profile, { agencies: [agency], ...wanted }, { now, registry: emptyRegistry });
}

async function standing(world: Projected, rule: string, now: Instant, agency = clinic) {
  const { judged } = await counted(world, x10, now, {}, agency);
  return judged.flatMap((one) => (one.rule === rule ? [[one.verdict, one.count]] : []));
}

onEveryDatabase(({ projected }) => {
  describe('What is counted for partners and the public', () => {
    it('is of entries that everybody may know of, and of a deferred one once its day is over', async () => {
      await using world = await projected();
      const hides = (visibility: string) => disclosed(clinic, [police], first, { agreement, visibility });
      const deferred = disclosed(clinic, [police], second, {
        agreement,
        visibility: 'deferred-until',
        hiddenUntil: '2026-03-05',
      });
      const [open, , , later] = await world.tell(hides('open'), hides('restricted'), hides('sealed'), deferred);
      for (const profile of [x09, x10]) {
        const idsAt = async (now: Instant) =>
          (await counted(world, profile, now, { agreement })).entries.map(({ id }) => id);
        expect(await idsAt(hoursAfter(1))).toEqual([open]);
        expect(await idsAt(due)).toEqual([open, later]);
      }
    });

    it('of a quarter is the same whenever it is asked for: what is recorded or opened after it has closed is not counted', async () => {
      await using world = await projected();
      const wanted = { from: hoursAfter(0), until: hoursAfter(48), closes: hoursAfter(72) };
      const idsAt = async (now: Instant) => (await counted(world, x09, now, wanted)).entries.map(({ id }) => id);
      const deferred = (hiddenUntil: string) =>
        disclosed(clinic, [police], second, { visibility: 'deferred-until', hiddenUntil });
      const [told, opened] = await world.tell(disclosed(clinic, [police], first), deferred('2026-03-03'));
      await world.tell(deferred('2026-03-05'));
      expect(await idsAt(hoursAfter(72))).toEqual([told, opened]);
      await world.tell({ ...disclosed(clinic, [police], first), hour: 24, delay: 49 });
      expect(await idsAt(hoursAfter(1_000))).toEqual([told, opened]);
    });

    it('is of what the rules say of such entries only', async () => {
      await using world = await projected();
      await world.tell(
        disclosed(clinic, [police], first),
        disclosed(clinic, [police], second, { visibility: 'restricted' }),
      );
      expect(await standing(world, 'LOG-01', hoursAfter(1))).toEqual([['broken', 1]]);
    });

    it('is a departure as soon as it is overdue, and pending until then', async () => {
      await using world = await projected();
      await world.tell(disclosed(clinic, [police], first, justified));
      expect(await standing(world, 'LOG-04', due, police)).toEqual([['pending', 1]]);
      expect(await standing(world, 'LOG-04', afterwards, police)).toEqual([['broken', 1]]);
      await world.tell(received(police, first));
      expect(await standing(world, 'LOG-04', afterwards, police)).toEqual([]);
    });
  });
});
