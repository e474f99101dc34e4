import { treeSize, type AgencyId } from '#kernel';
import type { Scope } from '../scope.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import { clinic, exchangeOf, hoursAfter, police, school, youthOffice } from '../testing/recorded-log.js';
import { decided, disclosed, feedbackGiven, invalidated, received, requested } from '../testing/stories.js';
import { summaryOf } from './summary-of.js';

const own = (agency: AgencyId): Scope => ({ kind: 'agency', agency });
const now = hoursAfter(1_000);
const [first, second, third] = [exchangeOf('first'), exchangeOf('second'), exchangeOf('third')];

onEveryDatabase(({ projected }) => {
  describe('the compliance summary', () => {
    it('counts what the agency recorded, by type and by decision', async () => {
      await using world = await projected();
      await world.tell(
        requested(police, youthOffice, first),
        { ...decided(youthOffice, first, 'refuse'), hour: 1, delay: 24 },
        { ...decided(youthOffice, second, 'refuse'), hour: 1, delay: 24.001 },
        decided(youthOffice, third, 'grant-full'),
        { ...decided(youthOffice, third, ''), terms: { decision: { missing: 'follows' } } },
        decided(clinic, third, 'refuse'),
      );
      const summary = await summaryOf(world.reader.database, own(youthOffice), now, {});
      expect(summary).toMatchObject({ entries: 4, late: 1, completeUpTo: treeSize(6) });
      expect([...summary.types]).toEqual([['RequestDecided', 4]]);
      expect(Object.fromEntries(summary.decisions)).toEqual({ null: 1, refuse: 2, 'grant-full': 1 });
    });

    it('tells which disclosures nobody asked for, acknowledged or gave feedback on, recipient by recipient', async () => {
      await using world = await projected();
      await world.tell(
        feedbackGiven(police, first),
        requested(police, youthOffice, first),
        disclosed(youthOffice, [police, school], first),
        received(police, first),
        received(clinic, first),
        disclosed(youthOffice, [clinic], second),
        disclosed(youthOffice, [clinic], third, { spontaneous: true }),
        received(clinic, third),
        invalidated(youthOffice, third),
      );
      const { disclosures } = await summaryOf(world.reader.database, own(youthOffice), now, {});
      expect(disclosures).toEqual({
        total: 4,
        spontaneous: 1,
        withoutRequest: 1,
        withoutReceipt: 2,
        withoutFeedback: 3,
        invalidated: 1,
      });
    });

    it('covers a period and, for a supervisor, the agencies it is competent for', async () => {
      await using world = await projected();
      await world.tell(
        { ...disclosed(youthOffice, [police], first), hour: 1 },
        { ...disclosed(clinic, [police], second), hour: 2 },
        { ...disclosed(clinic, [police], third, { visibility: 'sealed' }), hour: 2 },
        { ...disclosed(school, [police], third), hour: 2 },
      );
      const agencies = [youthOffice, clinic];
      const { database } = world.reader;
      const whole = await summaryOf(database, { kind: 'competent', agencies }, now, {});
      expect([whole.entries, whole.disclosures.total]).toEqual([3, 3]);
      const later = await summaryOf(database, { kind: 'competent', agencies }, now, {
        from: hoursAfter(2),
        to: hoursAfter(3),
      });
      expect([later.entries, later.disclosures.total]).toEqual([2, 2]);
      const none = await summaryOf(database, { kind: 'competent', agencies: [] }, now, {});
      expect([none.entries, none.disclosures.total, none.types.size]).toEqual([0, 0, 0]);
    });
  });
});
