import fc from 'fast-check';
import type { AgencyId, Instant } from '#kernel';
import { judgements } from '../judging/judgements.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import type { Projected } from '../testing/projected.js';
import { interleaved, randomExchanges } from '../testing/random-log.js';
import { clinic, exchangeOf, police, school, youthOffice, type Told } from '../testing/recorded-log.js';
import { sameHoweverFolded } from '../testing/same-however-folded.js';
import { decided, requested } from '../testing/stories.js';
import { v7 } from './by-id/v07-refusals.js';
import { ask, competentFor, later, own } from './testing/ask.js';

const seed = 20261122;
const projections = [judgements];
const first = exchangeOf('first');

const refusal = (hour = 0, more: Told['terms'] = {}): Told => ({
  ...decided(youthOffice, first, 'refuse', more),
  hour,
});
const asked: Told = requested(police, youthOffice, first);

/** What an agency, or a supervisor of it, sees of the refusals, by what was decided. */
async function seenBy({ reader }: Projected, agency: AgencyId, now = later, scope = own(agency)) {
  const { rows } = await ask(reader, v7, scope, { now });
  return rows.map(({ cells }) => [cells['decision'], cells['requestedBy']]);
}

onEveryDatabase(
  ({ projected, runs }) => {
    describe('the rows of a matter', () => {
      it('are each agency’s that may know of it, and nobody else’s', async () => {
        await using world = await projected({ projections });
        await world.tell(asked, refusal(1));
        for (const agency of [police, youthOffice]) expect(await seenBy(world, agency)).toEqual([['refuse', police]]);
        for (const agency of [clinic, school]) expect(await seenBy(world, agency)).toEqual([]);
      });

      it('are made without what others hide, and a supervisor sees what its agency does', async () => {
        await using world = await projected({ projections });
        await world.tell({ ...asked, terms: { ...asked.terms, visibility: 'restricted' } }, refusal(1));
        expect(await seenBy(world, police)).toEqual([['refuse', police]]);
        expect(await seenBy(world, youthOffice)).toEqual([['refuse', null]]);
        expect(await seenBy(world, police, later, competentFor(police))).toEqual([['refuse', police]]);
        expect(await seenBy(world, youthOffice, later, competentFor(youthOffice))).toEqual([['refuse', null]]);
      });

      it('are there for others once the day is over until which they were hidden', async () => {
        await using world = await projected({ projections });
        await world.tell(asked, refusal(1, { visibility: 'deferred-until', hiddenUntil: '2026-06-30' }));
        // The day ends at 22:00 UTC in Berlin's summer.
        const [before, after] = ['2026-06-30T21:59:59.999Z', '2026-06-30T22:00:00.000Z'] as Instant[];
        expect(await seenBy(world, youthOffice, before)).toEqual([['refuse', police]]);
        expect(await seenBy(world, police, before)).toEqual([]);
        expect(await seenBy(world, police, after)).toEqual([['refuse', police]]);
        expect(await seenBy(world, youthOffice, before, competentFor(youthOffice))).toEqual([['refuse', police]]);
        expect(await seenBy(world, police, before, competentFor(police))).toEqual([]);
        expect(await seenBy(world, youthOffice, after, competentFor(youthOffice))).toEqual([['refuse', police]]);
      });

      it('say something else from the day on that what they rest on is open', async () => {
        await using world = await projected({ projections });
        const hiddenUntil = '2026-06-30';
        await world.tell(
          { ...asked, terms: { ...asked.terms, visibility: 'deferred-until', hiddenUntil } },
          refusal(1),
        );
        expect(await seenBy(world, youthOffice, '2026-06-30T21:59:59.999Z' as Instant)).toEqual([['refuse', null]]);
        expect(await seenBy(world, youthOffice, '2026-06-30T22:00:00.000Z' as Instant)).toEqual([['refuse', police]]);
      });

      it.each([['never'], ['2026-02-30'], [{ missing: 'follows' }]])(
        'stay hidden where the day is none: %j',
        async (hiddenUntil) => {
          await using world = await projected({ projections });
          await world.tell(asked, refusal(1, { visibility: 'deferred-until', hiddenUntil }));
          expect(await seenBy(world, police)).toEqual([]);
        },
      );

      it('hold texts that a database cannot, with a mark in their place', async () => {
        await using world = await projected({ projections });
        await world.tell(asked, refusal(1, { decision: 'refuse', conditions: ['a\u0000b', 'purpose-only'] }));
        expect(await seenBy(world, police)).toEqual([['refuse', police]]);
      });

      it('are the same from batches of any size, from a rebuild, and after erasures', async () => {
        await fc.assert(sameHoweverFolded(randomLog, projected), { seed, numRuns: Math.min(runs, 8) });
      });
    });
  },
  async (database) => ({ views: await database.openEmpty() }),
);

const hiding = fc.constantFrom(
  {},
  { visibility: 'restricted' },
  { visibility: 'deferred-until', hiddenUntil: '2026-03-04' },
  { visibility: 'deferred-until', hiddenUntil: '2026-03-09' },
);

/** Refusals of what was asked, hidden and deferred ones among them, between other things. */
const randomLog = fc
  .tuple(
    randomExchanges,
    fc.array(
      fc
        .tuple(fc.constantFrom('one', 'two'), fc.constantFrom(police, clinic), hiding, hiding, fc.nat(200))
        .map(([name, requester, more, most, hour]) => [
          { ...requested(requester, youthOffice, exchangeOf(name), more), hour },
          { ...decided(youthOffice, exchangeOf(name), 'refuse', most), hour: hour + 1 },
        ]),
      { maxLength: 4 },
    ),
    fc.array(fc.nat(100), { maxLength: 40 }),
  )
  .map(([exchanges, refusals, order]) => interleaved([...exchanges, refusals.flat()], order));
