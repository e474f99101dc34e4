import type { AgencyId, EntryId, Instant } from '#kernel';
import { judgements } from '../judging/judgements.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import type { Projected } from '../testing/projected.js';
import { clinic, exchangeOf, hoursAfter, police, school, youthOffice, type Told } from '../testing/recorded-log.js';
import { corrected, disclosed, received, requested } from '../testing/stories.js';
import { v3 } from './by-id/v03-recipients.js';
import { v21 } from './by-id/v21-one-sided.js';
import { ask, later, own, type Ask } from './testing/ask.js';

const projections = [judgements];
const [exchange, elsewhere] = [exchangeOf('first'), exchangeOf('elsewhere')];
/** The day until which it is hidden ends at 23:00 UTC in Berlin's winter. */
const [before, after] = ['2026-03-08T22:59:59.999Z' as Instant, '2026-03-08T23:00:00.000Z' as Instant];
const until = { visibility: 'deferred-until', hiddenUntil: '2026-03-08' };

const first = async (world: Projected, told: Told): Promise<EntryId> => {
  const [id] = await world.tell(told);
  if (id === undefined) throw new RangeError('nothing was recorded');
  return id;
};

const alone = (corrects: EntryId, more: Told['terms'] = {}): Told => {
  const { exchange: _, ...told } = corrected(youthOffice, exchange, corrects, more);
  return told;
};

/** What an agency is told that what passed was corrected by. */
async function corrections({ reader }: Projected, agency: AgencyId, asks: Ask = {}) {
  const { rows } = await ask(reader, v3, own(agency), asks);
  return rows.map(({ cells }) => cells['corrections']);
}

onEveryDatabase(({ projected }) => {
  describe('a correction', () => {
    it('says nothing of what it corrects as long as that is hidden, not even that its agency recorded something', async () => {
      await using world = await projected({ projections });
      await world.tell(received(police, exchange, { disclosedBy: youthOffice }));
      const id = await first(world, disclosed(youthOffice, [police], exchange, { ...until, disclosureId: elsewhere }));
      await world.tell(corrected(youthOffice, exchange, id));
      const silent = async (now: Instant) => {
        const { rows } = await ask(world.reader, v21, own(police), { now });
        return rows.flatMap(({ cells }) => (cells['lacking'] === 'disclosure' ? cells['silent'] : []));
      };
      expect(await silent(before)).toEqual([true]);
      expect(await silent(after)).toEqual([false]);
    });

    it.each([
      ['in its exchange', (id: EntryId) => corrected(youthOffice, exchange, id)],
      ['outside of any exchange', (id: EntryId) => alone(id)],
    ])('reaches whoever sees what it corrects, recorded %s', async (_, correction) => {
      await using world = await projected({ projections });
      const id = await first(world, disclosed(youthOffice, [police], exchange));
      const found = await first(world, correction(id));
      for (const asOf of [null, hoursAfter(500)]) {
        for (const agency of [youthOffice, police]) {
          expect(await corrections(world, agency, { asOf })).toEqual([[found]]);
        }
        expect(await corrections(world, school, { asOf })).toEqual([]);
      }
    });

    it('reaches it from an exchange with others, too', async () => {
      await using world = await projected({ projections });
      const id = await first(world, disclosed(youthOffice, [police], exchange));
      await world.tell(requested(clinic, youthOffice, elsewhere));
      const found = await first(world, corrected(youthOffice, elsewhere, id));
      for (const asOf of [null, hoursAfter(500)]) {
        expect(await corrections(world, police, { asOf })).toEqual([[found]]);
        expect(await corrections(world, clinic, { asOf })).toEqual([]);
      }
    });

    it('stays with its agency where it is hidden itself', async () => {
      await using world = await projected({ projections });
      const id = await first(world, disclosed(youthOffice, [police], exchange));
      const found = await first(world, alone(id, until));
      expect(await corrections(world, youthOffice, { now: before })).toEqual([[found]]);
      expect(await corrections(world, police, { now: before })).toEqual([[]]);
      expect(await corrections(world, police, { now: later })).toEqual([[found]]);
    });

    it('does not count where another agency says that something is wrong in it', async () => {
      await using world = await projected({ projections });
      const id = await first(world, disclosed(youthOffice, [police], exchange));
      await world.tell(corrected(clinic, exchange, id));
      expect(await corrections(world, police)).toEqual([[]]);
    });
  });
});
