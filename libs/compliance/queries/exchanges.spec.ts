import { exchangeVersion, instantAt, millisecondsOf, type AgencyId, type Instant } from '#kernel';
import type { Scope } from '../scope.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import type { Projected } from '../testing/projected.js';
import { clinic, entryTold, exchangeOf, hoursAfter, police, school, youthOffice } from '../testing/recorded-log.js';
import { corrected, decided, disclosed, disclosureOf, feedbackGiven, received, requested } from '../testing/stories.js';
import { exchangeEntries } from './exchange-entries.js';
import { inboxOf } from './inbox-of.js';

const own = (agency: AgencyId): Scope => ({ kind: 'agency', agency });
const competent = (...agencies: AgencyId[]): Scope => ({ kind: 'competent', agencies });
const now = hoursAfter(1_000);
const untilTheSecond = { visibility: 'deferred-until', hiddenUntil: '2026-03-02' };
const [lastMinute, dayAfter] = ['2026-03-02T22:59:59.999Z' as Instant, '2026-03-02T23:00:00.000Z' as Instant];
const first = exchangeOf('first');

const entriesFor = async ({ reader }: Projected, scope: Scope, at = now) =>
  exchangeEntries(reader.database, scope, at, first, { limit: 100 });

const typesFor = async (world: Projected, scope: Scope, at = now): Promise<readonly string[]> =>
  (await entriesFor(world, scope, at)).entries.map(({ type }) => type);

const duties = async ({ reader }: Projected, agency: AgencyId, at = now): Promise<readonly string[]> =>
  (await inboxOf(reader.database, agency, at, { limit: 100 })).lines.map(({ owes }) => owes);

