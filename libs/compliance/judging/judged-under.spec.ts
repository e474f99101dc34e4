import { treeSize, type Instant } from '#kernel';
import { RegistryFollower } from '../registry/registry-follower.js';
import { RegistryHistory } from '../registry/registry-history.js';
import type { Scope } from '../scope.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import type { Projected } from '../testing/projected.js';
import { exchangeOf, hoursAfter, police, school, youthOffice, type Told } from '../testing/recorded-log.js';
import { corrected, disclosed } from '../testing/stories.js';
import { v2 } from '../views/by-id/v02-deadlines.js';
import { ask, competentFor, own } from '../views/testing/ask.js';
import { judgedUnder } from './judged-under.js';
import { judgements } from './judgements.js';

const projections = [judgements];
const registry = new RegistryHistory().at(treeSize(0));
/** The day until which it is hidden ends at 23:00 UTC in Berlin's winter. */
const [before, after] = ['2026-03-08T22:59:59.999Z' as Instant, '2026-03-08T23:00:00.000Z' as Instant];
const agreement = { agreement: 'exit-network', version: 1, parties: [police, youthOffice], reviewDue: '2026-06-01' };
const until = { visibility: 'deferred-until', hiddenUntil: '2026-03-08' };

async function matters({ reader }: Projected, scope = own(police), now = before) {
  const given = { registryAt: async () => registry };
  const question = { settings: registry.settings, size: treeSize(0) };
  return (await judgedUnder(reader.database, scope, now, given, question, '')).matters;
}

onEveryDatabase(({ projected }) => {
  describe('a question what other packs would say', () => {
    const hidden = (more: Told['terms']): Told => disclosed(youthOffice, [police], exchangeOf('hidden'), more);

    it('counts no matter in which everything is hidden from who asks, until it is open', async () => {
      await using world = await projected({ projections });
      await world.tell(disclosed(youthOffice, [police], exchangeOf('open')));
      const known = await matters(world);
      await world.tell(hidden(until));
      expect(await matters(world)).toBe(known);
      expect(await matters(world, competentFor(police))).toBe(known);
      expect(await matters(world, own(police), after)).toBe(known + 1);
      expect(await matters(world, competentFor(police), after)).toBe(known + 1);
    });

    it('is asked also of what the registry itself owes, as it stands, of those that look', async () => {
      await using world = await projected({ projections });
      await world.log.register(
        { issuer: police, type: 'AgencyAdmitted', data: { agency: police, regime: 'LED' } },
        { issuer: police, type: 'AgreementAdopted', data: agreement },
        {
          issuer: police,
          type: 'RulePackPublished',
          data: {
            pack: 'EU-LED',
            version: 2,
            extends: [],
            validFrom: '2026-03-01',
            overrides: [{ rule: 'AGR-01', applies: false, source: 'Decision of the network' }],
          },
        },
      );
      const size = await world.log.store.size('registry');
      const given = new RegistryFollower(world.log.store);
      const asked = async (scope: Scope, under = size) => {
        const { settings } = await given.registryAt(under);
        return judgedUnder(world.reader.database, scope, after, given, { settings, size }, '');
      };
      expect(await asked(own(police))).toMatchObject({
        differences: [{ rule: 'AGR-01', agency: police, judged: { verdict: 'pending' }, under: null }],
        matters: 1,
        next: null,
      });
      for (const scope of [own(youthOffice), own(school)]) expect((await asked(scope)).differences).toEqual([]);
      expect((await asked(own(police), treeSize(2))).differences).toEqual([]);
    });

    it('knows who is suspended though who asks could record nothing since', async () => {
      await using world = await projected({ projections });
      const entry = (issuer: Told['issuer'], hour: number, exchange: string): Told => ({
        ...disclosed(issuer, [school], exchangeOf(exchange), { present: ['justification'] }),
        hour,
      });
      await world.tell(entry(police, 25, 'one'));
      await world.log.register({ issuer: youthOffice, type: 'AgencySuspended', hour: 30, data: { agency: police } });
      await world.tell(entry(youthOffice, 31, 'another'));
      const size = await world.log.store.size('registry');
      const given = new RegistryFollower(world.log.store);
      const then = await given.registryAt(size);
      const question = { settings: then.settings, size };
      const asked = await judgedUnder(world.reader.database, own(police), after, given, question, '');
      expect(asked.differences).toEqual([]);
      const { rows } = await ask(world.reader, v2, own(police), { asOf: hoursAfter(40), registry: then });
      expect(rows.filter(({ cells }) => cells['rule'] === 'INT-01')).toEqual([]);
    });

    it('counts it for who recorded it, and for whom something else of it names openly', async () => {
      await using world = await projected({ projections });
      await world.tell(hidden(until));
      expect(await matters(world, own(youthOffice))).toBe(1);
      await world.tell(hidden({ disclosureId: exchangeOf('another') }));
      expect(await matters(world)).toBe(1);
    });

    it('counts a correction that stands alone for those who know what it corrects, and for nobody else', async () => {
      await using world = await projected({ projections });
      const [first] = await world.tell(hidden(until));
      if (first === undefined) throw new RangeError('nothing recorded');
      const { exchange: _, ...alone } = corrected(youthOffice, exchangeOf('hidden'), first);
      await world.tell(alone);
      expect(await matters(world)).toBe(0);
      expect(await matters(world, own(police), after)).toBe(2);
      expect(await matters(world, own(school), after)).toBe(0);
    });
  });
});
