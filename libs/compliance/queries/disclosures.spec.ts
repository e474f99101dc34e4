import { leafIndex, treeSize, type AgencyId, type EntryId, type Instant } from '#kernel';
import { clinic, exchangeOf, hoursAfter, police, school, youthOffice } from '../testing/recorded-log.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import type { Projected } from '../testing/projected.js';
import { disclosed, disclosureOf, invalidated, requested } from '../testing/stories.js';
import type { Scope } from '../scope.js';
import type { DisclosureFilter } from './disclosure-filter.js';
import { findDisclosures, type DisclosureRow } from './find-disclosures.js';
import { flows } from './flows.js';

const own = (agency: AgencyId): Scope => ({ kind: 'agency', agency });
const competent = (...agencies: AgencyId[]): Scope => ({ kind: 'competent', agencies });

const now = hoursAfter(1_000);
const untilTheSecond = { visibility: 'deferred-until', hiddenUntil: '2026-03-02' };
const [lastMinute, dayAfter] = ['2026-03-02T22:59:59.999Z' as Instant, '2026-03-02T23:00:00.000Z' as Instant];
const [first, second, third] = [exchangeOf('first'), exchangeOf('second'), exchangeOf('third')];

/** Everything found, page by page. */
async function all(
  { reader }: Projected,
  scope: Scope,
  filter: DisclosureFilter = {},
  { limit = 2, at = now } = {},
): Promise<readonly DisclosureRow[]> {
  const rows: DisclosureRow[] = [];
  let page = await findDisclosures(reader.database, scope, at, filter, { limit });
  rows.push(...page.rows);
  while (page.next) {
    page = await findDisclosures(reader.database, scope, at, filter, { limit, after: page.next });
    rows.push(...page.rows);
  }
  return rows;
}

const lines = (rows: readonly DisclosureRow[]): readonly string[] =>
  rows.map(({ from, to, category }) => `${from} > ${String(to)}: ${String(category)}`);

