import fc from 'fast-check';
import { leafIndex, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { projected as projectedHere, type Projected } from '../testing/projected.js';
import { interleaved, randomExchanges } from '../testing/random-log.js';
import {
  clinic,
  entryTold,
  exchangeOf,
  hoursAfter,
  police,
  RecordedLog,
  youthOffice,
  type Told,
} from '../testing/recorded-log.js';
import { disclosed, disclosureOf, received, requested } from '../testing/stories.js';
import { log04 } from '../rules/by-id/log-04.js';
import type { Judged } from '../rules/judge.js';
import type { JudgedEntry } from '../rules/matter.js';
import type { Verdict } from '../rules/rule.js';
import { judgements } from './judgements.js';
import { judgedByEach } from './viewpoints.js';

const seed = 20261122;
const projections = [judgements];
const first = exchangeOf('first');

const concealments: readonly JsonObject[] = [
  { visibility: 'restricted' },
  { visibility: 'sealed' },
  { visibility: 'deferred-until', hiddenUntil: { missing: 'unknown' } },
  { visibility: 'a code of tomorrow' },
];
const deferred = { visibility: 'deferred-until', hiddenUntil: '2026-03-04' };
/** That day ends in Berlin. */
const opened = '2026-03-04T23:00:00.000Z';

const rowsOf = ({ views }: Projected) =>
  views.database
    .selectFrom('judgement')
    .select(['rule', 'agency', 'entry_id', 'part', 'verdict', 'due', 'facts', 'shown_from'])
    .orderBy('key')
    .execute();

async function judgedIn(...told: readonly Told[]) {
  const log = new RecordedLog();
  await log.record(...told);
  await using world = await projectedHere({ log, projections });
  await world.caughtUp();
  return rowsOf(world);
}

describe('what an agency hides', () => {
  it.each(concealments)('makes nobody else owe anything: %j', async (concealment) => {
    const rows = await judgedIn(disclosed(clinic, [police], first, concealment));
    expect(new Set(rows.map(({ agency }) => agency))).toEqual(new Set([clinic]));
  });

  it('is judged for the agency itself as if it were open', async () => {
    const [open, concealed] = await Promise.all(
      [{}, { visibility: 'restricted' }].map(async (more) => {
        const rows = await judgedIn(disclosed(clinic, [police], first, more));
        return rows.filter(({ agency }) => agency === clinic);
      }),
    );
    expect(open).not.toEqual([]);
    expect(concealed).toEqual(open);
  });

  it('does for it what was owed, while nobody else learns that it was done', async () => {
    const rows = await judgedIn(
      disclosed(clinic, [police, youthOffice], first),
      received(police, first, { visibility: 'restricted' }),
    );
    expect(rows.filter(({ rule }) => rule === 'LOG-04').map(({ agency }) => agency)).toEqual([youthOffice]);
  });

  it('makes others owe from the end of its day on what it would have made them owe at once', async () => {
    const owed = async (...told: readonly Told[]) =>
      (await judgedIn(...told))
        .filter(({ agency, rule }) => agency === police && rule === 'LOG-04')
        .map(({ verdict, due, shown_from }) => [verdict, due, shown_from]);
    const [at, day] = [disclosed(clinic, [police], first, deferred), 24];
    expect(await owed(at)).toEqual([['pending', '2026-03-12T22:59:59.999Z', opened]]);
    for (const hour of [1, 3 * day, 11 * day]) expect(await owed(at, { ...received(police, first), hour })).toEqual([]);
    expect(await owed(at, { ...received(police, first), hour: 12 * day })).toEqual([
      ['broken', '2026-03-12T22:59:59.999Z', opened],
    ]);
  });

  it('is answered in an exchange of its own by who could answer it nowhere else', async () => {
    const alone = { ...received(police, exchangeOf('second'), { disclosureId: disclosureOf(first) }), hour: 1 };
    const rows = await judgedIn(disclosed(clinic, [police, youthOffice], first, deferred), alone);
    const owing = rows.filter(({ rule }) => rule === 'LOG-04').map(({ agency }) => agency);
    expect(owing).toEqual([youthOffice]);
  });

  it('does for nobody else what was owed, once it opens: what is said of others is said by what they knew', async () => {
    const rows = await judgedIn(
      disclosed(clinic, [police], first),
      received(police, first, deferred),
      requested(police, clinic, first),
      disclosed(clinic, [police], first, { ...deferred, disclosureId: exchangeOf('another') }),
    );
    const open = (rule: string) => rows.filter((row) => row.rule === rule).map(({ agency, due }) => [agency, due]);
    expect(open('LOG-04')).toEqual([[police, '2026-03-12T22:59:59.999Z']]);
  });

  it('breaks nothing of others before its day is over, nor at once then', () => {
    const terms = { recipients: [police], ...deferred };
    const disclosure: JudgedEntry = {
      index: leafIndex(0),
      id: entryTold(1),
      issuer: clinic,
      recordedAt: hoursAfter(0),
      said: { type: 'InformationDisclosed', occurredAt: hoursAfter(0), terms },
    };
    const matter = {
      kind: 'exchange',
      id: first,
      entries: [disclosure],
      linked: new Map(),
      registries: new Map(),
    } as const;
    const said = (verdict: Verdict): Judged => ({
      rule: log04,
      key: 'LOG-04',
      side: { agency: police, regime: null, pack: null },
      entry: disclosure.id,
      part: null,
      settings: { ...log04, packs: [] },
      facts: [disclosure.id],
      verdict,
    });
    const shown = (verdict: Verdict) =>
      judgedByEach(matter, ({ entries }) => (entries.length === 0 ? [] : [said(verdict)])).map((one) => one.shownFrom);
    const moment = opened as Instant;
    const verdicts: readonly Verdict[] = [
      { is: 'broken', since: hoursAfter(0) },
      { is: 'broken', since: moment },
      { is: 'pending', due: moment },
      { is: 'not-decidable' },
      { is: 'kept' },
    ];
    for (const verdict of verdicts) expect(shown(verdict)).toEqual([]);
    expect(shown({ is: 'pending', due: hoursAfter(300) })).toEqual([opened]);
    expect(shown({ is: 'not-decidable', due: hoursAfter(300) })).toEqual([opened]);
  });

  it.each([
    ['for good', { visibility: 'restricted' }],
    ['until a day, as far as they may be told before it is over', deferred],
  ])('changes nothing of what is said of others, whatever it is: %s', async (_, concealment) => {
    const about = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
      rows.filter(({ agency, shown_from }) => agency !== clinic && shown_from < opened);
    await fc.assert(
      fc.asyncProperty(
        randomExchanges,
        fc.array(fc.nat(100), { maxLength: 20 }),
        fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
        async (exchanges, order, concealed) => {
          const log = interleaved(exchanges, order).filter(({ type }) => type !== 'LedgerAccessed');
          const isConcealed = (told: Told, place: number): boolean =>
            told.issuer === clinic && concealed.includes(place);
          const hiding = log.map((told, place) =>
            isConcealed(told, place) ? { ...told, terms: { ...told.terms, ...concealment } } : told,
          );
          // In the place of what is hidden something of which no rule says anything: ids of entries follow their places.
          const without = hiding.map((told, place) =>
            isConcealed(told, place) ? { issuer: clinic, type: 'SomethingNew' } : told,
          );
          expect(about(await judgedIn(...hiding))).toEqual(about(await judgedIn(...without)));
        },
      ),
      { seed, numRuns: 25 },
    );
  });
});
