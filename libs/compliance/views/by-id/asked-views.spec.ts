import { onEveryDatabase } from '../../testing/on-every-database.js';
import { clinic, exchangeOf, hoursAfter, police, school, youthOffice } from '../../testing/recorded-log.js';
import { disclosed, feedbackGiven, received, requested } from '../../testing/stories.js';
import type { AskedView } from '../asked-view.js';
import { ask, competentFor, own, type Ask } from '../testing/ask.js';
import { v0 } from './v00-today.js';
import { v2 } from './v02-deadlines.js';
import { v4 } from './v04-flows.js';
import { v11 } from './v11-agreements.js';
import { v16 } from './v16-integrity.js';
import { v18 } from './v18-outside-agreement.js';
import { v21Silent } from './v21-silent-agencies.js';

const views: readonly AskedView[] = [v0, v2, v4, v11, v16, v18, v21Silent];
const [first, second, third] = [exchangeOf('first'), exchangeOf('second'), exchangeOf('third')];
const now = hoursAfter(24 * 7);
const restricted = { visibility: 'restricted' };
const untilTheSecond = { visibility: 'deferred-until', hiddenUntil: '2026-03-02' };

const story = [
  requested(youthOffice, police, first),
  disclosed(youthOffice, [police, clinic], second),
  received(police, second),
  disclosed(police, [school], third, restricted),
  feedbackGiven(police, second, { feedback: 'used' }),
  disclosed(clinic, [police], exchangeOf('fourth'), untilTheSecond),
];

const scopes = [own(police), own(youthOffice), own(clinic), own(school), competentFor(police, youthOffice)];

onEveryDatabase(({ projected }) => {
  describe('views that are answered when they are asked', () => {
    it('give those who ask the same answer as the database gives who may read all of it', async () => {
      await using world = await projected();
      await world.tell(...story);
      for (const view of views) {
        for (const scope of scopes) {
          for (const at of [hoursAfter(1), now]) {
            const whole = await ask(world.views, view, scope, { now: at });
            expect([view.name, await ask(world.reader, view, scope, { now: at })]).toEqual([view.name, whole]);
          }
        }
      }
      expect((await ask(world.reader, v0, own(police), { now })).rows.length).toBeGreaterThan(0);
      expect((await ask(world.reader, v18, own(youthOffice), { now })).rows).toHaveLength(2);
    });

    it('give every row once, page by page, in the order of every column that can be sorted by', async () => {
      await using world = await projected();
      await world.tell(...story);
      for (const view of views) {
        const sorted = Object.entries(view.columns).filter(([, { sort }]) => sort === true);
        for (const [by] of sorted) {
          const sort = { by, direction: 'descending' } as const;
          const { rows } = await ask(world.reader, view, own(police), { now, sort });
          const paged: string[] = [];
          for (let after: Ask['after'] = null; ;) {
            const page = await ask(world.reader, view, own(police), { now, sort, after, limit: 2 });
            paged.push(...page.rows.map(({ key }) => key));
            if (page.next === null) break;
            after = page.next;
          }
          expect([view.name, by, paged]).toEqual([view.name, by, rows.map(({ key }) => key)]);
        }
      }
    });

    it('look back through the eyes of who asks', async () => {
      await using world = await projected();
      await world.tell(...story);
      for (const scope of scopes) {
        const { rows } = await ask(world.reader, v2, scope, { now });
        expect((await ask(world.reader, v2, scope, { now, asOf: now })).rows).toEqual(rows);
      }
    });
  });
});

it.each(views)('$id $name is ordered by a column that can be sorted by', ({ columns, order }) => {
  expect(columns[order.by]?.sort).toBe(true);
});