onEveryDatabase(({ projected }) => {
  async function threeDisclosures(): Promise<Projected> {
    const world = await projected();
    await world.tell(
      requested(police, youthOffice, first),
      { ...disclosed(youthOffice, [police, school], first), hour: 1 },
      {
        ...disclosed(clinic, [youthOffice], second, {
          items: [{ dataCategory: 'health-record', specialCategory: true }],
        }),
        hour: 2,
      },
      {
        ...disclosed(police, [clinic], third, { spontaneous: true, legalBasisTransmit: { missing: 'unknown' } }),
        hour: 3,
      },
    );
    return world;
  }

  describe('the list of disclosures', () => {
    it('has a row per recipient and category, in stable order, however it is paged', async () => {
      await using world = await threeDisclosures();
      const rows = await all(world, own(youthOffice));
      expect(lines(rows)).toEqual([
        'youth-office.example > police.example: exit-progress',
        'youth-office.example > police.example: family',
        'youth-office.example > school.example: exit-progress',
        'youth-office.example > school.example: family',
        'clinic.example > youth-office.example: health-record',
      ]);
      for (const limit of [1, 3, 5, 1000]) expect(await all(world, own(youthOffice), {}, { limit })).toEqual(rows);
      expect(rows[0]).toMatchObject({ legalBasis: 'GDPR-A6-1-e', provision: 'SGB X § 69(1) no. 1', special: false });
      expect(rows[4]).toMatchObject({ special: true, items: 1, spontaneous: false, occurredAt: hoursAfter(2) });
    });

    it('says up to which entry it is complete', async () => {
      await using world = await threeDisclosures();
      const { completeUpTo } = await findDisclosures(world.reader.database, own(school), now, {}, { limit: 1 });
      expect(completeUpTo).toBe(treeSize(4));
    });

    it('shows what is missing as not given instead of leaving it out', async () => {
      await using world = await projected();
      const missing = { missing: 'follows' };
      await world.tell(
        disclosed(clinic, [], first, { recipients: missing, items: missing, purpose: missing, disclosureId: missing }),
      );
      expect(await all(world, own(clinic))).toMatchObject([
        { from: clinic, to: null, category: null, purpose: null, disclosure: null, items: 0 },
      ]);
    });

    it('takes recipients and categories that are named twice once', async () => {
      await using world = await projected();
      const items = [{ dataCategory: 'family' }, { dataCategory: 'family', specialCategory: true }];
      await world.tell(disclosed(clinic, [police, police], first, { items }));
      expect(await all(world, own(clinic))).toMatchObject([
        { to: police, category: 'family', items: 2, special: true },
      ]);
    });

    it.each([
      ['a health record, also without flag', { dataCategory: 'health-record' }, true],
      ['what is not known to be special', { dataCategory: 'family', specialCategory: { missing: 'unknown' } }, true],
      ['what is flagged', { dataCategory: 'family', specialCategory: true }, true],
      ['what is neither', { dataCategory: 'family', specialCategory: false }, false],
      [
        'data on offences, which are no special category',
        { dataCategory: 'criminal-charge', specialCategory: true },
        false,
      ],
    ])('counts as special what the rules take for it: %s', async (_, item, special) => {
      await using world = await projected();
      await world.tell(disclosed(clinic, [police], first, { items: [item] }));
      expect(await all(world, own(police))).toMatchObject([{ special }]);
      const { flows: found } = await flows(world.reader.database, own(police), now, {});
      expect(found).toMatchObject([{ special: special ? 1 : 0 }]);
    });

    it('narrows by side, counterpart, category, legal basis, period and entries', async () => {
      await using world = await threeDisclosures();
      const count = async (filter: DisclosureFilter): Promise<number> =>
        (await all(world, competent(youthOffice, clinic, police), filter)).length;
      expect(await count({})).toBe(7);
      expect(await count({ agency: school })).toBe(2);
      expect(await count({ agency: clinic, counterpart: police })).toBe(2);
      expect(await count({ agency: police, counterpart: clinic })).toBe(2);
      expect(await count({ agency: clinic, counterpart: clinic })).toBe(0);
      expect(await count({ category: 'health-record' })).toBe(1);
      expect(await count({ legalBasis: 'GDPR-A6-1-e' })).toBe(5);
      expect(await count({ from: hoursAfter(1), to: hoursAfter(2) })).toBe(4);
      expect(await count({ from: hoursAfter(2) })).toBe(3);
      const [{ entry }] = (await all(world, own(clinic))) as [DisclosureRow];
      expect(await count({ ids: [entry] })).toBe(1);
      expect(await count({ ids: [] })).toBe(0);
    });

    it('marks what its discloser has invalidated, also when that was recorded first, and nobody else', async () => {
      await using world = await projected();
      await world.tell(
        invalidated(clinic, first),
        disclosed(clinic, [police], first),
        disclosed(clinic, [police], second),
        invalidated(police, second),
        disclosed(clinic, [police], third, { disclosureId: disclosureOf(first) }),
      );
      const rows = await all(world, own(police));
      expect(rows.map(({ exchange, invalidated: gone }) => [exchange, gone])).toEqual([
        [first, true],
        [first, true],
        [second, false],
        [second, false],
        [third, false],
        [third, false],
      ]);
    });
  });

  describe('nobody sees more than the scope', () => {
    const filters: readonly DisclosureFilter[] = [
      {},
      { agency: clinic },
      { agency: clinic, counterpart: youthOffice },
      { counterpart: clinic },
      { category: 'health-record' },
      { from: hoursAfter(0), to: hoursAfter(9) },
    ];

    it.each(filters)('whatever the filter asks: %j', async (filter) => {
      await using world = await threeDisclosures();
      for (const agency of [police, school, clinic, youthOffice]) {
        for (const { from, to } of await all(world, own(agency), filter)) expect([from, to]).toContain(agency);
      }
      for (const { from } of await all(world, competent(police), filter)) expect(from).toBe(police);
      expect(await all(world, competent(), filter)).toEqual([]);
    });

    it('whatever ids are asked for and wherever the page begins', async () => {
      await using world = await threeDisclosures();
      const rows = await all(world, competent(youthOffice, clinic, police));
      const ids = rows.map(({ entry }) => entry);
      expect(lines(await all(world, own(school), { ids }))).toEqual([
        'youth-office.example > school.example: exit-progress',
        'youth-office.example > school.example: family',
      ]);
      for (const { index } of rows) {
        const after = { index, recipient: '', category: '' };
        const page = await findDisclosures(world.reader.database, own(school), now, {}, { limit: 100, after });
        for (const { from, to } of page.rows) expect([from, to]).toContain(school);
      }
    });

    it.each(['restricted', 'sealed', 'deferred-until', 'a-code-of-tomorrow'])(
      'and what is %s is in nobody’s lists and flows but its issuer’s and its supervisor’s',
      async (visibility) => {
        await using world = await projected();
        await world.tell(disclosed(clinic, [police], first, { visibility }));
        const seen = async (scope: Scope): Promise<number> =>
          (await all(world, scope)).length + (await flows(world.reader.database, scope, now, {})).flows.length;
        expect(await seen(own(clinic))).toBe(4);
        expect(await seen(own(police))).toBe(0);
        expect(await seen(competent(police))).toBe(0);
        expect(await seen(competent(clinic, police))).toBe(4);
      },
    );

    it('and what is deferred is in everybody’s once its day is over, in Berlin', async () => {
      await using world = await projected();
      await world.tell(
        { ...disclosed(clinic, [police], first, untilTheSecond), hour: 1 },
        { ...disclosed(clinic, [police], second), hour: 2 },
      );
      const seen = async (at: Instant) => [
        (await all(world, own(police), {}, { at })).map(({ exchange }) => exchange),
        (await flows(world.reader.database, own(police), at, {})).flows.map((flow) => flow.disclosures),
      ];
      expect(await seen(lastMinute)).toEqual([
        [second, second],
        [1, 1],
      ]);
      expect(await seen(dayAfter)).toEqual([
        [first, first, second, second],
        [2, 2],
      ]);
      expect((await all(world, competent(police), {}, { at: dayAfter })).length).toBe(0);
    });

    it('and a page that began before something opened goes on after it, and a new list has it', async () => {
      await using world = await projected();
      await world.tell(
        { ...disclosed(clinic, [police], first, untilTheSecond), hour: 1 },
        { ...disclosed(clinic, [police], second), hour: 2 },
      );
      const { database } = world.reader;
      const begun = await findDisclosures(database, own(police), lastMinute, {}, { limit: 1 });
      if (begun.next === null) throw new RangeError('no second page');
      const rest = await findDisclosures(database, own(police), dayAfter, {}, { limit: 9, after: begun.next });
      expect([...begun.rows, ...rest.rows].map(({ exchange }) => exchange)).toEqual([second, second]);
      expect(await all(world, own(police), {}, { at: dayAfter })).toHaveLength(4);
    });

    it('and a deferred invalidation is known to others once its day is over', async () => {
      await using world = await projected();
      await world.tell(disclosed(clinic, [police], first), invalidated(clinic, first, untilTheSecond));
      const known = async (at: Instant) => (await all(world, own(police), {}, { at })).map((row) => row.invalidated);
      expect(await known(lastMinute)).toEqual([false, false]);
      expect(await known(dayAfter)).toEqual([true, true]);
    });

    it('and a hidden invalidation is known to its issuer and its supervisor alone', async () => {
      await using world = await projected();
      await world.tell(disclosed(clinic, [police], first), invalidated(clinic, first, { visibility: 'restricted' }));
      const known = async (scope: Scope) => (await all(world, scope)).map((row) => row.invalidated);
      expect(await known(own(clinic))).toEqual([true, true]);
      expect(await known(own(police))).toEqual([false, false]);
      expect(await known(competent(clinic))).toEqual([true, true]);
    });
  });

  describe('hostile values', () => {
    const hostile = ["' OR 1=1 --", "'); DROP TABLE disclosure; --", '%', '\u0000', '"', '?', '$1', '🜁'.repeat(2000)];

    it.each(hostile.map((text) => ({ said: text.slice(0, 40), text })))(
      'find nothing and harm nothing: $said',
      async ({ text }) => {
        await using world = await threeDisclosures();
        const before = await world.digests();
        const filters: DisclosureFilter[] = [
          { category: text },
          { legalBasis: text },
          { agency: text as AgencyId },
          { ids: [text as EntryId] },
        ];
        for (const filter of filters) expect(await all(world, own(police), filter)).toEqual([]);
        expect(await all(world, own(text as AgencyId))).toEqual([]);
        expect(await all(world, competent(text as AgencyId))).toEqual([]);
        const after = { index: leafIndex(0), recipient: text, category: text };
        await findDisclosures(world.reader.database, own(police), now, {}, { limit: 5, after });
        expect(await world.digests()).toEqual(before);
      },
    );

    it('in what agencies recorded are kept as text', async () => {
      await using world = await projected();
      const text = "'); DROP TABLE disclosure; --";
      await world.tell(disclosed(clinic, [police], first, { items: [{ dataCategory: text }], purpose: text }));
      expect(await all(world, own(police))).toMatchObject([{ category: text, purpose: text }]);
    });

    it.each([0, -1, 1.5, 1001, Number.NaN, Number.POSITIVE_INFINITY])('a page of %p rows is refused', async (limit) => {
      await using world = await projected();
      await expect(findDisclosures(world.reader.database, own(police), now, {}, { limit })).rejects.toMatchObject({
        code: 'invalid-query',
      });
    });

    it('more entries than a statement takes are refused', async () => {
      await using world = await projected();
      const ids = Array.from({ length: 10_001 }, () => 'x' as EntryId);
      await expect(
        findDisclosures(world.reader.database, own(police), now, { ids }, { limit: 1 }),
      ).rejects.toMatchObject({
        code: 'invalid-query',
      });
      expect(await all(world, own(police), { ids: ids.slice(1) })).toEqual([]);
    });
  });

  describe('flows', () => {
    it('count disclosures by sender, recipient and category within a period', async () => {
      await using world = await threeDisclosures();
      await world.tell({ ...disclosed(clinic, [youthOffice], exchangeOf('fourth')), hour: 4 });
      await world.tell({ ...disclosed(clinic, [youthOffice], exchangeOf('fifth')), hour: 5 });
      const { flows: found, completeUpTo } = await flows(world.reader.database, own(youthOffice), now, {
        from: hoursAfter(2),
      });
      expect(found).toEqual([
        { from: clinic, to: youthOffice, category: 'exit-progress', disclosures: 2, items: 2, special: 0 },
        { from: clinic, to: youthOffice, category: 'family', disclosures: 2, items: 2, special: 0 },
        { from: clinic, to: youthOffice, category: 'health-record', disclosures: 1, items: 1, special: 1 },
      ]);
      expect(completeUpTo).toBe(treeSize(6));
    });
  });
});
