import type { AgencyId, EntryId } from '#kernel';
import type { Scope } from '../scope.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import type { Projected } from '../testing/projected.js';
import { clinic, exchangeOf, hoursAfter, police, uuidOf } from '../testing/recorded-log.js';
import { consented, onward, restricted, withdrawn } from '../testing/referring.js';
import { decided, disclosed, disclosureOf, received, requested } from '../testing/stories.js';
import { entriesNaming } from './entries-naming.js';

const own = (agency: AgencyId): Scope => ({ kind: 'agency', agency });
const first = exchangeOf('first');

const naming = async ({ reader }: Projected, agency: AgencyId, ...ids: readonly (string | undefined)[]) => {
  const names = ids.filter((id) => id !== undefined);
  return [...(await entriesNaming(reader.database, own(agency), hoursAfter(1_000), names))];
};

onEveryDatabase(({ projected }) => {
  describe('what is recorded of what a draft names', () => {
    it('of a consent: the consent, and what took it back elsewhere; not what rested on it', async () => {
      await using world = await projected();
      const [consent] = await world.tell(consented('consent'));
      const [, withdrawal] = await world.tell(
        { ...disclosed(clinic, [police], first, { consentRef: consent as EntryId }), hour: 1 },
        withdrawn(consent as EntryId, 5),
      );
      expect(await naming(world, clinic, consent)).toEqual([[consent, [consent, withdrawal]]]);
    });

    it('of a disclosure: both sides of it; not what passed it on', async () => {
      await using world = await projected();
      const [disclosure, receipt] = await world.tell(disclosed(clinic, [police], first, restricted), {
        ...received(police, first),
        hour: 2,
      });
      const name = disclosureOf(first);
      await world.tell(onward(name));
      expect(await naming(world, police, name, uuidOf('nothing'))).toEqual([[name, [disclosure, receipt]]]);
      expect(await naming(world, police)).toEqual([]);
    });

    it('of a request: the request, and what was decided on it; not what answered it', async () => {
      await using world = await projected();
      const [request] = await world.tell(requested(police, clinic, first));
      const named = { request: request as EntryId };
      const [decision] = await world.tell(
        { ...decided(clinic, first, 'grant-full', named), hour: 1 },
        { ...disclosed(clinic, [police], first, named), hour: 2 },
      );
      expect(await naming(world, clinic, request)).toEqual([[request, [request, decision]]]);
    });

    it('of a conference: its convening, who was there, and what may leave it; not what was said', async () => {
      await using world = await projected();
      const [convening] = await world.tell({ issuer: police, type: 'ConferenceConvened', exchange: first, terms: {} });
      const of = (type: string) => ({
        issuer: police,
        type,
        exchange: first,
        terms: { convening: convening as EntryId },
        hour: 1,
      });
      const [attendance, , sheet] = await world.tell(
        of('AttendanceRecorded'),
        of('ContributionRecorded'),
        of('FeedbackSheetApproved'),
      );
      expect(await naming(world, police, convening)).toEqual([[convening, [convening, attendance, sheet]]]);
    });

    it('is nothing where it is erased', async () => {
      await using world = await projected();
      const [disclosure] = await world.tell(disclosed(clinic, [police], first));
      expect(await naming(world, clinic, disclosureOf(first))).toEqual([[disclosureOf(first), [disclosure]]]);
      await world.log.vault.destroy({ entry: disclosure as EntryId, blocks: ['terms'] });
      await world.projector.erase([disclosure as EntryId]);
      expect(await naming(world, clinic, disclosureOf(first))).toEqual([]);
    });
  });
});