onEveryDatabase(({ projected }) => {
  describe('an exchange', () => {
    it('is shown to its parties in order, with where it stands', async () => {
      await using world = await projected();
      await world.tell(
        requested(police, youthOffice, first),
        { ...decided(youthOffice, first, 'grant-full'), hour: 1 },
        { ...disclosed(youthOffice, [police], first), hour: 2 },
      );
      const page = await entriesFor(world, own(police));
      expect(page.head).toMatchObject({ state: 'disclosed', version: 3, requester: police });
      expect(page.entries.map(({ version, type }) => [version, type])).toEqual([
        [1, 'InformationRequested'],
        [2, 'RequestDecided'],
        [3, 'InformationDisclosed'],
      ]);
      expect(page.entries[2]).toMatchObject({
        issuer: youthOffice,
        occurredAt: hoursAfter(2),
        terms: { recipients: [police] },
      });
      const rest = await exchangeEntries(world.reader.database, own(police), now, first, {
        after: exchangeVersion(1),
        limit: 1,
      });
      expect(rest.entries.map(({ version, type }) => [version, type])).toEqual([[2, 'RequestDecided']]);
      expect(rest.next).toBe(2);
    });

    it('does not exist for anybody else', async () => {
      await using world = await projected();
      await world.tell(requested(police, youthOffice, first));
      for (const scope of [own(clinic), competent(clinic), competent()]) {
        expect(await entriesFor(world, scope)).toMatchObject({ head: null, entries: [], next: null });
      }
    });

    it('is shown to a supervisor as far as its agencies recorded it', async () => {
      await using world = await projected();
      await world.tell(requested(police, youthOffice, first), disclosed(youthOffice, [police], first));
      const { head, entries } = await entriesFor(world, competent(police));
      expect(entries.map(({ type }) => type)).toEqual(['InformationRequested']);
      expect(head).toMatchObject({ state: 'requested', version: 1 });
    });

    it('goes on for everybody but the issuer as if a hidden entry had not been recorded', async () => {
      await using world = await projected();
      await world.tell(
        requested(police, youthOffice, first),
        disclosed(youthOffice, [police, school], first, { visibility: 'restricted' }),
      );
      expect(await typesFor(world, own(youthOffice))).toEqual(['InformationRequested', 'InformationDisclosed']);
      expect(await typesFor(world, own(police))).toEqual(['InformationRequested']);
      expect(await typesFor(world, own(school))).toEqual([]);
      expect((await entriesFor(world, own(police))).head).toMatchObject({ state: 'requested', version: 1 });
      expect((await entriesFor(world, own(youthOffice))).head).toMatchObject({ state: 'disclosed', version: 2 });
      expect(await duties(world, police)).toEqual([]);
      expect(await duties(world, school)).toEqual([]);
    });

    it('goes on for others with what was deferred once its day is over, from its place in the order', async () => {
      await using world = await projected();
      await world.tell(
        requested(police, youthOffice, first),
        disclosed(youthOffice, [police, school], first, untilTheSecond),
        { ...received(police, first), hour: 1 },
      );
      expect(await typesFor(world, own(police), lastMinute)).toEqual(['InformationRequested', 'DisclosureReceived']);
      expect((await entriesFor(world, own(police), lastMinute)).head).toMatchObject({ state: 'received', version: 2 });
      expect((await entriesFor(world, own(school), lastMinute)).head).toBeNull();
      expect(await duties(world, school, lastMinute)).toEqual([]);
      for (const agency of [youthOffice, police, school]) {
        expect(await typesFor(world, own(agency), dayAfter)).toEqual([
          'InformationRequested',
          'InformationDisclosed',
          'DisclosureReceived',
        ]);
        expect((await entriesFor(world, own(agency), dayAfter)).head).toMatchObject({ state: 'received', version: 3 });
      }
      expect(await duties(world, school, dayAfter)).toEqual(['receipt']);
      expect((await entriesFor(world, competent(school), dayAfter)).head).toBeNull();
    });

    it.each(['after', 'before'] as const)(
      'shows a correction recorded %s what it corrects when both are open, whichever that is later',
      async (order) => {
        for (const [ofDisclosure, ofCorrection, until] of [
          [untilTheSecond, {}, dayAfter],
          [{}, untilTheSecond, dayAfter],
          [untilTheSecond, { ...untilTheSecond, hiddenUntil: '2026-03-09' }, '2026-03-09T23:00:00.000Z' as Instant],
        ] as const) {
          await using world = await projected();
          const disclosure = disclosed(youthOffice, [police], first, ofDisclosure);
          const correction = corrected(youthOffice, first, entryTold(order === 'after' ? 2 : 3), ofCorrection);
          await world.tell(requested(police, youthOffice, first));
          for (const one of order === 'after' ? [disclosure, correction] : [correction, disclosure]) {
            await world.tell(one);
          }
          const before = instantAt(millisecondsOf(until) - 1);
          expect(await typesFor(world, own(police), before)).not.toContain('EntryCorrected');
          expect(await typesFor(world, own(police), until)).toContain('EntryCorrected');
        }
      },
    );

    it.each(['after', 'before'] as const)(
      'shows a correction recorded %s what it corrects to those who see that one, and to nobody else',
      async (order) => {
        for (const [visibility, seen] of [
          ['open', 3],
          ['restricted', 1],
        ] as const) {
          await using world = await projected();
          const disclosure = disclosed(youthOffice, [police], first, { visibility });
          const correction = corrected(youthOffice, first, entryTold(order === 'after' ? 2 : 3));
          await world.tell(requested(police, youthOffice, first));
          for (const one of order === 'after' ? [disclosure, correction] : [correction, disclosure]) {
            await world.tell(one);
          }
          expect(await typesFor(world, own(police))).toHaveLength(seen);
          expect((await entriesFor(world, own(police))).head).toMatchObject({ version: seen });
          for (const scope of [own(youthOffice), competent(youthOffice)]) {
            expect(await typesFor(world, scope)).toContain('EntryCorrected');
          }
        }
      },
    );

    it('shows no correction of what is not recorded in it by the same agency, nor of a hidden correction', async () => {
      await using world = await projected();
      await world.tell(
        requested(police, youthOffice, first),
        requested(youthOffice, police, exchangeOf('second')),
        corrected(youthOffice, first, entryTold(1)),
        corrected(youthOffice, first, entryTold(2)),
        decided(youthOffice, first, 'refuse', { visibility: 'restricted' }),
        corrected(youthOffice, first, entryTold(5)),
        corrected(youthOffice, first, entryTold(6)),
        corrected(youthOffice, first, entryTold(9)),
        corrected(youthOffice, first, entryTold(8)),
      );
      expect(await typesFor(world, own(police))).toEqual(['InformationRequested']);
      expect(await typesFor(world, own(youthOffice))).toHaveLength(8);
      expect((await entriesFor(world, own(police))).head).toMatchObject({ version: 1 });
    });

    it('no longer shows to others what corrected an erased entry', async () => {
      await using world = await projected();
      await world.tell(requested(police, youthOffice, first), decided(youthOffice, first, 'refuse'));
      await world.tell(corrected(youthOffice, first, entryTold(2)), corrected(youthOffice, first, entryTold(3)));
      expect(await typesFor(world, own(police))).toHaveLength(4);
      await world.log.vault.destroy({ entry: entryTold(2) });
      await world.projector.erase([entryTold(2)]);
      expect(await typesFor(world, own(police))).toEqual(['InformationRequested']);
      expect((await entriesFor(world, own(police))).head).toMatchObject({ version: 1 });
      expect(await typesFor(world, own(youthOffice))).toHaveLength(3);
    });

    it('that nobody but one agency knows of exists for that one and its supervisor only', async () => {
      await using world = await projected();
      await world.tell(requested(police, youthOffice, first, { visibility: 'sealed' }));
      for (const scope of [own(police), competent(police, youthOffice)]) {
        expect(await typesFor(world, scope)).toHaveLength(1);
      }
      for (const scope of [own(youthOffice), competent(youthOffice)]) {
        expect((await entriesFor(world, scope)).head).toBeNull();
      }
      expect(await duties(world, youthOffice)).toEqual([]);
    });

    it('of an agency with an unusual name is like every other', async () => {
      await using world = await projected();
      const odd = 'constructor' as AgencyId;
      await world.tell(
        requested(police, odd, first),
        decided(odd, first, 'grant-full', { visibility: 'restricted' }),
        disclosed(odd, [police], first),
      );
      expect(await duties(world, odd)).toEqual(await duties(world, youthOffice));
      expect((await entriesFor(world, own(odd))).head).toMatchObject({ version: 3 });
      expect((await entriesFor(world, own(police))).head).toMatchObject({ version: 2 });
    });
  });

  describe('the inbox', () => {
    it('says what an agency owes and since when, longest waiting first', async () => {
      await using world = await projected();
      const second = exchangeOf('second');
      await world.tell(
        { ...requested(police, youthOffice, second), hour: 5 },
        { ...requested(police, youthOffice, first), hour: 1 },
      );
      const { lines, next } = await inboxOf(world.reader.database, youthOffice, now, { limit: 1 });
      expect(lines).toEqual([{ exchange: first, owes: 'decision', about: null, since: hoursAfter(1) }]);
      if (next === null) throw new RangeError('no second page');
      const rest = await inboxOf(world.reader.database, youthOffice, now, { limit: 1, after: next });
      expect(rest).toMatchObject({ lines: [{ exchange: second }], next: null, completeUpTo: 2 });
    });

    it('empties as duties are done', async () => {
      await using world = await projected();
      await world.tell(requested(police, youthOffice, first));
      expect(await duties(world, youthOffice)).toEqual(['decision']);
      await world.tell(decided(youthOffice, first, 'grant-full'));
      expect(await duties(world, youthOffice)).toEqual(['disclosure']);
      await world.tell(disclosed(youthOffice, [police], first));
      expect(await duties(world, youthOffice)).toEqual([]);
      const { lines } = await inboxOf(world.reader.database, police, now, { limit: 5 });
      expect(lines).toMatchObject([{ owes: 'receipt', about: disclosureOf(first) }]);
      await world.tell(received(police, first));
      expect(await duties(world, police)).toEqual(['feedback']);
      await world.tell(feedbackGiven(police, first));
      expect(await duties(world, police)).toEqual([]);
    });

    it('knows what the agency itself did in secret', async () => {
      await using world = await projected();
      await world.tell(
        requested(police, youthOffice, first),
        decided(youthOffice, first, 'refuse', { visibility: 'restricted' }),
      );
      expect(await duties(world, youthOffice)).toEqual([]);
      expect((await entriesFor(world, own(police))).head?.waitingFor).toMatchObject([
        { agency: youthOffice, owes: 'decision' },
      ]);
    });

    it('has what was deferred once its day is over, since when it was asked for', async () => {
      await using world = await projected();
      await world.tell(
        { ...requested(police, youthOffice, exchangeOf('second')), hour: 5 },
        { ...requested(police, youthOffice, first, untilTheSecond), hour: 1 },
      );
      const since = async (at: Instant) =>
        (await inboxOf(world.reader.database, youthOffice, at, { limit: 9 })).lines.map((line) => line.since);
      expect(await since(lastMinute)).toEqual([hoursAfter(5)]);
      expect(await since(dayAfter)).toEqual([hoursAfter(1), hoursAfter(5)]);
    });

    it('forgets what an erased entry asked for', async () => {
      await using world = await projected();
      const [request] = await world.tell(requested(police, youthOffice, first));
      if (request === undefined) throw new RangeError('no request');
      await world.log.vault.destroy({ entry: request });
      await world.projector.erase([request]);
      expect(await duties(world, youthOffice)).toEqual([]);
      expect((await entriesFor(world, own(police))).head).toBeNull();
    });
  });
});
