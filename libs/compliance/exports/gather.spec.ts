import { sql } from 'kysely';
import type { Instant } from '#kernel';
import { emptyRegistry } from '../rules/testing/story.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import { projected, type Projected } from '../testing/projected.js';
import { clinic, exchangeOf, hoursAfter, police } from '../testing/recorded-log.js';
import { disclosed, received } from '../testing/stories.js';
import { mostEntries } from './entries-wanted.js';
import type { ExportProfile } from './export-profile.js';
import { gather } from './gather.js';
import { x08 } from './profiles/x08.js';
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

/** How many disclosures the statistics of a period know of. */
async function disclosuresIn(world: Projected, wanted: object, now: Instant): Promise<number> {
  const { entries, tally } = await counted(world, x09, now, wanted);
  expect(entries).toEqual([]);
  const types = tally?.of('types');
  return types?.cells[types.codes.indexOf('InformationDisclosed')]?.reduce((sum, count) => sum + count, 0) ?? 0;
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
      const idsAt = async (now: Instant) => (await counted(world, x10, now, { agreement })).entries.map(({ id }) => id);
      expect(await idsAt(hoursAfter(1))).toEqual([open]);
      expect(await idsAt(due)).toEqual([open, later]);
      expect(await disclosuresIn(world, {}, hoursAfter(1))).toBe(1);
      expect(await disclosuresIn(world, {}, due)).toBe(2);
    });

    it('of a quarter is the same whenever it is asked for: what is recorded or opened after it has closed is not counted', async () => {
      await using world = await projected();
      const wanted = { from: hoursAfter(0), until: hoursAfter(48), closes: hoursAfter(72) };
      const deferred = (hiddenUntil: string) =>
        disclosed(clinic, [police], second, { visibility: 'deferred-until', hiddenUntil });
      await world.tell(disclosed(clinic, [police], first), deferred('2026-03-03'));
      await world.tell(deferred('2026-03-05'));
      expect(await disclosuresIn(world, wanted, hoursAfter(72))).toBe(2);
      await world.tell({ ...disclosed(clinic, [police], first), hour: 24, delay: 49 });
      expect(await disclosuresIn(world, wanted, hoursAfter(1_000))).toBe(2);
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

describe('Of more entries than an export can have', () => {
  /** As many disclosures of the clinic again as that. */
  async function crowded(): Promise<Projected> {
    const world = await projected();
    await world.tell(disclosed(clinic, [police], first));
    await sql`
      INSERT INTO fact (entry_index, entry_id, issuer, recorded_at, registry, day, said)
      WITH RECURSIVE count (place) AS (SELECT 1 UNION ALL SELECT place + 1 FROM count WHERE place < ${mostEntries})
      SELECT place, 'entry ' || place, issuer, recorded_at, registry, NULL, said FROM fact, count WHERE entry_index = 0
    `.execute(world.views.database);
    return world;
  }

  it('every one is counted in the statistics of their quarter', async () => {
    await using world = await crowded();
    expect(await disclosuresIn(world, {}, hoursAfter(1))).toBe(mostEntries + 1);
  });

  it('an export by period is refused with the advice to ask for less of it, any other without', async () => {
    await using world = await crowded();
    const refusal = (detail: string) => ({ code: 'invalid-body', faults: [{ pointer: '', detail }] });
    const byPeriod = counted(world, x08, hoursAfter(1), { from: hoursAfter(0) });
    await expect(byPeriod).rejects.toMatchObject(refusal('more than 100000 entries; ask for a shorter period'));
    await expect(counted(world, x10, hoursAfter(1))).rejects.toMatchObject(refusal('more than 100000 entries'));
  });
});
