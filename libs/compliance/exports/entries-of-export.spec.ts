import type { AgencyId, EntryId } from '#kernel';
import type { JsonObject } from '#statement';
import { emptyRegistry as registry } from '../rules/testing/story.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import type { Projected } from '../testing/projected.js';
import { clinic, entryTold, exchangeOf, hoursAfter, police, type Told } from '../testing/recorded-log.js';
import { corrected, disclosed, disclosureOf, invalidated, received } from '../testing/stories.js';
import type { Wanted } from './entries-wanted.js';
import { everyProfile } from './every-profile.js';
import { gather } from './gather.js';
import { leakTest } from './leak-test.js';

const exchange = exchangeOf('first');
const now = hoursAfter(10_000);
const firstDay = { from: hoursAfter(0), until: hoursAfter(24) };

async function gathered({ reader }: Projected, id: string, wanted: Partial<Wanted>, agency: AgencyId = clinic) {
  const profile = everyProfile.get(id);
  if (profile === undefined) throw new RangeError(id);
  const scope = { kind: 'competent', agencies: [agency] } as const;
  return gather(reader.database, scope, profile, { agencies: [agency], ...wanted }, { now, registry });
}

const idsOf = async (...given: Parameters<typeof gathered>): Promise<readonly EntryId[]> =>
  (await gathered(...given)).entries.map(({ id }) => id);

async function leftOut(world: Projected, ids: readonly EntryId[], agency: AgencyId = clinic) {
  const { entries, context } = await gathered(world, 'X5', { ids }, agency);
  if (context === null) throw new RangeError('without a leak test');
  const tested = leakTest(entries, { ...context, withholding: new Set() });
  return [tested.told.map(({ id }) => id), tested.leftOut];
}

const of = (type: string, terms: JsonObject = {}): Told => ({ issuer: clinic, type, terms });
const later = (told: Told): Told => ({ ...told, hour: 2_000 });

onEveryDatabase(({ projected }) => {
  describe('An entry that was corrected or taken back', () => {
    const story = [
      disclosed(clinic, [police], exchange),
      later(corrected(clinic, exchange, entryTold(1))),
      later(corrected(clinic, exchange, entryTold(2))),
      later(invalidated(clinic, exchange)),
      later(corrected(police, exchange, entryTold(1))),
      later(invalidated(police, exchange)),
    ];

    it('is exported with all that says so, whenever that was, and with nobody else’s word on it', async () => {
      await using world = await projected();
      const [wrong, right, better, back] = await world.tell(...story);
      expect(await idsOf(world, 'X1', firstDay)).toEqual([wrong, right, better, back]);
    });

    it('stands in a dossier with its correction', async () => {
      await using world = await projected();
      const transfer = { kind: 'third-country', country: 'US', tool: 'adequacy' };
      const [sent, right, breach = '' as EntryId, wasLess] = await world.tell(
        disclosed(clinic, [police], exchange, { transfer }),
        later(corrected(clinic, exchange, entryTold(1))),
        of('BreachDetected'),
        of('EntryCorrected', { corrects: entryTold(3), cause: 'mistake' }),
      );
      expect(await idsOf(world, 'X3', firstDay)).toEqual([sent, right]);
      expect(await idsOf(world, 'X4', { matter: breach })).toEqual([breach, wasLess]);
    });

    it('leaves its place in a dossier where it was erased, as far as anybody can know that it belongs there', async () => {
      await using world = await projected();
      const [breach = '' as EntryId, assessed, other = '' as EntryId] = await world.tell(
        of('BreachDetected'),
        of('BreachAssessed', { breach: entryTold(1) }),
        of('RightsRequestReceived'),
      );
      await world.log.vault.destroy({ entry: breach, blocks: ['terms'] });
      await world.projector.erase([breach]);
      const erased = await gathered(world, 'X4', { matter: breach });
      expect(erased.entries.map(({ id, said }) => [id, said === null])).toEqual([
        [breach, true],
        [assessed, false],
      ]);
      expect(await idsOf(world, 'X4', { matter: other })).toEqual([]);
    });

    it('is not handed to the person concerned: who answers looks first what is right', async () => {
      await using world = await projected();
      const [wrong = '' as EntryId] = await world.tell(...story);
      expect(await leftOut(world, [wrong])).toEqual([[], [{ entry: wrong, why: 'corrected' }]]);
    });

    it('is shown to who answers the person it is rightly about: a search for that one finds the correction only', async () => {
      await using world = await projected();
      const [wrong, right = '' as EntryId] = await world.tell(...story);
      expect(await leftOut(world, [right])).toEqual([[], [{ entry: wrong, why: 'corrected' }]]);
    });

    it('is not told by who received it either', async () => {
      await using world = await projected();
      const [, receipt = '' as EntryId] = await world.tell(
        disclosed(clinic, [police], exchange),
        received(police, exchange, { disclosedBy: clinic }),
      );
      expect(await leftOut(world, [receipt], police)).toEqual([[receipt], []]);
      await world.tell(invalidated(clinic, exchange, { recipients: [police] }));
      expect(await leftOut(world, [receipt], police)).toEqual([[], [{ entry: receipt, why: 'corrected' }]]);
    });
  });

  describe('What the supervisor verifies for a person', () => {
    it('is what was asked through it, the decision complained of with its request, and the deferral', async () => {
      await using world = await projected();
      const told = await world.tell(
        of('RightsRequestReceived'),
        of('RightsRequestDecided', { rightsRequest: entryTold(1) }),
        of('NotificationDeferred', { causedBy: entryTold(2) }),
        of('IndirectAccessRequested', { causedBy: entryTold(2) }),
        of('IndirectAccessAnswered', { indirectAccess: entryTold(4) }),
        of('RightsRequestReceived'),
      );
      const [request, decision, deferral, asked = '' as EntryId, answer] = told;
      expect(await idsOf(world, 'X6', { matter: asked })).toEqual([request, decision, asked, answer]);
      expect(await idsOf(world, 'X6', { matter: request ?? '' })).toEqual([request, decision, deferral, asked, answer]);
    });

    it('is not what else a conference spoke of', async () => {
      await using world = await projected();
      const [conference, , disclosure] = await world.tell(
        of('ConferenceConvened'),
        of('ContributionRecorded', { convening: entryTold(1) }),
        disclosed(clinic, [police], exchange, { conferenceRef: entryTold(1) }),
      );
      expect(await idsOf(world, 'X6', { exchange })).toEqual([conference, disclosure]);
    });

    it('is an exchange, and why the person is not told of it', async () => {
      await using world = await projected();
      const [disclosure, , deferral] = await world.tell(
        disclosed(clinic, [police], exchange),
        received(police, exchange),
        of('NotificationDeferred', { covers: [disclosureOf(exchange)] }),
      );
      expect(await idsOf(world, 'X6', { exchange })).toEqual([disclosure, deferral]);
    });
  });
});
